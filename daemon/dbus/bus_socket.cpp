// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/bus_socket.hpp"

#include <algorithm>
#include <cstdlib>

namespace hdp::dbus {

std::optional<std::filesystem::path> socketIn(std::string_view address) {
    constexpr std::string_view transport = "unix:";
    constexpr std::string_view key = "path=";
    address = address.substr(0, address.find(';'));
    if (!address.starts_with(transport)) {
        return std::nullopt;
    }
    address.remove_prefix(transport.size());
    while (!address.empty()) {
        const auto pair = address.substr(0, address.find(','));
        // What is escaped has a percent sign; nobody has such a path.
        if (pair.starts_with(key) && pair.find('%') == std::string_view::npos) {
            return std::filesystem::path{pair.substr(key.size())};
        }
        address.remove_prefix(std::min(pair.size() + 1, address.size()));
    }
    return std::nullopt;
}

std::string systemBusAddress() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe): nobody sets it
    const char* address = std::getenv("DBUS_SYSTEM_BUS_ADDRESS");
    return address == nullptr ? "unix:path=/run/dbus/system_bus_socket" : address;
}

} // namespace hdp::dbus
