// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/recent_events.hpp"

#include <utility>

namespace hdp::status {

void RecentEvents::add(bool isProblem, std::string sentence) {
    events_.push_front({std::chrono::system_clock::now(), isProblem, std::move(sentence)});
    if (events_.size() > most) {
        events_.pop_back();
    }
}

} // namespace hdp::status
