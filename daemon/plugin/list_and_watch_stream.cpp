// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/list_and_watch_stream.hpp"

#include "daemon/plugin/device_list.hpp"
#include "daemon/plugin/stream_set.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace hdp {

ListAndWatchStream* ListAndWatchStream::open(boost::asio::io_context& loop, StreamSet& streams) {
    auto stream = std::make_shared<ListAndWatchStream>(loop, streams);
    stream->self_ = stream;
    boost::asio::post(loop, [&streams, stream] { streams.add(stream); });
    return stream.get();
}

ListAndWatchStream::ListAndWatchStream(boost::asio::io_context& loop, StreamSet& streams)
    : loop_(loop), streams_(streams) {}

void ListAndWatchStream::send(InventoryPtr inventory, std::optional<Clock::time_point> eventAt) {
    pending_ = std::move(inventory);
    if (!eventAt_) {
        eventAt_ = eventAt;
    }
    if (!writing_) {
        writeNext();
    }
}

void ListAndWatchStream::close(const grpc::Status& status) {
    if (!std::exchange(closed_, true)) {
        Finish(status);
    }
}

void ListAndWatchStream::OnWriteDone(bool ok) {
    boost::asio::post(loop_, [self = shared_from_this(), ok] { self->written(ok); });
}

void ListAndWatchStream::OnCancel() {
    boost::asio::post(loop_, [self = shared_from_this()] { self->close(grpc::Status::CANCELLED); });
}

void ListAndWatchStream::OnDone() {
    boost::asio::post(loop_, [self = std::move(self_)] { self->streams_.remove(self); });
}

void ListAndWatchStream::written(bool ok) {
    writing_ = false;
    if (!ok) {
        close({grpc::StatusCode::UNAVAILABLE, "the kubelet is gone"});
    } else if (pending_) {
        writeNext();
    }
}

void ListAndWatchStream::writeNext() {
    if (closed_) {
        return;
    }
    response_ = deviceListOf(*std::exchange(pending_, {}));
    writing_ = true;
    StartWrite(&response_);
    streams_.onSent(std::exchange(eventAt_, std::nullopt));
}

} // namespace hdp
