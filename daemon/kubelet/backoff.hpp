// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

namespace hdp {

/// The waits between attempts: each up to twice as long as the one before, from a first to a
/// longest one, shortened by up to a half at random so that the daemons of a cluster do not act in
/// step.
class Backoff {
  public:
    using Duration = std::chrono::milliseconds;
    /// Answers a number in [0, 1).
    using Random = std::function<double()>;

    Backoff(Duration first, Duration longest, Random random);

    /// The next wait.
    Duration next();

    /// The next wait is a first one again.
    void reset();

  private:
    Duration first_;
    Duration longest_;
    Random random_;
    Duration current_;
};

} // namespace hdp
