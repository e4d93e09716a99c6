// SPDX-License-Identifier: Apache-2.0
#include "daemon/child/child_command.hpp"

#include "daemon/child/spawn.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <csignal>
#include <exception>
#include <utility>

#include <sys/wait.h>

namespace hdp {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

/// "ended with code 1"; empty for 0.
std::string failureOf(int status) {
    if (WIFSIGNALED(status)) {
        return "was ended by signal " + std::to_string(WTERMSIG(status));
    }
    const int code = WEXITSTATUS(status);
    return code == 0 ? std::string{} : "ended with code " + std::to_string(code);
}

/// Binds a handler to an object that may be gone when the handler runs.
template <class Method>
auto whileAlive(const std::shared_ptr<ChildCommand*>& self, Method method) {
    return [self = std::weak_ptr{self}, method](const auto&... arguments) {
        if (const auto alive = self.lock()) {
            method(**alive, arguments...);
        }
    };
}

} // namespace

ChildCommand::ChildCommand(asio::io_context& loop,
                           AbandonedChildren& abandoned,
                           const std::vector<std::string>& arguments,
                           Limits limits,
                           OnEnd onEnd)
    : abandoned_(abandoned),
      limits_(limits),
      onEnd_(std::move(onEnd)),
      pipe_(loop),
      exit_(loop),
      timer_(loop),
      self_(std::make_shared<ChildCommand*>(this)) {
    abandoned_.reap();
    try {
        start(arguments);
    } catch (const std::exception& error) {
        asio::post(loop, whileAlive(self_, [cause = std::string{error.what()}](ChildCommand& self) {
                       self.fail(ChildEnd::Kind::Failure, "could not start: " + cause);
                   }));
    }
}

ChildCommand::~ChildCommand() {
    kill();
}

void ChildCommand::start(const std::vector<std::string>& arguments) {
    const auto spawned = spawn(arguments);
    child_ = spawned.child;
    pipe_.assign(spawned.output);
    pipe_.non_blocking(true);
    exit_.assign(spawned.pidfd);
    awaitOutput();
    awaitExit();
    if (limits_.start.count() > 0) {
        awaitStart();
    } else {
        awaitDeadline();
    }
}

void ChildCommand::awaitOutput() {
    // Not a read: what it has taken out of the pipe would be lost if the exit is handled first.
    pipe_.async_wait(asio::posix::stream_descriptor::wait_read,
                     whileAlive(self_, [](ChildCommand& self, const error_code& error) {
                         if (!error) {
                             self.onOutput();
                         }
                     }));
}

void ChildCommand::awaitExit() {
    exit_.async_wait(asio::posix::stream_descriptor::wait_read,
                     whileAlive(self_, [](ChildCommand& self, const error_code& error) {
                         if (!error) {
                             self.onExit();
                         }
                     }));
}

void ChildCommand::awaitStart() {
    timer_.expires_after(limits_.start);
    timer_.async_wait(whileAlive(self_, [](ChildCommand& self, const error_code& error) {
        if (!error) {
            self.fail(ChildEnd::Kind::Failure,
                      "did not begin within " + std::to_string(self.limits_.start.count()) + " ms");
        }
    }));
}

void ChildCommand::awaitDeadline() {
    timer_.expires_after(limits_.time);
    timer_.async_wait(whileAlive(self_, [](ChildCommand& self, const error_code& error) {
        if (!error) {
            self.fail(ChildEnd::Kind::Overdue,
                      "did not end within " + std::to_string(self.limits_.time.count()) + " ms");
        }
    }));
}

void ChildCommand::onOutput() {
    const bool isFirst = output_.empty();
    const bool isOpen = drain();
    if (isFirst && limits_.start.count() > 0) {
        awaitDeadline();
    }
    if (wroteTooMuch()) {
        fail(ChildEnd::Kind::Failure, tooMuch());
    } else if (isOpen) {
        awaitOutput();
    }
}

void ChildCommand::onExit() {
    int status = 0;
    const pid_t reaped = ::waitpid(child_, &status, WNOHANG);
    if (reaped == 0) {
        return awaitExit();
    }
    child_ = -1;
    drain();
    auto failure = reaped < 0 ? "ended unseen" : failureOf(status);
    if (failure.empty() && wroteTooMuch()) {
        failure = tooMuch();
    }
    end(failure.empty() ? ChildEnd::Kind::Success : ChildEnd::Kind::Failure, failure);
}

bool ChildCommand::drain() {
    // Not until the pipe's end, which a grandchild may keep open for ever.
    error_code error;
    while (!error && !wroteTooMuch()) {
        output_.append(buffer_.data(), pipe_.read_some(asio::buffer(buffer_), error));
    }
    return !error || error == asio::error::would_block;
}

std::string ChildCommand::tooMuch() const {
    return "wrote more than " + std::to_string(limits_.outputBytes) + " bytes";
}

void ChildCommand::kill() {
    if (child_ > 0) {
        ::kill(child_, SIGKILL);
        abandoned_.add(std::exchange(child_, -1));
    }
}

void ChildCommand::fail(ChildEnd::Kind kind, std::string failure) {
    kill();
    end(kind, std::move(failure));
}

void ChildCommand::end(ChildEnd::Kind kind, std::string failure) {
    self_.reset(); // no handler runs any more
    timer_.cancel();
    pipe_.close();
    exit_.close();
    const auto onEnd = std::move(onEnd_);
    onEnd({kind, std::move(output_), std::move(failure)});
}

} // namespace hdp
