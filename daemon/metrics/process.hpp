// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>

namespace hdp::metrics {

/// This process as the kernel accounts for it, under the names of Prometheus' own clients.
struct Process {
    double startTime = 0;      ///< seconds since the epoch
    double cpuSeconds = 0;     ///< user and system
    double residentMemory = 0; ///< bytes
    std::size_t openDescriptors = 0;
    std::size_t mostDescriptors = 0;
};

/// What /proc tells; nothing where it is not to be had.
std::optional<Process> readProcess();

} // namespace hdp::metrics
