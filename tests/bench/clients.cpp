// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/clients.hpp"

#include <sdbus-c++/sdbus-c++.h>

#include <chrono>
#include <string>

namespace hdp::testing {

HttpClients::HttpClients(std::uint16_t port) {
    for (const auto* target : {"/metrics", "/devices"}) {
        clients_.emplace_back([this, port, target](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                answered_ += request(port, target).status == 200 ? 1U : 0U;
            }
        });
    }
}

BusClients::BusClients()
    : client_([this](const std::stop_token& stop) {
          const auto bus = sdbus::createSystemBusConnection();
          const auto daemon =
              sdbus::createProxy(*bus, "ai.hailo.DevicePlugin1", "/ai/hailo/DevicePlugin1");
          while (!stop.stop_requested()) {
              std::map<std::string, sdbus::Variant> all;
              daemon->callMethod("GetAll")
                  .onInterface("org.freedesktop.DBus.Properties")
                  .withArguments("ai.hailo.DevicePlugin1")
                  .storeResultsTo(all);
              ++answered_;
          }
      }) {}

} // namespace hdp::testing
