// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/mock_logind.hpp"

#include <sdbus-c++/sdbus-c++.h>

namespace hdp::testing {

namespace {

constexpr auto interface = "org.freedesktop.login1.Manager";

} // namespace

MockLogind::MockLogind(const std::string& address)
    : bus_(sdbus::createSessionBusConnectionWithAddress(address)),
      object_(sdbus::createObject(*bus_, "/org/freedesktop/login1")) {
    object_->registerProperty("PreparingForShutdown").onInterface(interface).withGetter([this] {
        return isGoingDown_.load();
    });
    object_->registerSignal("PrepareForShutdown").onInterface(interface).withParameters<bool>();
    object_->finishRegistration();
    bus_->requestName("org.freedesktop.login1");
    bus_->enterEventLoopAsync();
}

MockLogind::~MockLogind() {
    bus_->leaveEventLoop();
}

void MockLogind::prepareForShutdown(bool isGoingDown) {
    isGoingDown_ = isGoingDown;
    object_->emitSignal("PrepareForShutdown").onInterface(interface).withArguments(isGoingDown);
}

} // namespace hdp::testing
