// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/device_registry.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <system_error>
#include <utility>

namespace hdp {

namespace {

using namespace std::chrono_literals;

constexpr int freeLooks = 6;
constexpr auto lookInterval = 20ms;
constexpr auto betweenAttempts = 1s; // when one could not be made

bool byAddress(const DeviceStatus& left, const DeviceStatus& right) {
    return left.device.address < right.device.address;
}

} // namespace

std::vector<DeviceStatus> merge(const std::vector<DeviceStatus>& known,
                                std::vector<hotplug::Device> found) {
    std::vector<DeviceStatus> merged;
    merged.reserve(known.size() + found.size());
    std::transform(std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()),
                   std::back_inserter(merged), statusOf);
    const auto present = static_cast<std::ptrdiff_t>(merged.size());
    for (const auto& status : known) {
        if (!std::binary_search(merged.begin(), merged.begin() + present, status, byAddress)) {
            merged.push_back(tombstoneOf(status));
        }
    }
    std::ranges::inplace_merge(merged, merged.begin() + present, byAddress);
    return merged;
}

DeviceRegistry::DeviceRegistry(boost::asio::io_context& loop,
                               Scanner scanner,
                               std::vector<ResourceRule> rules)
    : scanner_(std::move(scanner)),
      shares_(std::move(rules)),
      timer_(loop),
      budget_(freeLooks, lookInterval),
      current_(std::make_shared<const Inventory>()) {}

void DeviceRegistry::subscribe(InventoryObserver& observer) {
    observers_.push_back(&observer);
}

void DeviceRegistry::look() {
    const auto eventAt = std::exchange(eventAt_, std::nullopt);
    if (isHeld_) {
        return;
    }
    auto scan = this->scan();
    if (!scan) {
        eventAt_ = eventAt;
        return;
    }
    report(std::move(scan->anomalies));
    addFindings(scan->devices);
    auto devices = merge(current_->devices, std::move(scan->devices));
    shares_.assign(*current_, devices);
    update(std::move(devices), eventAt);
}

std::optional<hotplug::Scan> DeviceRegistry::scan() {
    try {
        auto scan = scanner_();
        failure_.clear();
        return scan;
    } catch (const std::system_error& error) {
        if (current_->generation == 0) {
            throw;
        }
        fail(error.what());
        return std::nullopt;
    }
}

void DeviceRegistry::fail(const std::string& cause) {
    if (failure_.empty()) {
        log::error("the chips cannot be looked at: " + cause +
                       "; what was known of them stands, and it is tried again each second; give "
                       "the daemon more descriptors (LimitNOFILE=, ulimit -n)",
                   {{"HAILO_EVENT", "look-failure"}});
    }
    failure_ = cause; // names another file each time
    lookAt(LookBudget::Clock::now() + betweenAttempts);
}

void DeviceRegistry::take(Findings findings) {
    if (findings != findings_) {
        findings_ = std::move(findings);
        look();
    }
}

void DeviceRegistry::addFindings(std::vector<hotplug::Device>& devices) const {
    for (auto& device : devices) {
        if (const auto found = findings_.find(device.address); found != findings_.end()) {
            std::ranges::copy(found->second, std::back_inserter(device.problems));
        }
    }
}

void DeviceRegistry::remember(const std::set<HeldDevice>& held) {
    auto devices = current_->devices;
    shares_.remember(held, devices);
    update(std::move(devices));
}

void DeviceRegistry::forget(const std::set<std::string>& ids) {
    auto devices = current_->devices;
    std::erase_if(devices, [&ids](const DeviceStatus& status) {
        return isTombstone(status) && ids.contains(status.id);
    });
    update(std::move(devices));
}

void DeviceRegistry::lookSoon() {
    const auto now = LookBudget::Clock::now();
    if (!eventAt_) {
        eventAt_ = now;
    }
    if (lookIsDue_) {
        return;
    }
    const auto when = budget_.spend(now);
    if (when <= now) {
        look();
    } else {
        lookAt(when);
    }
}

void DeviceRegistry::hold(bool isHeld) {
    if (std::exchange(isHeld_, isHeld) && !isHeld) {
        look();
    }
}

void DeviceRegistry::stop() {
    lookIsDue_ = false;
    timer_.cancel();
}

void DeviceRegistry::lookAt(LookBudget::Clock::time_point when) {
    lookIsDue_ = true;
    timer_.expires_at(when);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && std::exchange(lookIsDue_, false)) {
            look();
        }
    });
}

void DeviceRegistry::update(std::vector<DeviceStatus> devices, EventTime eventAt) {
    // A kubelet knows a resource only once it has a list, even an empty one.
    const bool isFirst = current_->generation == 0;
    if (isHeld_ && !isFirst) {
        return;
    }
    if (isFirst || devices != current_->devices) {
        publish(std::move(devices), eventAt);
    }
}

void DeviceRegistry::publish(std::vector<DeviceStatus> devices, EventTime eventAt) {
    current_ = std::make_shared<const Inventory>(
        Inventory{current_->generation + 1, std::move(devices), eventAt});
    for (auto* observer : observers_) {
        observer->onInventory(current_);
    }
}

void DeviceRegistry::report(std::vector<std::string> anomalies) {
    for (const auto& anomaly : anomalies) {
        if (!std::ranges::binary_search(anomalies_, anomaly)) {
            log::warning(anomaly, {{"HAILO_EVENT", "sysfs-anomaly"}});
        }
    }
    anomalies_ = std::move(anomalies);
}

} // namespace hdp
