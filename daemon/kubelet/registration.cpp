// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/registration.hpp"

#include "daemon/kubelet/kubelet_connection.hpp"
#include "daemon/kubelet/leftover_sockets.hpp"
#include "daemon/log.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <random>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <unistd.h>

namespace hdp {

namespace {

using namespace std::chrono_literals;

constexpr auto apiVersion = "v1beta1";
constexpr auto streamPatience = 10s;
constexpr auto steadyAfter = 10s; // a stream that lived this long was no failed attempt

std::string socketPrefix(std::string_view resource) {
    std::string prefix{resource};
    std::ranges::replace(prefix, '/', '_');
    return prefix + "-";
}

std::string
socketName(std::string_view resource, std::string_view processTag, std::uint64_t attempt) {
    return fmt::format("{}{}-{}.sock", socketPrefix(resource), processTag, attempt);
}

} // namespace

std::string Registration::longestSocketName(std::string_view resource) {
    return socketName(resource, "00000000", 999'999);
}

Registration::Registration(boost::asio::io_context& loop,
                           Parameters parameters,
                           Backoff::Random random)
    : loop_(loop),
      parameters_(std::move(parameters)),
      processTag_(fmt::format("{:08x}", std::random_device{}())),
      retries_(200ms, 10s, random),
      connects_(1ms, 10s, std::move(random)),
      timer_(loop) {}

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
        return attemptAfter(connects_.next());
    }
    backOff("cannot connect to " + kubeletSocket().string() + ": " + error.message());
}

void Registration::registerOver(int descriptor) {
    try {
        removeLeftoverSockets(parameters_.folder, socketPrefix(parameters_.resource));
        socket_ = std::make_unique<PluginSocket>(loop_, nextSocketPath(), parameters_.onConnection);
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
    request.set_resource_name(parameters_.resource);
    *request.mutable_options() = parameters_.options;
    enter(State::Registering);
    call_ = std::make_unique<RegisterCall>(
        loop_, descriptor, request, [this](const RegisterResult& result) { onResult(result); });
}

void Registration::onResult(const RegisterResult& result) {
    call_.reset();
    if (result.accepted) {
        onAccepted();
    } else {
        backOff("the kubelet did not register " + parameters_.resource + ": " + result.error);
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
    after(streamPatience, &Registration::onNoStream);
}

void Registration::onNoStream() {
    say(fmt::format("the kubelet registered {} and did not call ListAndWatch within {} s, so it "
                    "cannot know any chip; registering again",
                    parameters_.resource, streamPatience.count()),
        true);
    attempt();
}

void Registration::beLive() {
    enter(State::Live);
    // Not before: a kubelet that accepts and never listens would have it said for each attempt.
    say("registered " + parameters_.resource + " with the kubelet, endpoint " +
            socket_->path().filename().string(),
        false);
}

void Registration::loseStream() {
    enter(State::StreamLost);
    say("the kubelet's ListAndWatch stream for " + parameters_.resource +
            " ended; the kubelet never opens it again by itself, so registering again",
        true);
    attemptAfter(retries_.next());
}

void Registration::backOff(const std::string& cause) {
    enter(State::BackingOff);
    say(cause + "; trying again", true);
    attemptAfter(retries_.next());
}

void Registration::attemptAfter(std::chrono::milliseconds delay) {
    after(delay, &Registration::attempt);
}

void Registration::after(std::chrono::milliseconds delay, void (Registration::*step)()) {
    timer_.expires_after(delay);
    timer_.async_wait([this, step, turn = timerTurn_](const boost::system::error_code& error) {
        if (!error && turn == timerTurn_) {
            (this->*step)();
        }
    });
}

void Registration::enter(State state) {
    // Whatever the state left behind was waiting for is over; a handler that is queued already
    // knows by its turn.
    ++timerTurn_;
    timer_.cancel();
    if (std::exchange(state_, state) != state) {
        since_ = std::chrono::steady_clock::now();
        log::debug(parameters_.resource + " is " + std::string{nameOf(state)},
                   {{"HAILO_EVENT", "registration"}});
    }
}

void Registration::say(const std::string& sentence, bool isProblem) {
    if (std::exchange(lastSentence_, sentence) == sentence) {
        return;
    }
    const auto tell = isProblem ? log::warning : log::info;
    tell(sentence, {{"HAILO_EVENT", "registration"}, {"HAILO_RESOURCE", parameters_.resource}});
}

std::filesystem::path Registration::nextSocketPath() {
    return parameters_.folder / socketName(parameters_.resource, processTag_, ++attempts_);
}

std::string_view nameOf(Registration::State state) {
    static constexpr std::array<std::string_view, 9> names{
        "kubelet-absent", "kubelet-stale", "serving",     "registering", "awaiting-stream",
        "live",           "stream-lost",   "backing-off", "stopping"};
    return names.at(static_cast<std::size_t>(state));
}

} // namespace hdp
