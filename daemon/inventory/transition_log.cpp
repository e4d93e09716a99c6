// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/transition_log.hpp"

#include "daemon/inventory/transition.hpp"
#include "daemon/log.hpp"

namespace hdp {

namespace {

void write(const Transition& transition) {
    const auto& after = *transition.after;
    const auto* problem = after.mainProblem();
    const auto reason = problem == nullptr ? std::string_view{"none"} : nameOf(problem->reason);
    const auto tell = problem == nullptr ? log::info : log::warning;
    tell(sentenceOf(transition), {{"HAILO_EVENT", "device"},
                                  {"HAILO_DEVICE", after.id},
                                  {"HAILO_HEALTH", nameOf(after.health)},
                                  {"HAILO_REASON", reason}});
}

} // namespace

void TransitionLog::onInventory(const InventoryPtr& inventory) {
    for (const auto& transition : transitions(*last_, *inventory)) {
        write(transition);
    }
    last_ = inventory;
}

} // namespace hdp
