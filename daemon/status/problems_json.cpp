// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/problems_json.hpp"

namespace hdp::status {

nlohmann::ordered_json problemsJson(const hotplug::Device& device) {
    auto all = nlohmann::ordered_json::array();
    for (const auto& problem : device.problems) {
        const bool isDegraded = severityOf(problem.reason) == hotplug::Severity::Degraded;
        all.push_back({{"reason", nameOf(problem.reason)},
                       {"severity", isDegraded ? "degraded" : "unusable"},
                       {"sentence", problem.sentence}});
    }
    return all;
}

} // namespace hdp::status
