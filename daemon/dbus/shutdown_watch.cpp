// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/shutdown_watch.hpp"

#include <sdbus-c++/sdbus-c++.h>

#include <chrono>
#include <string>
#include <utility>

namespace hdp::dbus {

namespace {

using namespace std::chrono_literals;

constexpr auto logind = "org.freedesktop.login1";
constexpr auto logindPath = "/org/freedesktop/login1";
constexpr auto logindInterface = "org.freedesktop.login1.Manager";
constexpr auto patience = 5s;

} // namespace

ShutdownWatch::ShutdownWatch(sdbus::IConnection& bus, std::function<void(bool)> onChange)
    : onChange_(std::move(onChange)), logind_(sdbus::createProxy(bus, logind, logindPath)) {
    logind_->uponSignal("PrepareForShutdown")
        .onInterface(logindInterface)
        .call([this](bool isGoingDown) { onChange_(isGoingDown); });
    logind_->finishRegistration();
    ask();
}

void ShutdownWatch::ask() {
    logind_->callMethodAsync("Get")
        .onInterface("org.freedesktop.DBus.Properties")
        .withTimeout(patience)
        .withArguments(std::string{logindInterface}, std::string{"PreparingForShutdown"})
        .uponReplyInvoke([this](const sdbus::Error* error, const sdbus::Variant& value) {
            const bool isKnown = error == nullptr && value.containsValueOfType<bool>();
            onChange_(isKnown && value.get<bool>());
        });
}

} // namespace hdp::dbus
