// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/handover.hpp"

#include "cdi/validation.hpp"
#include "daemon/handover/allocation_error.hpp"
#include "daemon/handover/digest.hpp"
#include "daemon/log.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <exception>
#include <set>
#include <string_view>
#include <utility>

namespace hdp {

namespace {

using Response = v1beta1::ContainerAllocateResponse;

template <class Text>
std::string join(const Text& parts) {
    std::string text;
    for (const auto& part : parts) {
        text.append(text.empty() ? "" : ",").append(part);
    }
    return text;
}

std::vector<std::string> idsOf(const DeviceSet& devices) {
    std::vector<std::string> ids;
    std::ranges::transform(devices, std::back_inserter(ids), &DeviceStatus::id);
    return ids;
}

std::set<std::string> driverVersionsOf(const DeviceSet& devices) {
    std::set<std::string> versions;
    for (const auto* status : devices) {
        versions.insert(status->device.driverVersion.value_or("unknown"));
    }
    return versions;
}

/// The kubelet keeps one value per key, so the keys of two resources differ.
std::string annotationKeyFor(std::string_view resource) {
    constexpr std::size_t longest = 63; // behind the slash, as for every annotation of Kubernetes
    std::string name = "hailo-device-plugin_" + std::string{resource};
    std::ranges::replace(name, '/', '_');
    if (name.size() > longest) {
        name = "hailo-device-plugin_" + digestOf(resource);
    }
    return "cdi.k8s.io/" + name;
}

/// The same path on the host and in the container.
void addNode(const std::string& path, const std::string& permissions, Response& response) {
    if (path.empty()) {
        return;
    }
    auto& spec = *response.add_devices();
    spec.set_container_path(path);
    spec.set_host_path(path);
    spec.set_permissions(permissions);
}

/// "_HAILO_AI_H8" for hailo.ai/h8.
std::string suffixFor(std::string_view resource) {
    std::string suffix = "_";
    for (const char character : resource) {
        const auto byte = static_cast<unsigned char>(character);
        suffix += std::isalnum(byte) != 0 ? static_cast<char>(std::toupper(byte)) : '_';
    }
    return suffix;
}

} // namespace

Handover::Handover(HandoverSettings settings,
                   const CdiPublisher& cdi,
                   const NodeLinks& links,
                   const ClassViews& views)
    : settings_(std::move(settings)), cdi_(cdi), links_(links), views_(views) {}

Response Handover::respond(const DeviceSet& devices) const {
    const auto extras = extrasFor(devices);
    Response response;
    bool handed = settings_.simulation.isOn;
    for (const auto mode : settings_.modes) {
        handed = hand(mode, devices, response) || handed;
    }
    if (!handed) {
        throw AllocationError(
            AllocationError::Kind::NotNow,
            "the files that hand " + join(idsOf(devices)) +
                " to a container could not be written; the log of hailo-device-plugin on "
                "this node says why");
    }
    if (!response.devices().empty()) {
        addMounts(extras, response);
    }
    response.mutable_annotations()->insert(settings_.container.annotations.begin(),
                                           settings_.container.annotations.end());
    response.mutable_envs()->insert(extras.env.begin(), extras.env.end());
    addEnvironment(devices, response);
    if (settings_.simulation.isOn) {
        addSimulated(devices, response);
    }
    return response;
}

bool Handover::hand(HandoverMode mode, const DeviceSet& devices, Response& response) const {
    switch (mode) {
    case HandoverMode::CdiCri:
        return addCdiNames(devices, response);
    case HandoverMode::CdiAnnotations:
        return addCdiAnnotation(devices, response);
    case HandoverMode::DeviceSpecs:
        break;
    }
    return addDeviceSpecs(devices, response);
}

bool Handover::addCdiNames(const DeviceSet& devices, Response& response) const {
    if (!cdi_.isPublished()) {
        return false;
    }
    for (const auto* status : devices) {
        response.add_cdi_devices()->set_name(cdi::qualifiedName(cdi_.kind(), status->id));
    }
    return true;
}

bool Handover::addCdiAnnotation(const DeviceSet& devices, Response& response) const {
    if (!cdi_.isPublished()) {
        return false;
    }
    std::vector<std::string> names;
    for (const auto* status : devices) {
        names.push_back(cdi::qualifiedName(cdi_.kind(), status->id));
    }
    (*response.mutable_annotations())[annotationKeyFor(settings_.resource)] = join(names);
    return true;
}

bool Handover::addDeviceSpecs(const DeviceSet& devices, Response& response) const {
    if (settings_.simulation.isOn) {
        for (const auto* status : devices) {
            addNode(nodePathOf(settings_.simulation, status->device.simulated->index),
                    settings_.container.devicePermissions, response);
        }
        return true;
    }
    if (!links_.areCurrent()) {
        return false;
    }
    std::vector<const hotplug::Device*> chips;
    std::ranges::transform(devices, std::back_inserter(chips),
                           [](const DeviceStatus* status) { return &status->device; });
    try {
        for (const auto& view : views_.viewsFor(chips)) {
            auto& mount = *response.add_mounts();
            mount.set_container_path("/sys/class/" + view.classFolder);
            mount.set_host_path(view.hostFolder.string());
            mount.set_read_only(true);
        }
    } catch (const std::exception& error) {
        log::error(std::string{"the class view for device-specs cannot be made: "} + error.what(),
                   {{"HAILO_EVENT", "class-view-failure"}});
        response.clear_mounts();
        return false;
    }
    for (const auto* status : devices) {
        auto& spec = *response.add_devices();
        spec.set_container_path("/dev/" + status->device.classDevice->name);
        spec.set_host_path(links_.pathOf(status->id).string());
        spec.set_permissions(settings_.container.devicePermissions);
    }
    return true;
}

ContainerExtras Handover::extrasFor(const DeviceSet& devices) const {
    const auto& container = settings_.container;
    auto extras = findExtras(container).extras;
    if (!container.libraryDirectory || settings_.simulation.isOn) {
        return extras;
    }
    const auto versions = driverVersionsOf(devices);
    if (versions.size() > 1) {
        throw AllocationError(AllocationError::Kind::NotNow,
                              "the chips " + join(idsOf(devices)) + " have drivers of versions " +
                                  join(versions) +
                                  ", and --hailort-library can give a container the libhailort of "
                                  "one only; make a resource for each driver");
    }
    auto library = findLibrary(container, *versions.begin());
    if (!library) {
        throw AllocationError(AllocationError::Kind::NotNow,
                              absenceOfLibrary(container, *versions.begin()));
    }
    extras.env.merge(library->env);
    extras.mounts.insert(extras.mounts.end(), library->mounts.begin(), library->mounts.end());
    return extras;
}

void Handover::addSimulated(const DeviceSet& devices, Response& response) const {
    for (const auto* status : devices) {
        const auto index = status->device.simulated->index;
        const auto env = environmentOf(settings_.simulation, index);
        response.mutable_envs()->insert(env.begin(), env.end());
        if (const auto key = annotationKeyOf(settings_.simulation, index); !key.empty()) {
            (*response.mutable_annotations())[key] = status->id;
        }
    }
}

std::string Handover::modesText() const {
    std::vector<std::string> names;
    for (const auto mode : settings_.modes) {
        names.emplace_back(nameOf(mode));
    }
    return join(names);
}

void Handover::addMounts(const ContainerExtras& extras, Response& response) {
    for (const auto& extra : extras.mounts) {
        auto& mount = *response.add_mounts();
        mount.set_host_path(extra.hostPath.string());
        mount.set_container_path(extra.containerPath.string());
        mount.set_read_only(extra.readOnly);
    }
}

void Handover::addEnvironment(const DeviceSet& devices, Response& response) const {
    const auto suffix = settings_.hasSiblings ? suffixFor(settings_.resource) : std::string{};
    auto& envs = *response.mutable_envs();
    envs["HAILO_DEVICE_IDS" + suffix] = join(idsOf(devices));
    envs["HAILO_DEVICE_COUNT" + suffix] = std::to_string(devices.size());
    envs["HAILO_DRIVER_VERSION" + suffix] = join(driverVersionsOf(devices));
}

} // namespace hdp
