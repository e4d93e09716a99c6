// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/event_stream.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/write.hpp>

#include <cstddef>
#include <utility>

namespace hdp::http {

using boost::system::error_code;

EventStream::EventStream(boost::beast::tcp_stream stream, EventFeed& feed, OnEnd onEnd)
    : stream_(std::move(stream)),
      feed_(feed),
      onEnd_(std::move(onEnd)),
      timer_(stream_.get_executor()) {}

void EventStream::start() {
    feed_.join(*this);
    awaitEnd();
    awaitComment();
    onNews();
}

void EventStream::onNews() {
    if (underWay_) {
        hasNews_ = true;
    } else {
        hasNews_ = false;
        write(feed_.message());
    }
}

void EventStream::close() {
    isClosed_ = true;
    feed_.leave(*this);
    timer_.cancel();
    stream_.close();
}

void EventStream::awaitEnd() {
    // Nothing more is to come from the client but the end.
    stream_.expires_never();
    stream_.async_read_some(
        boost::asio::buffer(unexpected_),
        [self = shared_from_this()](const error_code&, std::size_t) { self->end(); });
}

void EventStream::awaitComment() {
    timer_.expires_after(betweenComments);
    timer_.async_wait([self = shared_from_this()](const error_code& error) {
        if (error || self->isClosed_) {
            return;
        }
        if (std::chrono::steady_clock::now() - self->begin_ > longestLife) {
            return self->end();
        }
        if (!self->underWay_) {
            self->write(std::make_shared<const std::string>(":\n\n"));
        }
        self->awaitComment();
    });
}

void EventStream::write(std::shared_ptr<const std::string> text) {
    underWay_ = std::move(text);
    stream_.expires_after(patience); // of the write only: the read is under way
    boost::asio::async_write(stream_, boost::asio::buffer(*underWay_),
                             [self = shared_from_this()](const error_code& error, std::size_t) {
                                 self->onWritten(error);
                             });
}

void EventStream::onWritten(const error_code& error) {
    underWay_.reset();
    if (error) {
        end();
    } else if (hasNews_ && !isClosed_) {
        onNews();
    }
}

void EventStream::end() {
    if (!isClosed_) {
        close();
        onEnd_(*this);
    }
}

} // namespace hdp::http
