// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/metrics/histogram.hpp"

#include <cstdint>
#include <map>
#include <string>

namespace hdp::metrics {

/// What happened between one resource and the kubelet.
struct ResourceRecord {
    std::uint64_t granted = 0; ///< allocations
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;
    Histogram allocationTime{};
    std::uint64_t accepted = 0; ///< registrations
    std::uint64_t notAccepted = 0;
    std::uint64_t lists = 0;
    Histogram hotplug{};
};

/// What happened since the process began. It outlives a daemon that is begun anew, so that counters
/// only grow. Loop thread only.
struct Record {
    std::map<std::string, ResourceRecord> resources{};
    std::uint64_t uevents = 0;
    std::uint64_t overruns = 0;
    std::uint64_t restores = 0;
    std::uint64_t busErrorsRecovered = 0;
    std::uint64_t busErrorsFinal = 0;
    Histogram lookTime{};
    std::uint64_t cdiWritten = 0;
    std::uint64_t cdiRemoved = 0;
    std::uint64_t cdiFailed = 0;
    std::uint64_t configApplied = 0;
    std::uint64_t configRenewed = 0;
    std::uint64_t configRefused = 0;
    bool isConfigAccepted = true;
    std::map<unsigned, std::uint64_t> httpAnswers{}; ///< by status
};

} // namespace hdp::metrics
