// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp::testing {

/// What a process holds at one moment.
struct Footprint {
    std::uint64_t rssAnon = 0; ///< KiB
    std::size_t descriptors = 0;
    std::size_t threads = 0;

    static Footprint of(pid_t process);
};

/// How what a process holds develops, sampled at equal distances.
class Trend {
  public:
    void add(const Footprint& footprint) { footprints_.push_back(footprint); }

    [[nodiscard]] bool isEmpty() const { return footprints_.empty(); }

    [[nodiscard]] const Footprint& first() const { return footprints_.front(); }

    [[nodiscard]] const Footprint& last() const { return footprints_.back(); }

    /// By how much private memory grows with each sample, in KiB: the line of least squares through
    /// the second half, when everything has been done once.
    [[nodiscard]] double slope() const;

    /// A leak, as a sentence. Memory breathes with the work, by a factor of two where messages are
    /// long; so the median of the last fifth must be half more than that of the second, of many
    /// samples.
    [[nodiscard]] std::optional<std::string> growth() const;

  private:
    [[nodiscard]] std::uint64_t medianOfFifth(std::size_t fifth) const;

    std::vector<Footprint> footprints_;
};

} // namespace hdp::testing
