// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/server.hpp"

#include "daemon/http/connection.hpp"
#include "daemon/http/event_stream.hpp"

#include <chrono>
#include <utility>

namespace hdp::http {

namespace {

using boost::asio::ip::tcp;
using boost::system::error_code;

// Until descriptors are to be had again.
constexpr std::chrono::seconds betweenAttempts{1};

} // namespace

Server::Server(boost::asio::io_context& loop, Routes routes, EventFeed& feed, OnAnswer onAnswer)
    : loop_(loop),
      routes_(std::move(routes)),
      feed_(feed),
      onAnswer_(std::move(onAnswer)),
      timer_(loop) {}

Server::~Server() {
    stop();
}

void Server::listen(const tcp::endpoint& where) {
    auto acceptor = std::make_shared<Acceptor>(loop_);
    acceptor->open(where.protocol());
    acceptor->set_option(Acceptor::reuse_address(true));
    acceptor->bind(where);
    acceptor->listen();
    acceptor_ = std::move(acceptor);
    accept();
}

tcp::endpoint Server::where() const {
    return acceptor_->local_endpoint();
}

void Server::stop() {
    acceptor_.reset();
    timer_.cancel();
    for (const auto& session : std::exchange(sessions_, {})) {
        session->close();
    }
}

void Server::accept() {
    acceptor_->async_accept(
        [this, guard = std::weak_ptr(acceptor_)](const error_code& error, tcp::socket socket) {
            if (!guard.expired()) {
                onAccepted(error, std::move(socket));
            }
        });
}

void Server::onAccepted(const error_code& error, tcp::socket socket) {
    if (error == boost::asio::error::no_descriptors ||
        error == boost::asio::error::no_buffer_space || error == boost::asio::error::no_memory) {
        return acceptLater();
    }
    if (!error) {
        serve(std::move(socket));
    }
    accept();
}

void Server::acceptLater() {
    timer_.expires_after(betweenAttempts);
    timer_.async_wait([this, guard = std::weak_ptr(acceptor_)](const error_code& error) {
        if (!error && !guard.expired()) {
            accept();
        }
    });
}

void Server::serve(tcp::socket socket) {
    makeRoom();
    const auto connection = std::make_shared<Connection>(
        boost::beast::tcp_stream{std::move(socket)},
        Connection::Context{
            routes_, onAnswer_,
            [this](boost::beast::tcp_stream stream) { addListener(std::move(stream)); },
            [this](const Session& session) { forget(session); }});
    sessions_.push_back(connection);
    connection->start();
}

void Server::addListener(boost::beast::tcp_stream stream) {
    const auto listener = std::make_shared<EventStream>(
        std::move(stream), feed_, [this](const Session& session) { forget(session); });
    sessions_.push_back(listener);
    listener->start();
}

void Server::makeRoom() {
    if (sessions_.size() >= mostConnections) {
        sessions_.front()->close();
        sessions_.pop_front();
    }
}

void Server::forget(const Session& session) {
    sessions_.remove_if([&session](const auto& each) { return each.get() == &session; });
}

} // namespace hdp::http
