// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/history.hpp"

#include "daemon/inventory/transition.hpp"

namespace hdp::status {

void History::onInventory(const InventoryPtr& inventory) {
    for (const auto& transition : transitions(*last_, *inventory)) {
        events_.add(transition.after->mainProblem() != nullptr, sentenceOf(transition));
    }
    last_ = inventory;
    tell();
}

void History::onAllocation(const AllocationReport& report) {
    using Outcome = AllocationReport::Outcome;
    auto& counts = record.resources[report.resource];
    auto& count = report.outcome == Outcome::Granted   ? counts.granted
                  : report.outcome == Outcome::Refused ? counts.refused
                                                       : counts.failed;
    ++count;
    counts.allocationTime.observe(report.duration);
    events_.add(report.outcome != Outcome::Granted, sentenceOf(report));
    tell();
}

void History::onList(const std::string& resource,
                     std::optional<std::chrono::nanoseconds> sinceEvent) {
    auto& counts = record.resources[resource];
    ++counts.lists;
    if (sinceEvent) {
        counts.hotplug.observe(*sinceEvent);
    }
}

void History::onRegistration(const std::string& resource, bool isAccepted) {
    auto& counts = record.resources[resource];
    ++(isAccepted ? counts.accepted : counts.notAccepted);
}

void History::onState(const std::string& resource, std::string_view state) {
    if (state == "live" || state == "stream-lost" || state == "kubelet-absent") {
        events_.add(state == "stream-lost",
                    "the registration of " + resource + " is " + std::string{state});
    }
    tell();
}

void History::tell() const {
    onNews_();
}

} // namespace hdp::status
