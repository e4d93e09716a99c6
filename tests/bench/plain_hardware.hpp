// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/udev_sender.hpp"
#include "tests/support/mock_chip.hpp"
#include "tests/support/mock_host.hpp"

#include <string>
#include <vector>

namespace hdp::testing {

/// Chips that are plain files and real uevents, so that nothing stands between the daemon and the
/// kernel: umockdev makes each access to a file several system calls. All nodes are /dev/null.
class PlainHardware {
  public:
    using Clock = UdevSender::Clock;

    /// Adds what is there from the start, without an event.
    void add(const MockChip& chip) const;

    /// The driver takes a chip, or lets it go. Returns the moment before the first event.
    Clock::time_point bind(const MockChip& chip);
    Clock::time_point unbind(const MockChip& chip);

    /// Tells of a chip although nothing happened to it.
    Clock::time_point change(const MockChip& chip);

    /// What the daemon has to be told to find them.
    [[nodiscard]] std::vector<std::string> flags() const;

    /// As the scanner sees them.
    [[nodiscard]] const MockHost& host() const { return host_; }

  private:
    MockHost host_;
    UdevSender udevd_;
};

} // namespace hdp::testing
