// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sdbus-c++/IConnection.h>
#include <sdbus-c++/IObject.h>
#include <sdbus-c++/IProxy.h>
#include <sdbus-c++/MethodResult.h>

#include <functional>
#include <memory>
#include <string>

namespace hdp::dbus {

/// The daemon itself as an object of the bus: Version, State, Rescan() for root, and the
/// ObjectManager over all chips. Loop thread only; must die before the connection. Throws
/// sdbus::Error when the bus is gone.
class RootObject {
  public:
    RootObject(sdbus::IConnection& bus, std::string state, std::function<void()> onRescan);
    RootObject(const RootObject&) = delete;
    RootObject& operator=(const RootObject&) = delete;
    ~RootObject() = default;

    /// Sends PropertiesChanged if it is another one: "running" or "shutting-down". Does not throw,
    /// because handlers of the bus call it, and sd-bus is C.
    void setState(const std::string& state);

    /// Asks for the daemon's name on the bus, and says in the log how that went.
    void requestName();

  private:
    void rescan(sdbus::Result<>&& result);
    void answer(const sdbus::Result<>& result, const sdbus::Error* error, std::uint32_t caller);

    std::string state_;
    std::function<void()> onRescan_;
    std::unique_ptr<sdbus::IProxy> broker_; ///< the bus itself
    std::unique_ptr<sdbus::IObject> object_;
};

} // namespace hdp::dbus
