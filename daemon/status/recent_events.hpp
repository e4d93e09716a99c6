// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>

namespace hdp::status {

/// Something that happened, in one sentence.
struct Event {
    std::chrono::system_clock::time_point at;
    bool isProblem = false;
    std::string sentence;
};

/// The last few things that happened; older ones are in the log. Loop thread only.
class RecentEvents {
  public:
    static constexpr std::size_t most = 50;

    void add(bool isProblem, std::string sentence);

    /// The newest first.
    [[nodiscard]] const std::deque<Event>& events() const { return events_; }

  private:
    std::deque<Event> events_;
};

} // namespace hdp::status
