// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/http/answer.hpp"
#include "daemon/http/routes.hpp"
#include "daemon/http/session.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>

namespace hdp::http {

/// One client that asks and is answered, one request after the other; further ones wait in the
/// socket. Each request must be there, and each answer taken, within the patience, or the
/// connection is closed. Requests have no body. Loop thread only.
class Connection final : public Session, public std::enable_shared_from_this<Connection> {
  public:
    static constexpr std::chrono::seconds patience{20};
    static constexpr std::chrono::minutes longestLife{10};
    static constexpr std::size_t mostHeaderBytes = std::size_t{8} * 1024;

    struct Context {
        const Routes& routes;
        /// The status of each answer, as it is sent.
        std::function<void(unsigned status)> onAnswer;
        /// Takes a client over that wants to be told of events; its header is sent.
        std::function<void(boost::beast::tcp_stream stream)> onListener;
        /// Called once, unless close() was.
        std::function<void(Session& session)> onEnd;
    };

    /// What the context refers to must live until close().
    Connection(boost::beast::tcp_stream stream, Context context);

    void start();
    void close() override;

  private:
    void readRequest();
    void onRequest(const boost::system::error_code& error);
    [[nodiscard]] Answer refusalOf(const boost::system::error_code& error) const;
    void reply();
    void send(Answer answer, bool keepAlive);
    void onSent(const boost::system::error_code& error);
    void linger();
    void drop();
    void onDropped(const boost::system::error_code& error, std::size_t bytes);
    void end();

    boost::beast::tcp_stream stream_;
    Context context_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    boost::beast::flat_buffer buffer_{2 * mostHeaderBytes};
    std::optional<boost::beast::http::request_parser<boost::beast::http::empty_body>> parser_;
    boost::beast::http::response<boost::beast::http::string_body> response_;
    std::optional<boost::beast::http::response_serializer<boost::beast::http::string_body>>
        serializer_;
    std::array<char, 4096> dropped_{};
    std::size_t droppedBytes_ = 0;
    bool becomesListener_ = false;
    bool isClosed_ = false;
};

} // namespace hdp::http
