// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/health_check.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace hdp {

namespace {

using namespace std::chrono_literals;

constexpr auto betweenConfirmations = 1s;

bool isOrIsBehind(const DeviceStatus& status, const hotplug::PciAddress& address) {
    const auto& upstream = status.device.upstream;
    return status.device.address == address ||
           std::ranges::find(upstream, address) != upstream.end();
}

} // namespace

HealthCheck::HealthCheck(boost::asio::io_context& loop,
                         DeviceRegistry& registry,
                         VitalSignsReader::Command command,
                         bool isOn)
    : registry_(registry), reader_(loop, std::move(command)), isOn_(isOn), timer_(loop) {}

void HealthCheck::turn(bool isOn) {
    if (std::exchange(isOn_, isOn) == isOn) {
        return;
    }
    timer_.cancel();
    if (isOn) {
        return read();
    }
    reader_.stop();
    chips_.clear();
    publish();
    answerFirst();
}

void HealthCheck::begin(std::function<void()> onFirst) {
    hasBegun_ = true;
    retain(*registry_.current());
    if (!isOn_ || present_.empty()) {
        return onFirst();
    }
    onFirst_ = std::move(onFirst);
    start();
}

void HealthCheck::read() {
    if (!hasBegun_ || !isOn_ || present_.empty()) {
        return;
    }
    if (reader_.isReading()) {
        readAgain_ = true;
    } else {
        start();
    }
}

void HealthCheck::start() {
    timer_.cancel();
    readAgain_ = false;
    reader_.read(present_,
                 [this](const auto& answers, const std::string& error) { onRead(answers, error); });
}

void HealthCheck::onRecovery(const hotplug::Recovery& recovery) {
    bool isNews = recovery.end != hotplug::Recovery::End::BoundAnew;
    for (const auto& status : registry_.current()->devices) {
        if (isOrIsBehind(status, recovery.address) && !isTombstone(status)) {
            const auto& address = status.device.address;
            auto& health = chips_.try_emplace(address, address).first->second;
            isNews = health.take(recovery) || isNews;
        }
    }
    if (isNews) {
        publish();
        read();
    }
}

void HealthCheck::onInventory(const InventoryPtr& inventory) {
    if (!hasBegun_) {
        return;
    }
    const auto before = std::exchange(present_, {});
    retain(*inventory);
    publish(); // what is forgotten must not be found any more
    if (!std::ranges::includes(before, present_)) {
        read();
    }
}

void HealthCheck::retain(const Inventory& inventory) {
    present_.clear();
    for (const auto& status : inventory.devices) {
        if (isTombstone(status)) {
            continue;
        }
        present_.insert(status.device.address);
        const auto known = chips_.find(status.device.address);
        if (known != chips_.end() && !status.device.classDevice) {
            known->second.letGo();
        }
    }
    std::erase_if(chips_, [this](const auto& chip) { return !present_.contains(chip.first); });
}

void HealthCheck::onRead(const VitalSignsReader::Answers& answers, const std::string& error) {
    report(error);
    const auto now = ChipHealth::Clock::now();
    for (const auto& [address, signs] : answers) {
        if (present_.contains(address)) {
            chips_.try_emplace(address, address).first->second.observe(signs, now);
        }
    }
    publish();
    if (readAgain_ && !reader_.isReading()) {
        start();
    } else {
        confirmSoon();
    }
    answerFirst();
}

void HealthCheck::answerFirst() {
    if (const auto onFirst = std::exchange(onFirst_, {})) {
        onFirst();
    }
}

void HealthCheck::report(const std::string& error) {
    if (!error.empty() && error != error_) {
        log::warning("the health of chips is not known as well as it should be: " + error +
                         "; it is tried again at the next health check",
                     {{"HAILO_EVENT", "health-failure"}});
    }
    error_ = error;
}

void HealthCheck::publish() {
    DeviceRegistry::Findings findings;
    for (const auto& [address, health] : chips_) {
        if (auto problems = health.problems(); !problems.empty()) {
            findings.emplace(address, std::move(problems));
        }
    }
    registry_.take(std::move(findings));
}

void HealthCheck::confirmSoon() {
    const bool isUnsure =
        std::ranges::any_of(chips_, [](const auto& chip) { return chip.second.isUnsure(); });
    if (!isUnsure) {
        return;
    }
    timer_.expires_after(betweenConfirmations);
    timer_.async_wait([this](const boost::system::error_code& error) {
        if (!error) {
            read();
        }
    });
}

const hotplug::VitalSigns* HealthCheck::signsOf(const hotplug::PciAddress& chip) const {
    const auto known = chips_.find(chip);
    return known == chips_.end() || !known->second.signs() ? nullptr : &*known->second.signs();
}

void HealthCheck::stop() {
    hasBegun_ = false;
    timer_.cancel();
    reader_.stop();
}

} // namespace hdp
