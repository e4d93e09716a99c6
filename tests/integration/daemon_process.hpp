// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// The real daemon as a child process, without capabilities even when the test runs as root,
/// because that is how it is deployed. Destruction kills it. Environment variables:
///     HDP_DAEMON    the binary
///     HDP_LAUNCHER  a launcher for every test, see below
///     HDP_GENTLE    destruction sends SIGTERM first and waits
class DaemonProcess {
  public:
    static constexpr std::chrono::seconds patience{20};

    /// The path of the binary. Throws std::runtime_error if the environment does not name it.
    static const char* binary();

    /// Throws std::system_error, named after the call, when it cannot be started. It runs as that
    /// user if there is one and the test runs as root. The launcher is a command that runs the
    /// command that follows it as this very process, as "nice" does.
    explicit DaemonProcess(const std::vector<std::string>& arguments,
                           std::optional<uid_t> user = {},
                           const std::vector<std::string>& launcher = {});
    DaemonProcess(const DaemonProcess&) = delete;
    DaemonProcess& operator=(const DaemonProcess&) = delete;
    ~DaemonProcess();

    [[nodiscard]] pid_t pid() const { return pid_; }

    void signal(int number) const;

    /// Whether it has not ended so far.
    [[nodiscard]] bool runs();

    /// The exit code, or 128 + the signal that ended it; nothing if it still runs after the
    /// patience.
    std::optional<int> wait();

    /// Whether it and all who write to its output have ended.
    [[nodiscard]] bool hasEnded();

    /// Whether so many lines with this text are written within the patience, those already written
    /// included.
    [[nodiscard]] bool says(std::string_view text, std::size_t times = 1);

    /// How many lines with this text were written so far.
    [[nodiscard]] std::size_t count(std::string_view text);

    /// Everything that was written so far, to standard output and error.
    [[nodiscard]] std::string log();

  private:
    void read(int descriptor);
    [[nodiscard]] std::size_t linesWith(std::string_view text) const;

    pid_t pid_ = -1;
    std::optional<int> status_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> lines_;
    bool ended_ = false;
    std::jthread reader_;
};

} // namespace hdp::testing
