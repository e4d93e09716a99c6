// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/stream_set.hpp"

#include <utility>

namespace hdp {

namespace {

grpc::Status stopping() {
    return {grpc::StatusCode::UNAVAILABLE, "hailo-device-plugin is stopping"};
}

} // namespace

StreamSet::StreamSet(OnStream onOpened, OnStream onEnded, OnList onList)
    : onOpened_(std::move(onOpened)), onEnded_(std::move(onEnded)), onList_(std::move(onList)) {}

void StreamSet::add(const std::shared_ptr<ListAndWatchStream>& stream) {
    stream->number = ++newest_;
    open_.insert(stream);
    if (closing_) {
        return stream->close(stopping());
    }
    if (latest_) {
        stream->send(latest_, std::nullopt); // no event of the hardware is answered by it
    }
    onOpened_(stream->number);
}

void StreamSet::remove(const std::shared_ptr<ListAndWatchStream>& stream) {
    if (open_.erase(stream) > 0) {
        onEnded_(stream->number);
    }
}

void StreamSet::onInventory(const InventoryPtr& inventory) {
    latest_ = inventory;
    for (const auto& stream : open_) {
        stream->send(inventory, inventory->eventAt);
    }
}

void StreamSet::onSent(std::optional<ListAndWatchStream::Clock::time_point> eventAt) const {
    if (!onList_) {
        return;
    }
    const auto now = ListAndWatchStream::Clock::now();
    onList_(eventAt ? std::optional<std::chrono::nanoseconds>{now - *eventAt} : std::nullopt);
}

void StreamSet::close() {
    closing_ = true;
    for (const auto& stream : open_) {
        stream->close(stopping());
    }
}

} // namespace hdp
