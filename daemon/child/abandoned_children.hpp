// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

#include <sys/types.h>

namespace hdp {

/// Processes of ours that were killed and for whose end nobody waits. One that the kernel holds in
/// uninterruptible sleep (state D) ends when the driver lets go of it, perhaps never; until it is
/// reaped it stays as a zombie. Nothing here blocks or needs a descriptor. Loop thread only.
class AbandonedChildren {
  public:
    /// Takes over a child that got SIGKILL.
    void add(pid_t child);

    /// Reaps those that have ended, and answers how many have not. Call it before starting another
    /// child, which bounds the number of zombies.
    std::size_t reap();

  private:
    std::vector<pid_t> children_;
};

} // namespace hdp
