// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/child/abandoned_children.hpp"
#include "daemon/child/child_command.hpp"
#include "hotplug/pci_address.hpp"
#include "hotplug/vital_signs.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hdp {

/// Asks chips for their vital signs in a process of its own (tellVitalSigns), because an answer may
/// never come: a read of a dying device can hang in the kernel, where not even SIGKILL ends it. A
/// chip that did not answer is not asked again while a process hangs on it, so that they do not
/// pile up. Loop thread only.
class VitalSignsReader {
  public:
    /// By chip that was asked; nothing for one that did not answer in time. A chip that is not on
    /// the bus any more is left out.
    using Answers = std::map<hotplug::PciAddress, std::optional<hotplug::VitalSigns>>;

    /// The error, a clause, is empty unless nobody could be asked; the chips are not to blame then.
    using OnRead = std::function<void(const Answers& answers, const std::string& error)>;

    struct Command {
        /// The program and its arguments up to the addresses of the chips.
        std::vector<std::string> start;
        /// From the program's first output on: much more than an answer takes, much less than
        /// anybody waits.
        std::chrono::milliseconds patience{2000};
        /// Until then; a program that takes longer blames no chip.
        std::chrono::milliseconds startPatience{10'000};
    };

    /// This program itself, for the sysfs at sysRoot.
    static Command ownCommand(const std::string& sysRoot);

    VitalSignsReader(boost::asio::io_context& loop, Command command);

    /// Begins to read, unless isReading(). onRead is called once, later and from the loop, and may
    /// read again.
    void read(std::set<hotplug::PciAddress> chips, OnRead onRead);

    [[nodiscard]] bool isReading() const { return child_.has_value(); }

    /// Gives up what is being read; onRead is not called.
    void stop() { child_.reset(); }

  private:
    void start();
    void onEnd(const ChildEnd& end);
    [[nodiscard]] Answers answersIn(const ChildEnd& end) const;

    boost::asio::io_context& loop_;
    Command command_;
    AbandonedChildren abandoned_;
    std::set<hotplug::PciAddress> stalled_; ///< did not answer the last time
    std::set<hotplug::PciAddress> asked_;
    std::set<hotplug::PciAddress> spared_; ///< wanted and not asked, because a process hangs on it
    OnRead onRead_;
    std::optional<ChildCommand> child_;
};

} // namespace hdp
