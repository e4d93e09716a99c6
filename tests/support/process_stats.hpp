// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
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

/// What all threads that it has now have computed since they began.
std::chrono::nanoseconds cpuTimeOf(pid_t process);

/// How many descriptors of each kind a process has open. The kind is what /proc shows without the
/// number of the inode: "socket", "pipe", "anon_inode:inotify", the path of a file.
std::map<std::string, std::size_t> descriptorsOf(pid_t process);

/// How many inotify watches a process has, over all its instances.
std::size_t watchesOf(pid_t process);

/// How many connections a unix socket of that path has accepted that are still open.
std::size_t connectionsOn(const std::filesystem::path& socket);

} // namespace hdp::testing
