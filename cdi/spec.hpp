// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

/// The Container Device Interface, in its own words:
/// github.com/cncf-tags/container-device-interface, SPEC.md 1.1.0. A member that is empty or absent
/// is left out of the file.
namespace hdp::cdi {

/// Larger files are refused; the largest in practice stay far below 1 MiB.
inline constexpr std::size_t maxSpecBytes = 16U << 20U;

/// A device node that the runtime creates in the container. With type and a major number the host's
/// node need not exist when the container is created.
struct DeviceNode {
    std::string path;
    std::string hostPath; ///< empty: same as path; needs 0.5.0
    std::string type;     ///< "", "b", "c", "u" or "p"
    std::optional<std::int64_t> major;
    std::optional<std::int64_t> minor;
    std::optional<std::uint32_t> fileMode; ///< without it, CDI libraries up to 1.0.1 create 0666
    std::string permissions;               ///< cgroup access, out of "rwm"; empty: "rwm"
    std::optional<std::uint32_t> uid;
    std::optional<std::uint32_t> gid;

    friend bool operator==(const DeviceNode&, const DeviceNode&) = default;
};

struct Mount {
    std::string hostPath;
    std::string containerPath;
    std::vector<std::string> options;
    std::string type; ///< empty: decided by the options; needs 0.4.0

    friend bool operator==(const Mount&, const Mount&) = default;
};

struct Hook {
    std::string hookName; ///< "createContainer" and so on, as the OCI runtime spec has them
    std::string path;
    std::vector<std::string> args;
    std::vector<std::string> env;
    std::optional<int> timeout; ///< seconds

    friend bool operator==(const Hook&, const Hook&) = default;
};

struct IntelRdt {
    std::string closID;
    std::string l3CacheSchema;
    std::string memBwSchema;
    std::vector<std::string> schemata; ///< needs 1.1.0
    bool enableMonitoring = false;     ///< needs 1.1.0

    friend bool operator==(const IntelRdt&, const IntelRdt&) = default;
};

struct NetDevice {
    std::string hostInterfaceName;
    std::string name;

    friend bool operator==(const NetDevice&, const NetDevice&) = default;
};

struct ContainerEdits {
    std::vector<std::string> env; ///< "NAME=VALUE"
    std::vector<DeviceNode> deviceNodes;
    std::vector<NetDevice> netDevices; ///< needs 1.1.0
    std::vector<Hook> hooks;
    std::vector<Mount> mounts;
    std::optional<IntelRdt> intelRdt;          ///< needs 0.7.0
    std::vector<std::uint32_t> additionalGids; ///< needs 0.7.0

    [[nodiscard]] bool empty() const { return *this == ContainerEdits{}; }

    friend bool operator==(const ContainerEdits&, const ContainerEdits&) = default;
};

struct Device {
    std::string name;                               ///< a leading digit needs 0.5.0
    std::map<std::string, std::string> annotations; ///< needs 0.6.0
    ContainerEdits containerEdits;

    friend bool operator==(const Device&, const Device&) = default;
};

/// One CDI file. The version is not a member: a file always says the lowest one that its content
/// needs (minimumVersion), because runtimes refuse every version that is younger than their
/// library.
struct Spec {
    std::string kind; ///< "vendor/class"; a dot in the class needs 0.6.0
    std::map<std::string, std::string> annotations; ///< needs 0.6.0
    std::vector<Device> devices;
    ContainerEdits containerEdits; ///< applied once when any device of the file is requested

    friend bool operator==(const Spec&, const Spec&) = default;
};

} // namespace hdp::cdi
