// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/process.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include <sys/resource.h>
#include <unistd.h>

namespace hdp::metrics {

namespace {

// Places in /proc/self/stat after the name in brackets (proc_pid_stat(5), less 3).
constexpr std::size_t userTicks = 11;
constexpr std::size_t systemTicks = 12;
constexpr std::size_t startTicks = 19;
constexpr std::size_t residentPages = 21;

std::string contentOf(const char* path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

std::vector<double> numbersOfStat() {
    const auto stat = contentOf("/proc/self/stat");
    const auto name = stat.rfind(')');
    if (name == std::string::npos) {
        return {};
    }
    std::istringstream words{stat.substr(name + 1)};
    std::string state;
    words >> state;
    std::vector<double> numbers{0}; // in the place of the state
    for (double number = 0; words >> number;) {
        numbers.push_back(number);
    }
    return numbers;
}

/// Seconds from the epoch to the boot.
double bootTime() {
    std::istringstream lines{contentOf("/proc/stat")};
    for (std::string word; lines >> word;) {
        if (word == "btime") {
            double time = 0;
            lines >> time;
            return time;
        }
    }
    return 0;
}

std::size_t countDescriptors() {
    std::error_code error;
    const std::filesystem::directory_iterator all{"/proc/self/fd", error};
    const auto count = error ? 0 : std::distance(begin(all), end(all));
    return static_cast<std::size_t>(count > 0 ? count - 1 : 0); // without the one that looks
}

std::size_t mostDescriptors() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

} // namespace

std::optional<Process> readProcess() {
    const auto numbers = numbersOfStat();
    if (numbers.size() <= residentPages) {
        return std::nullopt;
    }
    const auto ticks = static_cast<double>(::sysconf(_SC_CLK_TCK));
    const auto page = static_cast<double>(::sysconf(_SC_PAGESIZE));
    static const auto boot = bootTime();
    return Process{.startTime = boot + numbers[startTicks] / ticks,
                   .cpuSeconds = (numbers[userTicks] + numbers[systemTicks]) / ticks,
                   .residentMemory = numbers[residentPages] * page,
                   .openDescriptors = countDescriptors(),
                   .mostDescriptors = mostDescriptors()};
}

} // namespace hdp::metrics
