// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/readiness.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace hdp::status {

bool isReady(const Facts& facts) {
    return std::ranges::all_of(facts.resources, &ResourceFacts::isLive);
}

std::string readinessText(const Facts& facts) {
    if (isReady(facts)) {
        return "ready\n";
    }
    std::string text = "not ready\n";
    for (const auto& resource : facts.resources) {
        if (!resource.isLive) {
            text += fmt::format("{}: the kubelet does not listen; the registration is {}\n",
                                resource.name, resource.state);
        }
    }
    return text;
}

} // namespace hdp::status
