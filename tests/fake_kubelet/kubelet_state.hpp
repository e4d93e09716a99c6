// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/client_table.hpp"
#include "tests/fake_kubelet/device_ledger.hpp"
#include "tests/fake_kubelet/kubelet_options.hpp"
#include "tests/fake_kubelet/message.hpp"
#include "tests/fake_kubelet/misbehaviour.hpp"
#include "tests/fake_kubelet/pod_devices.hpp"
#include "tests/fake_kubelet/registration.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace hdp::testing {

/// Everything the fake kubelet knows, under one mutex. Members are read and changed under a lock;
/// functions that want one say so by taking it.
class KubeletState {
  public:
    using Lock = std::unique_lock<std::mutex>;
    using Clock = std::chrono::steady_clock;

    explicit KubeletState(KubeletOptions given);

    [[nodiscard]] Lock lock() { return Lock(mutex_); }

    /// Begins a life as a process does: from the checkpoint, with nothing else in memory.
    void begin(const Lock& lock);
    /// Ends the life; what the test sees of it stays.
    void end(const Lock& lock);

    /// Wakes the waiting.
    void changed(const Lock& lock);
    /// Wakes the waiting and tells the onlooker.
    void report(const Lock& lock, Event event);
    void saveCheckpoint(const Lock& lock) const;
    /// Drops what outlived its grace period.
    void expire(const Lock& lock);

    /// Evaluates the predicate, without a lock, whenever something changed; its last result.
    bool waitUntil(const std::function<bool()>& predicate, Clock::time_point deadline);

    const KubeletOptions options;

    bool running = false;
    std::uint64_t life = 0; ///< tells results of an earlier life apart
    DeviceLedger ledger;
    PodDevices pods;
    std::map<std::string, ClientPtr> endpoints; ///< where Allocate goes
    std::set<ContainerResource> runningAtStart; ///< containers the checkpoint knew
    bool sourcesReady = true;
    Misbehaviour misbehaviour;
    std::mt19937 random;

    std::vector<Registration> registrations;
    std::map<std::string, Message> lastMessages; ///< of this life
    std::map<std::string, std::vector<Clock::time_point>> arrivals;
    std::map<std::string, std::size_t> openStreams;
    std::size_t dials = 0; ///< under way
    std::optional<std::string> panic;

  private:
    [[nodiscard]] Clock::time_point nextWake(const Lock& lock, Clock::time_point deadline) const;

    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t generation_ = 0;
};

} // namespace hdp::testing
