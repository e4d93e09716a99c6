// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <filesystem>
#include <future>
#include <string>
#include <thread>

namespace hdp::testing {

/// The moment when a name with that end comes into a folder that is there: created or renamed to.
/// Time stamps of files are too coarse for it.
class Arrivals {
  public:
    using Clock = std::chrono::steady_clock;

    /// Watches from now on. Throws std::system_error named after the call.
    Arrivals(const std::filesystem::path& folder, const std::string& end);
    Arrivals(const Arrivals&) = delete;
    Arrivals& operator=(const Arrivals&) = delete;
    ~Arrivals();

    /// Waits for the first arrival.
    Clock::time_point wait() { return first_.get(); }

  private:
    void watch(const std::string& end);

    int inotify_;
    std::promise<Clock::time_point> promise_;
    std::future<Clock::time_point> first_ = promise_.get_future();
    std::jthread watcher_;
};

} // namespace hdp::testing
