// SPDX-License-Identifier: Apache-2.0
#include "daemon/service.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace hdp {

namespace {

std::string countOf(std::size_t number, const std::string& what) {
    return number == 0 ? std::string{} : ", " + std::to_string(number) + " " + what;
}

std::string chipsOf(const Inventory& inventory) {
    const auto gone =
        static_cast<std::size_t>(std::ranges::count_if(inventory.devices, isTombstone));
    const auto unhealthy = static_cast<std::size_t>(
        std::ranges::count(inventory.devices, Health::Unhealthy, &DeviceStatus::health));
    const auto present = inventory.devices.size() - gone;
    return (present == 0 ? "no" : std::to_string(present)) + (present == 1 ? " chip" : " chips") +
           countOf(unhealthy - gone, "unhealthy") + countOf(gone, "gone");
}

std::string kubeletOf(const Listening& resources) {
    std::string missing;
    for (const auto& [resource, listens] : resources) {
        if (!listens) {
            missing += (missing.empty() ? "" : ", ") + resource;
        }
    }
    const auto number = std::ranges::count(resources, false, &Listening::value_type::second);
    if (number == 0) {
        return "registered with the kubelet";
    }
    const bool isAll = static_cast<std::size_t>(number) == resources.size();
    return "waiting for the kubelet" + (isAll ? std::string{} : " to take " + missing);
}

/// systemd compares it with its own clock, to tell an old message from a new one.
std::string monotonicMicroseconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::to_string(std::chrono::duration_cast<std::chrono::microseconds>(now).count());
}

} // namespace

std::string statusOf(const Inventory& inventory, const Listening& resources) {
    return chipsOf(inventory) + ", " + kubeletOf(resources);
}

Service::Service(boost::asio::io_context& loop, const systemd::ServiceEnvironment& environment)
    : systemd_(environment.notifySocket), watchdog_(loop, systemd_, environment.watchdog) {}

void Service::onInventory(const InventoryPtr& inventory) {
    inventory_ = inventory;
    tellStatus();
}

void Service::onKubelet(const std::string& resource, bool listens) {
    resources_[resource] = listens;
    tellStatus();
}

void Service::ready() {
    isReady_ = true;
    systemd_.send("READY=1");
}

void Service::reloading() {
    systemd_.send("RELOADING=1\nMONOTONIC_USEC=" + monotonicMicroseconds());
}

void Service::reloaded() {
    if (isReady_) {
        ready();
    }
}

void Service::stopping() {
    isStopping_ = true;
    systemd_.send("STOPPING=1\nSTATUS=stopping");
}

void Service::tellStatus() {
    if (!inventory_ || isStopping_) {
        return;
    }
    if (auto status = statusOf(*inventory_, resources_); status != status_) {
        status_ = std::move(status);
        systemd_.send("STATUS=" + status_);
    }
}

} // namespace hdp
