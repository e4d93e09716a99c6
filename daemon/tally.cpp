// SPDX-License-Identifier: Apache-2.0
#include "daemon/tally.hpp"

namespace hdp::tally {

void count(metrics::Record& record, hotplug::UdevMonitor::Cause cause) {
    switch (cause) {
    case hotplug::UdevMonitor::Cause::Uevent:
        ++record.uevents;
        break;
    case hotplug::UdevMonitor::Cause::Overrun:
        ++record.overruns;
        break;
    case hotplug::UdevMonitor::Cause::Restored:
        ++record.restores;
        break;
    }
}

void count(metrics::Record& record, const hotplug::Recovery& recovery) {
    switch (recovery.end) {
    case hotplug::Recovery::End::Failed:
        ++record.busErrorsFinal;
        break;
    case hotplug::Recovery::End::Succeeded:
        ++record.busErrorsRecovered;
        break;
    case hotplug::Recovery::End::BoundAnew:
        break;
    }
}

void count(metrics::Record& record, CdiPublisher::Change change) {
    switch (change) {
    case CdiPublisher::Change::Written:
        ++record.cdiWritten;
        break;
    case CdiPublisher::Change::Removed:
        ++record.cdiRemoved;
        break;
    case CdiPublisher::Change::Failed:
        ++record.cdiFailed;
        break;
    }
}

void count(metrics::Record& record, config::Reloader::Outcome outcome) {
    record.isConfigAccepted = outcome != config::Reloader::Outcome::Refused;
    switch (outcome) {
    case config::Reloader::Outcome::Unchanged:
        break;
    case config::Reloader::Outcome::Applied:
        ++record.configApplied;
        break;
    case config::Reloader::Outcome::Renewed:
        ++record.configRenewed;
        break;
    case config::Reloader::Outcome::Refused:
        ++record.configRefused;
        break;
    }
}

} // namespace hdp::tally
