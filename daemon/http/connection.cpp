// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/connection.hpp"

#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <exception>
#include <string>
#include <utility>

namespace hdp::http {

namespace beast = boost::beast;
using boost::system::error_code;
using Error = beast::http::error;

namespace {

// A page of ours loads nothing from elsewhere and is nobody's frame.
constexpr auto contentPolicy =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'";

constexpr std::chrono::seconds lingerTime{2};
constexpr std::size_t mostDropped = std::size_t{256} * 1024;

bool isOfProtocol(const error_code& error) {
    return error.category() == beast::http::make_error_code(Error::bad_method).category();
}

} // namespace

Connection::Connection(beast::tcp_stream stream, Context context)
    : stream_(std::move(stream)), context_(std::move(context)) {}

void Connection::start() {
    readRequest();
}

void Connection::close() {
    isClosed_ = true;
    stream_.close();
}

void Connection::readRequest() {
    parser_.emplace();
    parser_->header_limit(mostHeaderBytes);
    parser_->body_limit(std::uint64_t{0});
    stream_.expires_after(patience);
    // Not more than the header: Beast's reader of chunked bodies (Boost 1.81) takes some as good
    // that it then asserts to be better, or reads beyond.
    beast::http::async_read_header(
        stream_, buffer_, *parser_,
        [self = shared_from_this()](const error_code& error, std::size_t) {
            self->onRequest(error);
        });
}

void Connection::onRequest(const error_code& error) {
    if (isClosed_) {
        return;
    }
    if (!error && !parser_->is_done()) {
        send(refusalOf(Error::unexpected_body), false);
    } else if (!error) {
        reply();
    } else if (isOfProtocol(error) && error != Error::end_of_stream &&
               error != Error::partial_message) {
        send(refusalOf(error), false);
    } else {
        end();
    }
}

/// What is told to a client whose request Beast would not read.
Answer Connection::refusalOf(const error_code& error) const {
    using beast::http::verb;
    if (error == Error::header_limit || error == Error::buffer_overflow) {
        return sentence(statusHeaderTooLarge, "The header of the request is longer than 8 KiB.");
    }
    if (error == Error::body_limit || error == Error::unexpected_body) {
        const auto method = parser_->get().method();
        return method == verb::get || method == verb::head
                   ? sentence(statusBadRequest, "The request has a body, and none is wanted.")
                   : methodRefusal();
    }
    return sentence(statusBadRequest, "This is no request that HTTP/1.1 knows.");
}

void Connection::reply() {
    const auto& request = parser_->get();
    const auto answer =
        context_.routes.answer({request.method_string().data(), request.method_string().size()},
                               {request.target().data(), request.target().size()});
    const bool isOld = std::chrono::steady_clock::now() - begin_ > longestLife;
    send(answer, request.keep_alive() && !isOld);
}

void Connection::send(Answer answer, bool keepAlive) {
    const auto& request = parser_->get();
    response_ = {};
    response_.version(request.version() == 10 ? 10 : 11);
    response_.result(answer.status);
    response_.set(beast::http::field::content_type,
                  {answer.contentType.data(), answer.contentType.size()});
    response_.set(beast::http::field::cache_control, "no-store");
    response_.set("X-Content-Type-Options", "nosniff");
    response_.set("Content-Security-Policy", contentPolicy);
    if (answer.status == statusMethodNotAllowed) {
        response_.set(beast::http::field::allow, "GET, HEAD");
    }
    becomesListener_ = answer.isFeed && request.method() == beast::http::verb::get;
    response_.keep_alive(keepAlive && !answer.isFeed);
    if (!answer.isFeed) {
        response_.content_length(answer.body.size());
    }
    if (request.method() != beast::http::verb::head) {
        response_.body() = std::move(answer.body);
    }
    context_.onAnswer(answer.status);
    stream_.expires_after(patience);
    serializer_.emplace(response_);
    beast::http::async_write(
        stream_, *serializer_,
        [self = shared_from_this()](const error_code& error, std::size_t) { self->onSent(error); });
}

void Connection::onSent(const error_code& error) {
    if (isClosed_) {
        return;
    }
    if (!error && becomesListener_) {
        isClosed_ = true;
        context_.onListener(std::move(stream_));
        context_.onEnd(*this);
    } else if (!error && response_.keep_alive()) {
        readRequest();
    } else if (!error) {
        linger();
    } else {
        end();
    }
}

void Connection::linger() {
    // Closed at once with bytes unread, the kernel would send a reset, which takes the answer away
    // from a client that still sends.
    error_code ignored;
    stream_.socket().shutdown(boost::asio::socket_base::shutdown_send, ignored);
    stream_.expires_after(lingerTime);
    drop();
}

void Connection::drop() {
    stream_.async_read_some(
        boost::asio::buffer(dropped_),
        [self = shared_from_this()](const error_code& error, std::size_t bytes) {
            self->onDropped(error, bytes);
        });
}

void Connection::onDropped(const error_code& error, std::size_t bytes) {
    if (isClosed_) {
        return;
    }
    droppedBytes_ += bytes;
    if (error || droppedBytes_ > mostDropped) {
        end();
    } else {
        drop();
    }
}

void Connection::end() {
    close();
    context_.onEnd(*this);
}

} // namespace hdp::http
