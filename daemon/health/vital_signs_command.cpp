// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/vital_signs_command.hpp"

#include "hotplug/vital_signs.hpp"
#include "hotplug/vital_signs_text.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <thread>

#include <unistd.h>

namespace hdp {

namespace {

constexpr int usageError = 2;

/// In one piece: lines of several threads do not mix below PIPE_BUF.
void write(const std::string& line) {
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, line.data(), line.size());
}

void tell(const std::filesystem::path& sysRoot, const hotplug::PciAddress& address) {
    try {
        const auto signs = hotplug::readVitalSigns(sysRoot, address);
        write(signs ? toString(hotplug::VitalSignsLine{address, *signs}) + "\n"
                    : toString(address) + " gone\n");
    } catch (const std::system_error&) {
        std::_Exit(EXIT_FAILURE); // no chip is to blame
    }
}

} // namespace

int tellVitalSigns(const std::vector<std::string_view>& arguments) {
    if (arguments.empty()) {
        return usageError;
    }
    const std::filesystem::path sysRoot{arguments.front()};
    write("asking\n");
    std::vector<std::jthread> threads;
    for (const auto text : std::vector(arguments.begin() + 1, arguments.end())) {
        const auto address = hotplug::parsePciAddress(text);
        if (!address) {
            return usageError;
        }
        threads.emplace_back([sysRoot, address = *address] { tell(sysRoot, address); });
    }
    return 0;
}

} // namespace hdp
