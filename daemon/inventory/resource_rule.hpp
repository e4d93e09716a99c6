// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/selector.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// An extended resource of Kubernetes and the chips that it takes.
struct ResourceRule {
    std::string resource{}; ///< "hailo.ai/device"
    Selector selector{};

    friend bool operator==(const ResourceRule&, const ResourceRule&) = default;
};

/// Reads "hailo.ai/h8" or "hailo.ai/h8:id=2864,numa=0": keys are those of addCondition(), and a key
/// that comes several times takes any of its values. Throws std::invalid_argument with the cause.
ResourceRule parseResourceRule(std::string_view text);

/// The resource of the first rule that takes the chip; empty if none does.
std::string resourceFor(const hotplug::Device& device, const std::vector<ResourceRule>& rules);

} // namespace hdp
