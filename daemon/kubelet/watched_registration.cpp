// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/watched_registration.hpp"

#include "daemon/kubelet/leftover_sockets.hpp"
#include "daemon/log.hpp"

#include <array>
#include <chrono>
#include <exception>
#include <utility>

namespace hdp {

namespace {

using namespace std::chrono_literals;

constexpr auto streamPatience = 10s;

} // namespace

WatchedRegistration::WatchedRegistration(boost::asio::io_context& loop,
                                         Parameters parameters,
                                         Backoff::Random random)
    : Registrar(parameters.resource, parameters.events),
      loop_(loop),
      onConnection_(std::move(parameters.onConnection)),
      names_(std::move(parameters.folder),
             parameters.socketName.empty() ? parameters.resource : parameters.socketName),
      retries_(200ms, 10s, std::move(random)),
      timer_(loop, [this] { offer(); }) {}

void WatchedRegistration::start() {
    offer();
}

void WatchedRegistration::lookAgain() {
    const bool isInPlace = socket_ && socket_->isInPlace();
    // A kubelet that has us ends the stream when it sees that the socket is gone.
    if (!isInPlace && state_ != State::Live && state_ != State::Stopping) {
        offer();
    }
}

void WatchedRegistration::onStreamOpened(std::uint64_t number) {
    if (state_ == State::Stopping) {
        return;
    }
    streams_.insert(number);
    enter(State::Live);
}

void WatchedRegistration::onStreamEnded(std::uint64_t number) {
    streams_.erase(number);
    if (state_ == State::Live && streams_.empty()) {
        enter(State::StreamLost);
        say("the kubelet's ListAndWatch stream for " + resource() +
                " ended; offering the resource to the plugin watcher again",
            true);
        timer_.expireAfter(retries_.next());
    }
}

void WatchedRegistration::stop() {
    enter(State::Stopping);
    socket_.reset();
}

void WatchedRegistration::onAsked() {
    if (state_ == State::Offered || state_ == State::StreamLost) {
        enter(State::Asked);
        timer_.expireAfter(streamPatience);
    }
}

void WatchedRegistration::onDecided(const std::string& error) {
    tellAnswer(error.empty());
    if (error.empty()) {
        retries_.reset();
        say("the plugin watcher registered " + resource(), false);
    } else {
        // It tries again by itself, ever more seldom.
        say("the plugin watcher did not register " + resource() + ": " + error, true);
    }
}

void WatchedRegistration::offer() {
    try {
        socket_.reset();
        removeLeftoverSockets(names_.folder(), names_.prefix());
        socket_ = std::make_unique<PluginSocket>(loop_, names_.next(), onConnection_);
    } catch (const std::exception& error) {
        enter(State::Unoffered);
        say(std::string{"cannot offer a socket to the kubelet's plugin watcher: "} + error.what() +
                "; trying again",
            true);
        return timer_.expireAfter(retries_.next());
    }
    enter(State::Offered);
    say("offered " + resource() + " to the kubelet's plugin watcher as " + socket_->path().string(),
        false);
}

void WatchedRegistration::enter(State state) {
    timer_.cancel();
    if (std::exchange(state_, state) != state) {
        log::debug(resource() + " is " + std::string{nameOf(state)},
                   {{"HAILO_EVENT", "registration"}});
        tellState();
    }
}

std::string_view WatchedRegistration::stateName() const {
    return nameOf(state_);
}

std::string_view nameOf(WatchedRegistration::State state) {
    static constexpr std::array<std::string_view, 6> names{"unoffered", "offered",     "asked",
                                                           "live",      "stream-lost", "stopping"};
    return names.at(static_cast<std::size_t>(state));
}

} // namespace hdp
