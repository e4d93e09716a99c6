// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/bus_socket.hpp"

#include <algorithm>
#include <cstdlib>

#include <sys/un.h>

namespace hdp::dbus {

namespace {

/// What is escaped has a percent sign; nobody has such a path.
bool isUsable(std::string_view path) {
    return path.starts_with('/') && path.size() < sizeof(sockaddr_un::sun_path) &&
           path.find('%') == std::string_view::npos;
}

} // namespace

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
        if (pair.starts_with(key) && isUsable(pair.substr(key.size()))) {
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
