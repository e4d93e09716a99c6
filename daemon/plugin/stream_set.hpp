// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/plugin/list_and_watch_stream.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>

namespace hdp {

/// The open ListAndWatch calls of one plugin. All of them get each new inventory, and none is ever
/// ended while the daemon runs: kubelets up to 1.36 disconnect the newest client when an older
/// stream ends. Loop thread only.
class StreamSet final : public InventoryObserver {
  public:
    /// Called with the number of a stream (ListAndWatchStream::number).
    using OnStream = std::function<void(std::uint64_t number)>;

    /// Called for each list that is handed to gRPC, with the time since the event that led to it.
    using OnList = std::function<void(std::optional<std::chrono::nanoseconds> sinceEvent)>;

    StreamSet(OnStream onOpened, OnStream onEnded, OnList onList = {});

    /// Sends the newest inventory at once.
    void add(const std::shared_ptr<ListAndWatchStream>& stream);
    void remove(const std::shared_ptr<ListAndWatchStream>& stream);
    void onInventory(const InventoryPtr& inventory) override;

    /// One of the streams has handed a list to gRPC.
    void onSent(std::optional<ListAndWatchStream::Clock::time_point> eventAt) const;

    /// Ends all calls, and those that come later as they come.
    void close();

    [[nodiscard]] bool isEmpty() const { return open_.empty(); }

    /// The number of the newest stream so far; 0 before the first.
    [[nodiscard]] std::uint64_t newest() const { return newest_; }

    /// How many are open now.
    [[nodiscard]] std::size_t open() const { return open_.size(); }

  private:
    OnStream onOpened_;
    OnStream onEnded_;
    OnList onList_;
    std::set<std::shared_ptr<ListAndWatchStream>> open_;
    InventoryPtr latest_;
    std::uint64_t newest_ = 0;
    bool closing_ = false;
};

} // namespace hdp
