// SPDX-License-Identifier: Apache-2.0
#include "cdi/version.hpp"

#include <algorithm>
#include <array>

namespace hdp::cdi {
namespace {

constexpr std::array<std::string_view, 8> released{"0.3.0", "0.4.0", "0.5.0", "0.6.0",
                                                   "0.7.0", "0.8.0", "1.0.0", "1.1.0"};

template <class Predicate>
bool anyEdits(const Spec& spec, Predicate uses) {
    return uses(spec.containerEdits) ||
           std::ranges::any_of(spec.devices, uses, &Device::containerEdits);
}

bool hasNetDevices(const Spec& spec) {
    return anyEdits(spec, [](const ContainerEdits& edits) { return !edits.netDevices.empty(); });
}

bool usesNewIntelRdt(const IntelRdt& rdt) {
    return rdt.enableMonitoring || !rdt.schemata.empty();
}

bool hasNewIntelRdt(const Spec& spec) {
    return anyEdits(spec, [](const ContainerEdits& edits) {
        return edits.intelRdt && usesNewIntelRdt(*edits.intelRdt);
    });
}

bool hasIntelRdt(const Spec& spec) {
    return anyEdits(spec, [](const ContainerEdits& edits) { return edits.intelRdt.has_value(); });
}

bool hasAdditionalGids(const Spec& spec) {
    return anyEdits(spec,
                    [](const ContainerEdits& edits) { return !edits.additionalGids.empty(); });
}

bool hasAnnotations(const Spec& spec) {
    return !spec.annotations.empty() ||
           std::ranges::any_of(
               spec.devices, [](const auto& notes) { return !notes.empty(); },
               &Device::annotations);
}

bool hasDottedClass(const Spec& spec) {
    const std::string_view kind = spec.kind;
    const auto slash = kind.find('/');
    return slash != std::string_view::npos && kind.find('.', slash) != std::string_view::npos;
}

bool hasNodeOnAnotherPath(const Spec& spec) {
    const auto isElsewhere = [](const DeviceNode& node) { return !node.hostPath.empty(); };
    return anyEdits(spec, [isElsewhere](const ContainerEdits& edits) {
        return std::ranges::any_of(edits.deviceNodes, isElsewhere);
    });
}

bool hasDeviceNamedWithDigit(const Spec& spec) {
    return std::ranges::any_of(spec.devices, [](const Device& device) {
        return !device.name.empty() && device.name[0] >= '0' && device.name[0] <= '9';
    });
}

bool hasMountType(const Spec& spec) {
    const auto hasType = [](const Mount& mount) { return !mount.type.empty(); };
    return anyEdits(spec, [hasType](const ContainerEdits& edits) {
        return std::ranges::any_of(edits.mounts, hasType);
    });
}

struct Feature {
    std::string_view since;
    bool (*isUsedBy)(const Spec&);
};

/// Newest first. 0.8.0 and 1.0.0 brought nothing to the format.
constexpr std::array<Feature, 9> features{{
    {"1.1.0", hasNetDevices},
    {"1.1.0", hasNewIntelRdt},
    {"0.7.0", hasIntelRdt},
    {"0.7.0", hasAdditionalGids},
    {"0.6.0", hasAnnotations},
    {"0.6.0", hasDottedClass},
    {"0.5.0", hasNodeOnAnotherPath},
    {"0.5.0", hasDeviceNamedWithDigit},
    {"0.4.0", hasMountType},
}};

std::string_view withoutV(std::string_view version) {
    return version.starts_with('v') ? version.substr(1) : version;
}

} // namespace

std::string_view minimumVersion(const Spec& spec) {
    const auto newest = std::ranges::find_if(
        features, [&spec](const Feature& feature) { return feature.isUsedBy(spec); });
    return newest == features.end() ? released.front() : newest->since;
}

bool isKnownVersion(std::string_view version) {
    return std::ranges::find(released, withoutV(version)) != released.end();
}

bool isOlder(std::string_view version, std::string_view other) {
    return std::ranges::find(released, withoutV(version)) <
           std::ranges::find(released, withoutV(other));
}

} // namespace hdp::cdi
