// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/device_registry.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace hdp::testing {

/// Keeps what it is told, and writes its name into a diary that several share.
class Witness final : public InventoryObserver {
  public:
    explicit Witness(std::string name, std::vector<std::string>& diary)
        : name_(std::move(name)), diary_(diary) {}

    void onInventory(const InventoryPtr& inventory) override {
        inventories.push_back(inventory);
        diary_.push_back(name_);
    }

    std::vector<InventoryPtr> inventories;

  private:
    std::string name_;
    std::vector<std::string>& diary_;
};

/// The status of a chip of the only resource.
inline DeviceStatus offered(hotplug::Device device) {
    auto status = statusOf(std::move(device));
    status.resource = "hailo.ai/device";
    return status;
}

/// A registry whose scans find what the test says.
class DeviceRegistryTest : public ::testing::Test {
  protected:
    DeviceRegistryTest() { registry.subscribe(witness); }

    hotplug::Scan scan() {
        ++scans;
        if (!canLook) {
            throw std::system_error(EMFILE, std::generic_category(), "openat");
        }
        lastScanned = hardware;
        return hardware;
    }

    void lookSoonTwoHundredTimes() {
        for (int event = 0; event < 200; ++event) {
            registry.lookSoon();
        }
    }

    CapturedLog log;
    boost::asio::io_context loop;
    hotplug::Scan hardware;
    hotplug::Scan lastScanned;
    int scans = 0;
    bool canLook = true;
    std::vector<std::string> diary;
    Witness witness{"first", diary};
    DeviceRegistry registry{loop, [this] { return scan(); }, {{.resource = "hailo.ai/device"}}};
};

} // namespace hdp::testing
