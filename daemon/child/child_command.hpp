// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/child/abandoned_children.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp {

/// How a child ended.
struct ChildEnd {
    enum class Kind {
        Success, ///< it exited with 0, and its output is whole
        Failure, ///< it could not start, exited otherwise, or wrote too much
        Overdue  ///< it did not end in time; it was killed and may still hang in the kernel
    };

    Kind kind = Kind::Failure;
    std::string output{};  ///< what it wrote to its standard output
    std::string failure{}; ///< half a sentence, "did not end within 2000 ms"; empty after success
};

/// A process for what might hang, as every system call on the node of a dying chip may: run with a
/// time limit, and given up when it does not end. Construction starts it, destruction kills it and
/// leaves it to the abandoned children. Its standard output is collected, its input and its errors
/// are /dev/null, and it has no other descriptor. Loop thread only; waits with a pidfd, so that no
/// signal handler is needed (Linux 5.4).
class ChildCommand {
  public:
    struct Limits {
        std::chrono::milliseconds time{2000};
        std::size_t outputBytes = 4096;
        /// If not zero: until the first output, from which the time counts then. A loaded machine
        /// may take long to start a program, which says nothing about what the program does.
        std::chrono::milliseconds start{0};
    };

    /// Called once, from the loop and never from the constructor; may destroy the command.
    using OnEnd = std::function<void(ChildEnd)>;

    /// The first argument is the path of the program; no PATH is searched. That it cannot be
    /// started is told as its end. Everything passed by reference must outlive the command.
    ChildCommand(boost::asio::io_context& loop,
                 AbandonedChildren& abandoned,
                 const std::vector<std::string>& arguments,
                 Limits limits,
                 OnEnd onEnd);
    ChildCommand(const ChildCommand&) = delete;
    ChildCommand& operator=(const ChildCommand&) = delete;
    ~ChildCommand();

  private:
    void start(const std::vector<std::string>& arguments);
    void awaitOutput();
    void awaitExit();
    void awaitStart();
    void awaitDeadline();
    void onOutput();
    void onExit();
    bool drain();
    void kill();
    void fail(ChildEnd::Kind kind, std::string failure);
    void end(ChildEnd::Kind kind, std::string failure);

    [[nodiscard]] std::string tooMuch() const;

    [[nodiscard]] bool wroteTooMuch() const { return output_.size() > limits_.outputBytes; }

    AbandonedChildren& abandoned_;
    Limits limits_;
    OnEnd onEnd_;
    pid_t child_ = -1; ///< -1 when there is nothing to reap
    boost::asio::posix::stream_descriptor pipe_;
    boost::asio::posix::stream_descriptor exit_; ///< the pidfd
    boost::asio::steady_timer timer_;
    std::array<char, 1024> buffer_{};
    std::string output_;
    std::shared_ptr<ChildCommand*> self_; ///< for handlers that are queued when this dies
};

} // namespace hdp
