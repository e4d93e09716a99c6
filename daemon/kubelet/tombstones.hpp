// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/device_registry.hpp"
#include "daemon/kubelet/pod_resources_call.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace hdp {

/// Sees to it that no id leaves the list while a pod may hold it: kubelets from 1.34 on crash then.
/// Before the first list it finds out which of our ids pods hold, from the kubelet's checkpoint and
/// its podresources service, so that a chip that vanished while no daemon ran is listed as gone
/// instead of not at all. Later it takes a vanished chip off the
/// list when the kubelet says, a grace period after it vanished, that nobody holds it. Where the
/// podresources service is not to be had, vanished chips stay listed until the daemon restarts.
/// Loop thread only. Subscribe it to the registry, which must outlive it.
class Tombstones final : public InventoryObserver {
  public:
    using Clock = std::chrono::steady_clock;

    struct Parameters {
        std::filesystem::path checkpoint; ///< of the device manager
        std::filesystem::path socket;     ///< of podresources; empty: it is never asked
        std::set<std::string> resources;
        std::chrono::seconds grace{};
        std::function<Clock::time_point()> now = Clock::now;
    };

    Tombstones(boost::asio::io_context& loop, DeviceRegistry& registry, Parameters parameters);

    /// Finds out who holds what unless that is known, adds to the registry what it lacks, and calls
    /// back: at once when there is no answer to wait for, else after 2 s at the latest.
    void seed(std::function<void()> onDone);

    /// Asks again if a tombstone is old enough to go, or if nobody has answered yet.
    void review();

    /// Tombstones stay that long from now on, those that stand already too.
    void setGrace(std::chrono::seconds grace) { parameters_.grace = grace; }

    /// Whether an answer is to come.
    [[nodiscard]] bool isAsking() const { return call_ != nullptr; }

    /// Forgets what was asked; nothing is called back afterwards.
    void stop();

    void onInventory(const InventoryPtr& inventory) override;

  private:
    void ask();
    void onAnswer(const PodResources& answer);
    void remember(const std::set<HeldDevice>& held);
    void forgetAllBut(const std::set<HeldDevice>& held);
    void callBack();
    void say(const std::string& cause);
    [[nodiscard]] std::set<std::string> overdue() const;

    boost::asio::io_context& loop_;
    DeviceRegistry& registry_;
    Parameters parameters_;
    std::map<std::string, Clock::time_point> since_; ///< when each tombstone was first seen
    bool isSeeded_ = false;
    std::string lastSentence_;
    std::vector<std::function<void()>> waiting_;
    std::unique_ptr<PodResourcesCall> call_;
};

} // namespace hdp
