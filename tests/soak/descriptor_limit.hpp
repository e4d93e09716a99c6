// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>

#include <sys/resource.h>
#include <sys/types.h>

namespace hdp::testing {

/// As long as it exists, a process that runs can open only so many descriptors more: EMFILE. The
/// limit is one on their numbers, so who closes one may open another.
class DescriptorLimit {
  public:
    /// Throws std::system_error named prlimit.
    DescriptorLimit(pid_t process, std::size_t spare);
    DescriptorLimit(const DescriptorLimit&) = delete;
    DescriptorLimit& operator=(const DescriptorLimit&) = delete;
    ~DescriptorLimit();

  private:
    pid_t process_;
    rlimit before_{};
};

} // namespace hdp::testing
