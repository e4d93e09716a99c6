// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace hdp {

class StreamSet;

/// One ListAndWatch call of a kubelet. It sends the newest inventory only: what changed while a
/// message was on its way is sent in one message after it, so that a slow kubelet costs no memory.
/// gRPC's threads only hop to the loop; everything else happens there. Keeps itself alive from
/// open() until gRPC is done with it.
class ListAndWatchStream final : public grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse>,
                                 public std::enable_shared_from_this<ListAndWatchStream> {
  public:
    /// Any thread. The stream joins the set on the loop; the set must outlive the server. The
    /// result is what gRPC wants back from its handler.
    static ListAndWatchStream* open(boost::asio::io_context& loop, StreamSet& streams);

    ListAndWatchStream(boost::asio::io_context& loop, StreamSet& streams);

    using Clock = std::chrono::steady_clock;

    /// Loop thread. Sends it, or remembers it while a message is on its way. The time is that of
    /// the event that led to it, if one did.
    void send(InventoryPtr inventory, std::optional<Clock::time_point> eventAt);

    /// Loop thread. Ends the call; later calls do nothing.
    void close(const grpc::Status& status);

    /// Counts the calls of this process from 1; 0 before the stream joined its set. Loop thread.
    std::uint64_t number = 0;

  private:
    void OnWriteDone(bool ok) override;
    void OnCancel() override;
    void OnDone() override;

    void written(bool ok);
    void writeNext();

    boost::asio::io_context& loop_;
    StreamSet& streams_;
    std::shared_ptr<ListAndWatchStream> self_;
    v1beta1::ListAndWatchResponse response_; ///< gRPC reads it until OnWriteDone
    InventoryPtr pending_;
    std::optional<Clock::time_point> eventAt_; ///< the first that led to what is pending
    bool writing_ = false;
    bool closed_ = false;
};

} // namespace hdp
