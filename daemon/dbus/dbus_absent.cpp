// SPDX-License-Identifier: Apache-2.0
// Stands in the place of all other files of this folder in a build without D-Bus.
#include "daemon/dbus/dbus_service.hpp"

namespace hdp {

class DbusService::Parts {};

DbusService::DbusService(boost::asio::io_context& /*loop*/,
                         Inotify& /*inotify*/,
                         DbusMode /*mode*/,
                         Reactions /*reactions*/) {}

DbusService::~DbusService() = default;

void DbusService::onInventory(const InventoryPtr& /*inventory*/) {}

void DbusService::verify() {}

void DbusService::stop() {}

} // namespace hdp
