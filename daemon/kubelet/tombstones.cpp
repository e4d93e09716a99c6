// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/tombstones.hpp"

#include "daemon/kubelet/checkpoint.hpp"
#include "daemon/kubelet/kubelet_connection.hpp"
#include "daemon/log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp {

Tombstones::Tombstones(boost::asio::io_context& loop,
                       DeviceRegistry& registry,
                       Parameters parameters)
    : loop_(loop), registry_(registry), parameters_(std::move(parameters)) {}

void Tombstones::seed(std::function<void()> onDone) {
    if (isSeeded_) {
        return onDone();
    }
    waiting_.push_back(std::move(onDone));
    if (!isAsking()) {
        remember(heldInCheckpoint(parameters_.checkpoint));
        ask();
    }
}

void Tombstones::review() {
    if (!isAsking() && (!isSeeded_ || !overdue().empty())) {
        ask();
    }
}

void Tombstones::stop() {
    call_.reset();
    waiting_.clear();
}

void Tombstones::onInventory(const InventoryPtr& inventory) {
    std::map<std::string, Clock::time_point> since;
    for (const auto& status : inventory->devices) {
        if (isTombstone(status)) {
            const auto known = since_.find(status.id);
            since.emplace(status.id, known == since_.end() ? parameters_.now() : known->second);
        }
    }
    since_ = std::move(since);
}

void Tombstones::ask() {
    if (parameters_.socket.empty()) {
        isSeeded_ = true;
        return callBack();
    }
    const auto connection = connectToKubelet(parameters_.socket);
    if (connection.descriptor < 0) {
        say(connection.error.message());
        return callBack();
    }
    call_ = std::make_unique<PodResourcesCall>(
        loop_, connection.descriptor, [this](const PodResources& answer) { onAnswer(answer); });
}

void Tombstones::onAnswer(const PodResources& answer) {
    call_.reset();
    if (answer.error.empty()) {
        isSeeded_ = true;
        lastSentence_.clear();
        remember(answer.held);
        forgetAllBut(answer.held);
    } else {
        say(answer.error);
    }
    callBack();
}

void Tombstones::remember(const std::set<HeldDevice>& held) {
    std::set<HeldDevice> ours;
    std::ranges::copy_if(held, std::inserter(ours, ours.end()), [this](const HeldDevice& device) {
        return parameters_.resources.contains(device.resource);
    });
    registry_.remember(ours);
}

void Tombstones::forgetAllBut(const std::set<HeldDevice>& held) {
    auto gone = overdue();
    for (const auto& device : held) {
        gone.erase(device.id);
    }
    for (const auto& id : gone) {
        log::info("chip " + id + " is off the list: it is gone, and no pod holds it",
                  {{"HAILO_EVENT", "tombstone-forgotten"}, {"HAILO_DEVICE", id}});
    }
    registry_.forget(gone);
}

void Tombstones::callBack() {
    for (const auto& onDone : std::exchange(waiting_, {})) {
        onDone();
    }
}

void Tombstones::say(const std::string& cause) {
    const auto sentence = "the kubelet does not tell who holds which chip (" +
                          parameters_.socket.string() + ": " + cause +
                          "); vanished chips stay listed meanwhile";
    if (std::exchange(lastSentence_, sentence) != sentence) {
        log::info(sentence, {{"HAILO_EVENT", "pod-resources"}});
    }
}

std::set<std::string> Tombstones::overdue() const {
    std::set<std::string> ids;
    for (const auto& [id, since] : since_) {
        if (parameters_.now() - since >= parameters_.grace) {
            ids.insert(id);
        }
    }
    return ids;
}

} // namespace hdp
