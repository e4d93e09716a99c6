// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/registration.hpp"

#include "daemon/kubelet/kubelet_connection.hpp"
#include "daemon/kubelet/leftover_sockets.hpp"
#include "daemon/log.hpp"

#include <array>
#include <exception>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace hdp {

namespace {

using namespace std::chrono_literals;

constexpr auto apiVersion = "v1beta1";
constexpr auto streamPatience = 10s;
// The kubelet is to see the end of a successor's stream before we register again.
constexpr auto successorPatience = 1s;
constexpr auto steadyAfter = 10s; // a stream that lived this long was no failed attempt

} // namespace

Registration::Registration(boost::asio::io_context& loop,
                           Parameters parameters,
                           Backoff::Random random)
    : Registrar(parameters.resource, parameters.events),
      loop_(loop),
      parameters_(std::move(parameters)),
      names_(parameters_.folder,
             parameters_.socketName.empty() ? resource() : parameters_.socketName),
      successors_(parameters_.folder, names_.prefix()),
      retries_(200ms, 10s, random),
      connects_(1ms, 10s, std::move(random)),
      timer_(loop, [this] { onTimer(); }) {}

void Registration::start() {
    attempt();
}

void Registration::lookAgain() {
    if (state_ == State::Stopping) {
        return;
    }
    const auto now = identify(kubeletSocket());
    const bool isThere = now != KubeletIdentity{};
    const bool isNew = isThere && now != kubelet_;
    if (isNew || (isThere && state_ == State::KubeletAbsent)) {
        retries_.reset();
        connects_.reset();
        attempt();
    } else if (state_ == State::Live) {
        lookAtSuccessors();
    }
}

void Registration::lookAtSuccessors() {
    if (successors_.hasOneEnded()) {
        say("another daemon that offered " + resource() +
                " has ended, with which the kubelet forgets ours; registering again",
            true);
        timer_.expireAfter(successorPatience);
    }
}

void Registration::onStreamOpened(std::uint64_t number) {
    if (number < firstStream_ || state_ == State::Stopping) {
        return;
    }
    streams_.insert(number);
    if (state_ != State::Registering) {
        beLive();
    }
}

void Registration::onStreamEnded(std::uint64_t number) {
    streams_.erase(number);
    if (state_ == State::Live && streams_.empty()) {
        if (std::chrono::steady_clock::now() - since_ > steadyAfter) {
            retries_.reset();
        }
        loseStream();
    }
}

void Registration::stop() {
    enter(State::Stopping);
    call_.reset();
    socket_.reset();
}

std::filesystem::path Registration::kubeletSocket() const {
    return parameters_.folder / "kubelet.sock";
}

void Registration::attempt() {
    call_.reset();
    kubelet_ = identify(kubeletSocket());
    const auto connection = connectToKubelet(kubeletSocket());
    if (connection.descriptor < 0) {
        onNoConnection(connection.error);
    } else {
        registerOver(connection.descriptor);
    }
}

void Registration::onNoConnection(const std::error_code& error) {
    socket_.reset();
    if (error == std::errc::no_such_file_or_directory) {
        enter(State::KubeletAbsent);
        return say("no kubelet yet: " + kubeletSocket().string() +
                       " does not exist; waiting for it",
                   false);
    }
    if (error == std::errc::connection_refused ||
        error == std::errc::resource_unavailable_try_again) {
        enter(State::KubeletStale);
        say("no kubelet listens on " + kubeletSocket().string() + "; waiting for one to start",
            false);
        return timer_.expireAfter(connects_.next());
    }
    backOff("cannot connect to " + kubeletSocket().string() + ": " + error.message());
}

void Registration::registerOver(int descriptor) {
    try {
        socket_.reset();
        removeLeftoverSockets(names_.folder(), names_.prefix());
        socket_ = std::make_unique<PluginSocket>(loop_, names_.next(), parameters_.onConnection);
        successors_.begin();
    } catch (const std::exception& error) {
        ::close(descriptor);
        return backOff(std::string{"cannot serve in the kubelet's plugin folder: "} + error.what());
    }
    enter(State::Serving);
    streams_.clear();
    firstStream_ = parameters_.newestStream() + 1;

    v1beta1::RegisterRequest request;
    request.set_version(apiVersion);
    request.set_endpoint(socket_->path().filename().string());
    request.set_resource_name(resource());
    *request.mutable_options() = parameters_.options;
    enter(State::Registering);
    call_ = std::make_unique<RegisterCall>(
        loop_, descriptor, request, [this](const RegisterResult& result) { onResult(result); });
}

void Registration::onResult(const RegisterResult& result) {
    call_.reset();
    tellAnswer(result.accepted);
    if (result.accepted) {
        onAccepted();
    } else {
        backOff("the kubelet did not register " + resource() + ": " + result.error);
    }
}

void Registration::onAccepted() {
    if (!streams_.empty()) {
        return beLive();
    }
    if (parameters_.newestStream() >= firstStream_) {
        return loseStream(); // opened and ended before the call returned
    }
    enter(State::AwaitingStream);
    timer_.expireAfter(streamPatience);
}

void Registration::onTimer() {
    if (state_ == State::AwaitingStream) {
        onNoStream();
    } else {
        attempt();
    }
}

void Registration::onNoStream() {
    say(fmt::format("the kubelet registered {} and did not call ListAndWatch within {} s, so it "
                    "cannot know any chip; registering again",
                    resource(), streamPatience.count()),
        true);
    attempt();
}

void Registration::beLive() {
    enter(State::Live);
    if (!socket_) {
        return; // a stream over a connection from before the kubelet went away
    }
    // Not before: a kubelet that accepts and never listens would have it said for each attempt.
    say("registered " + resource() + " with the kubelet, endpoint " +
            socket_->path().filename().string(),
        false);
}

void Registration::loseStream() {
    enter(State::StreamLost);
    say("the kubelet's ListAndWatch stream for " + resource() +
            " ended; the kubelet never opens it again by itself, so registering again",
        true);
    timer_.expireAfter(retries_.next());
}

void Registration::backOff(const std::string& cause) {
    enter(State::BackingOff);
    say(cause + "; trying again", true);
    timer_.expireAfter(retries_.next());
}

void Registration::enter(State state) {
    timer_.cancel();
    if (std::exchange(state_, state) != state) {
        since_ = std::chrono::steady_clock::now();
        log::debug(resource() + " is " + std::string{nameOf(state)},
                   {{"HAILO_EVENT", "registration"}});
        tellState();
    }
}

std::string_view Registration::stateName() const {
    return nameOf(state_);
}

std::string_view nameOf(Registration::State state) {
    static constexpr std::array<std::string_view, 9> names{
        "kubelet-absent", "kubelet-stale", "serving",     "registering", "awaiting-stream",
        "live",           "stream-lost",   "backing-off", "stopping"};
    return names.at(static_cast<std::size_t>(state));
}

} // namespace hdp
