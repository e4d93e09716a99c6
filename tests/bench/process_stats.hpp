// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// What a process holds of memory, in KiB, as /proc tells.
struct Memory {
    std::uint64_t rssAnon = 0; ///< private and not from a file: what the process itself asked for
    std::uint64_t rss = 0;
    std::uint64_t pss = 0; ///< shared pages counted by their share
};

Memory memoryOf(pid_t process);

/// How often a thread has slept and woken up since it began.
struct ThreadWakeups {
    pid_t thread = 0;
    std::string name;
    std::uint64_t wakeups = 0;
};

/// Of each thread of a process, the main one first.
std::vector<ThreadWakeups> wakeupsOf(pid_t process);

} // namespace hdp::testing
