// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <chrono>
#include <cstddef>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// The device manager of a real kubelet as a child process: tests/kubelet/device_manager, whose
/// binary is named by the environment variable HDP_DEVICE_MANAGER. It says there which commands it
/// knows. To be called from any thread. Destruction kills it.
class DeviceManager {
  public:
    static constexpr std::chrono::seconds patience{20};

    /// What a command came to; an error is in the device manager's own words.
    struct Answer {
        nlohmann::json result;
        std::string error;
    };

    /// Is ready for plugins when the constructor returns. Throws std::system_error, named after the
    /// call, or std::runtime_error with the log when it does not come up.
    explicit DeviceManager(const std::vector<std::string>& arguments = {});
    DeviceManager(const DeviceManager&) = delete;
    DeviceManager& operator=(const DeviceManager&) = delete;
    ~DeviceManager();

    /// The answer to a command, which others do not wait for. When the process ends first, the
    /// answer is an error with its log.
    std::future<Answer> send(const std::string& command);

    /// Sends and waits; throws std::runtime_error, with the log, after the patience.
    Answer ask(const std::string& command);

    void signal(int number) const;

    /// The exit code, or 128 + the signal that ended it; nothing if it still runs after the
    /// patience. A panic ends it with 2.
    std::optional<int> wait();

    /// What it wrote to standard error so far, stack traces of a panic included.
    [[nodiscard]] std::string log() const;

  private:
    std::future<Answer> expect(std::size_t id);
    void read(int descriptor);
    void settle(const std::string& line);
    void settleAll();
    [[noreturn]] void giveUp(const std::string& what) const;

    TemporaryDirectory folder_;
    pid_t pid_ = -1;
    int input_ = -1;
    std::optional<int> status_;
    std::promise<void> end_;
    std::shared_future<void> ended_;
    std::mutex mutex_;
    std::size_t sent_ = 0;
    bool hasEnded_ = false;
    std::map<std::size_t, std::promise<Answer>> waiting_;
    std::jthread reader_;
};

} // namespace hdp::testing
