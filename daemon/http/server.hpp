// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/http/event_feed.hpp"
#include "daemon/http/routes.hpp"
#include "daemon/http/session.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/tcp_stream.hpp>

#include <cstddef>
#include <functional>
#include <list>
#include <memory>

namespace hdp::http {

/// Answers over HTTP/1.1 what the routes have. Holds a bounded number of connections: when one more
/// comes, the one that came first is closed, so that clients who only keep connections open do not
/// keep others out. Nothing that a client does or does not do holds up the loop. Loop thread only.
class Server {
  public:
    static constexpr std::size_t mostConnections = 64;

    /// Is told the status of each answer.
    using OnAnswer = std::function<void(unsigned status)>;

    Server(boost::asio::io_context& loop, Routes routes, EventFeed& feed, OnAnswer onAnswer);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;
    ~Server();

    /// Accepts connections there from now on. Throws boost::system::system_error, named after the
    /// call.
    void listen(const boost::asio::ip::tcp::endpoint& where);

    [[nodiscard]] bool isListening() const { return acceptor_ != nullptr; }

    /// Where it listens; a port 0 is replaced by the real one.
    [[nodiscard]] boost::asio::ip::tcp::endpoint where() const;

    [[nodiscard]] std::size_t connections() const { return sessions_.size(); }

    /// Ends all connections and accepts none any more.
    void stop();

  private:
    using Acceptor = boost::asio::ip::tcp::acceptor;

    void accept();
    void onAccepted(const boost::system::error_code& error, boost::asio::ip::tcp::socket socket);
    void acceptLater();
    void serve(boost::asio::ip::tcp::socket socket);
    void addListener(boost::beast::tcp_stream stream);
    void makeRoom();
    void forget(const Session& session);

    boost::asio::io_context& loop_;
    Routes routes_;
    EventFeed& feed_;
    OnAnswer onAnswer_;
    std::list<std::shared_ptr<Session>> sessions_; ///< the oldest first
    boost::asio::steady_timer timer_;
    std::shared_ptr<Acceptor> acceptor_; ///< null: not listening; handlers hold weak pointers
};

} // namespace hdp::http
