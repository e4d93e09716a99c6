// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/repeats.hpp"

#include <algorithm>
#include <string>

namespace hdp::log {

namespace {

bool isAudit(const Entry& entry) {
    return entry.field("HAILO_EVENT") == "allocation";
}

Entry summaryOf(Entry entry, std::size_t withheld) {
    entry.message += " (repeated " + std::to_string(withheld) + " times)";
    return entry;
}

} // namespace

bool Repeats::admit(const Entry& entry, Clock::time_point now) {
    if (isAudit(entry)) {
        return true;
    }
    const auto run = std::ranges::find(runs_, entry, &Run::entry);
    if (run == runs_.end()) {
        runs_.push_back({entry, now + span, 1});
        return true;
    }
    return ++run->times <= admitted;
}

std::vector<Entry> Repeats::ended(Clock::time_point now) {
    std::vector<Entry> summaries;
    while (!runs_.empty() && (runs_.front().end <= now || runs_.size() >= remembered)) {
        if (const auto times = runs_.front().times; times > admitted) {
            summaries.push_back(summaryOf(std::move(runs_.front().entry), times - admitted));
        }
        runs_.pop_front();
    }
    return summaries;
}

} // namespace hdp::log
