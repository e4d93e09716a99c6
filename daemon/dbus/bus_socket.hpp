// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace hdp::dbus {

/// The socket file of a bus address, "unix:path=/run/dbus/system_bus_socket,guid=…": of the first
/// of several. Nothing for other transports, which the daemon leaves alone, and for what no socket
/// can be called.
std::optional<std::filesystem::path> socketIn(std::string_view address);

/// Where the system bus is, as every client finds it: $DBUS_SYSTEM_BUS_ADDRESS, else the default of
/// the D-Bus specification.
std::string systemBusAddress();

} // namespace hdp::dbus
