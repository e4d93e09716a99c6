// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/event_feed.hpp"

#include <utility>
#include <vector>

namespace hdp::http {

EventFeed::EventFeed(std::function<std::string()> render) : render_(std::move(render)) {}

void EventFeed::tell() {
    message_.reset();
    // Who is told may leave.
    const std::vector<Listener*> all{listeners_.begin(), listeners_.end()};
    for (auto* listener : all) {
        if (listeners_.contains(listener)) {
            listener->onNews();
        }
    }
}

std::shared_ptr<const std::string> EventFeed::message() {
    if (!message_) {
        message_ = std::make_shared<const std::string>("data: " + render_() + "\n\n");
    }
    return message_;
}

} // namespace hdp::http
