// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/reloader.hpp"
#include "daemon/handover/cdi_publisher.hpp"
#include "daemon/metrics/record.hpp"
#include "hotplug/udev_monitor.hpp"

/// How what parts of the daemon report is put down in the record.
namespace hdp::tally {

void count(metrics::Record& record, hotplug::UdevMonitor::Cause cause);
void count(metrics::Record& record, const hotplug::Recovery& recovery);
void count(metrics::Record& record, CdiPublisher::Change change);
void count(metrics::Record& record, config::Reloader::Outcome outcome);

} // namespace hdp::tally
