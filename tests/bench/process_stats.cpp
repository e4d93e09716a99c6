// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/process_stats.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

/// The number behind "Key:" in a file of /proc, 0 if it has none.
std::uint64_t numberIn(const fs::path& file, const std::string& key) {
    std::ifstream stream{file};
    std::string word;
    while (stream >> word) {
        if (word == key + ":") {
            std::uint64_t number = 0;
            stream >> number;
            return number;
        }
    }
    return 0;
}

std::string lineOf(const fs::path& file) {
    std::ifstream stream{file};
    std::string line;
    std::getline(stream, line);
    return line;
}

} // namespace

Memory memoryOf(pid_t process) {
    const auto folder = fs::path{"/proc"} / std::to_string(process);
    return {numberIn(folder / "status", "RssAnon"), numberIn(folder / "status", "VmRSS"),
            numberIn(folder / "smaps_rollup", "Pss")};
}

std::vector<ThreadWakeups> wakeupsOf(pid_t process) {
    std::vector<ThreadWakeups> threads;
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        threads.push_back({static_cast<pid_t>(std::stol(task.path().filename().string())),
                           lineOf(task.path() / "comm"),
                           numberIn(task.path() / "status", "voluntary_ctxt_switches")});
    }
    std::ranges::sort(threads, {}, &ThreadWakeups::thread);
    return threads;
}

} // namespace hdp::testing
