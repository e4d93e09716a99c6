// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/http/event_feed.hpp"
#include "daemon/http/session.hpp"

#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <array>
#include <chrono>
#include <functional>
#include <memory>
#include <string>

namespace hdp::http {

/// One client of Server-Sent Events. It gets the newest state at once and with each change; while a
/// message is on its way, what changes is told in one message after it. A client that does not take
/// a message within the patience is left. A comment now and then shows that both ends live. Loop
/// thread only.
class EventStream final : public Session,
                          public EventFeed::Listener,
                          public std::enable_shared_from_this<EventStream> {
  public:
    static constexpr std::chrono::seconds patience{20};
    static constexpr std::chrono::seconds betweenComments{15};
    static constexpr std::chrono::hours longestLife{1};

    using OnEnd = std::function<void(Session& session)>;

    /// The header of the answer is sent. The feed must live until close() or onEnd.
    EventStream(boost::beast::tcp_stream stream, EventFeed& feed, OnEnd onEnd);

    void start();
    void onNews() override;
    void close() override;

  private:
    void awaitEnd();
    void awaitComment();
    void write(std::shared_ptr<const std::string> text);
    void onWritten(const boost::system::error_code& error);
    void end();

    boost::beast::tcp_stream stream_;
    EventFeed& feed_;
    OnEnd onEnd_;
    std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    boost::asio::steady_timer timer_; ///< the next comment
    std::array<char, 1> unexpected_{};
    std::shared_ptr<const std::string> underWay_; ///< null: nothing
    bool hasNews_ = false;
    bool isClosed_ = false;
};

} // namespace hdp::http
