// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/dbus/dbus_mode.hpp"
#include "daemon/handover/container_settings.hpp"
#include "daemon/handover/mode.hpp"
#include "daemon/identify/chip_models.hpp"
#include "daemon/inventory/resource_rule.hpp"
#include "daemon/kubelet/registrar.hpp"
#include "daemon/log.hpp"
#include "daemon/plugin/preferred_allocation.hpp"
#include "daemon/simulate/simulation.hpp"
#include "hotplug/udev_monitor.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp {

/// All settings of the daemon. The defaults stand here and nowhere else; what they are called, and
/// what is allowed, stands in daemon/config/settings.cpp.
struct Options {
    /// The first that takes a chip has it.
    std::vector<ResourceRule> resources = {{.resource = "hailo.ai/device"}};
    std::string cdiKind = "hailo.ai/device";
    RegistrationMode registration = RegistrationMode::Register;
    std::filesystem::path kubeletDirectory = "/var/lib/kubelet/device-plugins";
    std::filesystem::path pluginsRegistry = "/var/lib/kubelet/plugins_registry";
    /// Empty: the kubelet is never asked who holds what.
    std::filesystem::path podResourcesSocket = "/var/lib/kubelet/pod-resources/kubelet.sock";
    std::string socketName{}; ///< what our sockets are called by; empty: by their resource
    std::chrono::seconds tombstoneGrace{300}; ///< how long a vanished chip is listed in any case
    std::filesystem::path cdiDirectory = "/var/run/cdi";
    std::filesystem::path stateDirectory = "/var/lib/hailo-device-plugin";
    std::filesystem::path sysRoot = "/sys";
    std::filesystem::path devRoot = "/dev"; ///< empty: device nodes are not seen and not checked
    hotplug::UeventSource ueventSource = hotplug::UeventSource::Automatic;
    ContainerSettings container{}; ///< what a container gets besides its chips
    IdentifyMode identify = IdentifyMode::Off;
    Simulation simulation{};
    std::vector<HandoverMode> handover = {HandoverMode::CdiCri, HandoverMode::DeviceSpecs};
    AllocationPolicy allocationPolicy = AllocationPolicy::Packed;
    std::chrono::seconds healthInterval{30}; ///< 0 turns the timer off
    DbusMode dbus = DbusMode::Automatic;
    std::optional<std::filesystem::path> nfdDirectory{}; ///< absent: no feature file is touched
    std::string httpListen;   ///< "127.0.0.1:9460"; empty: nothing is told over HTTP
    bool metricsPods = false; ///< each pod that holds a chip is a series of its own
    log::Level logLevel = log::Level::Info;
    log::Format logFormat = log::Format::Automatic;
};

} // namespace hdp
