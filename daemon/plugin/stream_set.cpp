// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/stream_set.hpp"

#include <utility>

namespace hdp {

namespace {

grpc::Status stopping() {
    return {grpc::StatusCode::UNAVAILABLE, "hailo-device-plugin is stopping"};
}

} // namespace

StreamSet::StreamSet(OnStream onOpened, OnStream onEnded)
    : onOpened_(std::move(onOpened)), onEnded_(std::move(onEnded)) {}

void StreamSet::add(const std::shared_ptr<ListAndWatchStream>& stream) {
    stream->number = ++newest_;
    open_.insert(stream);
    if (closing_) {
        return stream->close(stopping());
    }
    if (latest_) {
        stream->send(latest_);
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
        stream->send(inventory);
    }
}

void StreamSet::close() {
    closing_ = true;
    for (const auto& stream : open_) {
        stream->close(stopping());
    }
}

} // namespace hdp
