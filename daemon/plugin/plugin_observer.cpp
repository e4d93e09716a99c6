// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/plugin_observer.hpp"

namespace hdp {

std::string_view nameOf(AllocationReport::Outcome outcome) {
    switch (outcome) {
    case AllocationReport::Outcome::Granted:
        return "granted";
    case AllocationReport::Outcome::Refused:
        return "refused";
    case AllocationReport::Outcome::Failed:
        break;
    }
    return "failed";
}

std::string sentenceOf(const AllocationReport& report) {
    const auto what = (report.ids.empty() ? "nothing" : report.ids) + " of " + report.resource;
    return report.outcome == AllocationReport::Outcome::Granted
               ? "allocated " + what
               : "refused to allocate " + what + ": " + report.cause;
}

} // namespace hdp
