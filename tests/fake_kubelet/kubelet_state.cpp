// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_state.hpp"

#include "tests/fake_kubelet/checkpoint.hpp"

#include <algorithm>
#include <system_error>
#include <utility>

namespace hdp::testing {

KubeletState::KubeletState(KubeletOptions given)
    : options(std::move(given)), random(options.seed) {}

void KubeletState::begin(const Lock& lock) {
    const PluginDirectory directory(options.directory, options.wipeRule);
    ledger = {};
    pods = {};
    runningAtStart.clear();
    lastMessages.clear();
    if (const auto checkpoint = Checkpoint::read(directory.checkpoint())) {
        for (const auto& [resource, ids] : checkpoint->registered) {
            ledger.restore(resource, Clock::now());
        }
        for (const auto& [key, assignment] : checkpoint->assignments) {
            pods.assign(key, assignment);
            runningAtStart.insert(key);
        }
    }
    running = true;
    ++life;
    report(lock, {.kind = Event::Kind::Started, .text = directory.kubeletSocket().string()});
}

void KubeletState::end(const Lock& lock) {
    running = false;
    endpoints.clear();
    report(lock, {.kind = Event::Kind::Killed});
}

void KubeletState::changed(const Lock& /*lock*/) {
    ++generation_;
    changed_.notify_all();
}

void KubeletState::report(const Lock& lock, Event event) {
    changed(lock);
    if (options.onEvent) {
        event.capacity = ledger.capacity(event.resource).value_or(Capacity{});
        options.onEvent(event);
    }
}

void KubeletState::saveCheckpoint(const Lock& /*lock*/) const {
    if (!options.writesCheckpoint) {
        return;
    }
    try {
        Checkpoint{pods.assignments(), ledger.registered()}.write(
            PluginDirectory(options.directory, options.wipeRule).checkpoint());
    } catch (const std::system_error&) {
        // A kubelet whose folder was taken away logs that and goes on.
    }
}

void KubeletState::expire(const Lock& lock) {
    if (running && ledger.expire(Clock::now(), options.stopGracePeriod)) {
        saveCheckpoint(lock);
    }
}

bool KubeletState::waitUntil(const std::function<bool()>& predicate, Clock::time_point deadline) {
    for (;;) {
        auto seen = lock();
        expire(seen);
        const auto generation = generation_;
        const auto wake = nextWake(seen, deadline);
        seen.unlock();
        if (predicate()) {
            return true;
        }
        seen.lock();
        const bool hasChanged = changed_.wait_until(
            seen, wake, [this, generation] { return generation_ != generation; });
        if (!hasChanged && wake == deadline) {
            seen.unlock();
            return predicate();
        }
    }
}

KubeletState::Clock::time_point KubeletState::nextWake(const Lock& /*lock*/,
                                                       Clock::time_point deadline) const {
    const auto expiry = running ? ledger.nextExpiry(options.stopGracePeriod) : std::nullopt;
    return std::min(deadline, expiry.value_or(deadline));
}

} // namespace hdp::testing
