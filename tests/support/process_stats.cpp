// SPDX-License-Identifier: Apache-2.0
#include "tests/support/process_stats.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <system_error>

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

/// "socket:[4711]" is of the kind "socket"; "anon_inode:[eventpoll]" has no number.
std::string kindOf(const std::string& target) {
    return target.substr(0,
                         target.starts_with("anon_inode:") ? std::string::npos : target.find(":["));
}

/// A line of /proc/net/unix: number, references, protocol, flags, type, state, inode, path.
bool isConnectionOn(const std::string& socket, const std::string& line) {
    constexpr auto connected = "03";
    std::istringstream fields{line};
    std::string ignored;
    std::string state;
    std::string path;
    fields >> ignored >> ignored >> ignored >> ignored >> ignored >> state >> ignored >> path;
    return state == connected && path == socket;
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
    // The kernel's numbers begin anew at pid_max: a younger thread may have a smaller one.
    std::ranges::sort(threads, {}, [process](const ThreadWakeups& each) {
        return std::pair{each.thread != process, each.thread};
    });
    return threads;
}

std::chrono::nanoseconds cpuTimeOf(pid_t process) {
    std::chrono::nanoseconds total{};
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(process) + "/task")) {
        std::chrono::nanoseconds::rep computed = 0; // the first of three numbers
        std::ifstream{task.path() / "schedstat"} >> computed;
        total += std::chrono::nanoseconds{computed};
    }
    return total;
}

std::map<std::string, std::size_t> descriptorsOf(pid_t process) {
    std::map<std::string, std::size_t> descriptors;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(process) + "/fd")) {
        std::error_code closedMeanwhile;
        const auto target = fs::read_symlink(entry.path(), closedMeanwhile);
        if (!closedMeanwhile) {
            ++descriptors[kindOf(target)];
        }
    }
    return descriptors;
}

std::size_t watchesOf(pid_t process) {
    std::size_t watches = 0;
    for (const auto& entry :
         fs::directory_iterator("/proc/" + std::to_string(process) + "/fdinfo")) {
        std::ifstream file{entry.path()};
        for (std::string line; std::getline(file, line);) {
            watches += line.starts_with("inotify wd:") ? 1U : 0U;
        }
    }
    return watches;
}

std::size_t connectionsOn(const fs::path& socket) {
    std::ifstream table{"/proc/net/unix"};
    std::size_t connections = 0;
    for (std::string line; std::getline(table, line);) {
        connections += isConnectionOn(socket.native(), line) ? 1U : 0U;
    }
    return connections;
}

} // namespace hdp::testing
