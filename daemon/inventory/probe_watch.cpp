// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/probe_watch.hpp"

#include <algorithm>
#include <utility>

namespace hdp {

namespace {

bool isBeingProbed(const DeviceStatus& status) {
    const auto& problems = status.device.problems;
    return std::ranges::find(problems, hotplug::Reason::ClassDeviceMissing,
                             &hotplug::Problem::reason) != problems.end();
}

std::set<std::string> probedIn(const Inventory& inventory) {
    std::set<std::string> ids;
    for (const auto& status : inventory.devices) {
        if (isBeingProbed(status)) {
            ids.insert(status.id);
        }
    }
    return ids;
}

} // namespace

ProbeWatch::ProbeWatch(boost::asio::io_context& loop, Waits waits, std::function<void()> look)
    : waits_(waits), look_(std::move(look)), timer_(loop) {}

void ProbeWatch::onInventory(const InventoryPtr& inventory) {
    const auto before = std::exchange(probed_, probedIn(*inventory));
    if (probed_.empty()) {
        timer_.cancel();
    } else if (!std::ranges::includes(before, probed_)) {
        wait_ = waits_.first;
        await();
    }
}

void ProbeWatch::stop() {
    probed_.clear();
    timer_.cancel();
}

void ProbeWatch::await() {
    timer_.expires_after(wait_);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) {
            lookAgain();
        }
    });
}

void ProbeWatch::lookAgain() {
    const auto next = wait_ * 2;
    wait_ = next;
    look_();
    const bool hasBegunAnew = wait_ != next;
    if (!probed_.empty() && !hasBegunAnew && wait_ <= waits_.longest) {
        await();
    }
}

} // namespace hdp
