// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/device.hpp"

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// Which chips a resource takes: those that meet every condition. An empty set is no condition.
struct Selector {
    std::set<std::string> models{}; ///< "hailo-8", as hotplug::Device::model
    std::set<hotplug::PciAddress> addresses{};
    std::set<int> numaNodes{};

    [[nodiscard]] bool takes(const hotplug::Device& device) const;

    friend bool operator==(const Selector&, const Selector&) = default;
};

/// An extended resource of Kubernetes and the chips that it takes.
struct ResourceRule {
    std::string resource{}; ///< "hailo.ai/device"
    Selector selector{};

    friend bool operator==(const ResourceRule&, const ResourceRule&) = default;
};

/// Reads "hailo.ai/h8" or "hailo.ai/h8:model=hailo-8,numa=0": keys are model, address and numa, and
/// a key that comes several times takes any of its values. Throws std::invalid_argument with the
/// cause.
ResourceRule parseResourceRule(std::string_view text);

/// The resource of the first rule that takes the chip; empty if none does.
std::string resourceFor(const hotplug::Device& device, const std::vector<ResourceRule>& rules);

} // namespace hdp
