// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/root_object.hpp"

#include "daemon/dbus/dbus_names.hpp"
#include "daemon/log.hpp"

#include <sdbus-c++/sdbus-c++.h>

#include <chrono>
#include <utility>

namespace hdp::dbus {

namespace {

using namespace std::chrono_literals;

constexpr auto brokerName = "org.freedesktop.DBus";
constexpr auto brokerPath = "/org/freedesktop/DBus";
constexpr auto brokerPatience = 5s;
constexpr std::uint32_t waitForTheName = 0; // flags of RequestName: another daemon may have it
constexpr std::uint32_t isQueued = 2;       // DBUS_REQUEST_NAME_REPLY_IN_QUEUE

const std::string name = busName;

void onName(const sdbus::Error* error, std::uint32_t reply) {
    if (error != nullptr) {
        log::warning("the system bus does not let us be " + name + ": " + error->getMessage() +
                         "; install the policy file ai.hailo.DevicePlugin1.conf, or set "
                         "dbus.enabled to off",
                     {{"HAILO_EVENT", "dbus"}});
    } else if (reply == isQueued) {
        log::info("another process is " + name + " on the system bus; we follow when it leaves",
                  {{"HAILO_EVENT", "dbus"}});
    } else {
        log::info("on the system bus as " + name, {{"HAILO_EVENT", "dbus"}});
    }
}

} // namespace

RootObject::RootObject(sdbus::IConnection& bus, std::string state, std::function<void()> onRescan)
    : state_(std::move(state)),
      onRescan_(std::move(onRescan)),
      broker_(sdbus::createProxy(bus, brokerName, brokerPath)),
      object_(sdbus::createObject(bus, rootPath)) {
    object_->registerProperty("Version")
        .onInterface(rootInterface)
        .withGetter([] { return std::string{HDP_VERSION}; })
        .withUpdateBehavior(sdbus::Flags::CONST_PROPERTY_VALUE);
    object_->registerProperty("State").onInterface(rootInterface).withGetter([this] {
        return state_;
    });
    object_->registerMethod("Rescan")
        .onInterface(rootInterface)
        .implementedAs([this](sdbus::Result<>&& result) { rescan(std::move(result)); });
    object_->finishRegistration();
    object_->addObjectManager();
}

void RootObject::setState(const std::string& state) {
    if (std::exchange(state_, state) == state) {
        return;
    }
    try {
        object_->emitPropertiesChangedSignal(rootInterface, {"State"});
    } catch (const sdbus::Error& error) {
        log::debug(error.what(), {{"HAILO_EVENT", "dbus"}});
    }
}

void RootObject::requestName() {
    broker_->callMethodAsync("RequestName")
        .onInterface(brokerName)
        .withTimeout(brokerPatience)
        .withArguments(name, waitForTheName)
        .uponReplyInvoke(onName);
}

void RootObject::rescan(sdbus::Result<>&& result) {
    const auto answered = std::make_shared<sdbus::Result<>>(std::move(result));
    // Asked for and not looked up with Message::getCredsUid(), which waits for the bus.
    broker_->callMethodAsync("GetConnectionUnixUser")
        .onInterface(brokerName)
        .withTimeout(brokerPatience)
        .withArguments(object_->getCurrentlyProcessedMessage()->getSender())
        .uponReplyInvoke([this, answered](const sdbus::Error* error, std::uint32_t caller) {
            try {
                answer(*answered, error, caller);
            } catch (const sdbus::Error& lost) {
                log::debug(lost.what(), {{"HAILO_EVENT", "dbus"}});
            }
        });
}

void RootObject::answer(const sdbus::Result<>& result,
                        const sdbus::Error* error,
                        std::uint32_t caller) {
    if (error != nullptr || caller != 0) {
        return result.returnError(
            sdbus::Error{"org.freedesktop.DBus.Error.AccessDenied",
                         "only root may make hailo-device-plugin look again"});
    }
    log::info("looking again, as root asked over the system bus", {{"HAILO_EVENT", "dbus-rescan"}});
    onRescan_();
    result.returnResults();
}

} // namespace hdp::dbus
