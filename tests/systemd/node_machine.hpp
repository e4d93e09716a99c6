// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/mock_host.hpp"
#include "tests/systemd/machine.hpp"

#include <memory>
#include <string>

namespace hdp::testing {

/// A machine with two Hailo-8 in which the daemon is installed and not started. Its sysfs is a
/// folder, so that no uevents come: what changes in it is noticed within a second.
class NodeMachine {
  public:
    static constexpr auto unit = "hailo-device-plugin";
    static constexpr auto first = "0000:01:00.0";
    static constexpr auto second = "0000:02:00.0";

    NodeMachine();

    /// Settings beside those that make it see its chips.
    void configure(const std::string& yaml) const;

    /// Lines of the section Service for the unit, before it is started.
    void dropIn(const std::string& lines) const;

    /// Whether the unit comes up.
    [[nodiscard]] bool startDaemon() const;

    /// To its main process, or to that of another unit.
    void signal(const std::string& name, const std::string& to = unit) const;

    /// A fake kubelet that was not there before.
    void startKubelet();
    [[nodiscard]] bool kubeletSays(const std::string& words) const;

    /// A property of the unit: "StatusText".
    [[nodiscard]] std::string show(const std::string& property) const;
    [[nodiscard]] bool comesToShow(const std::string& property, const std::string& value) const;

    /// What the daemon said, for a test that failed.
    [[nodiscard]] std::string log() const;

    MockHost hardware;
    Machine machine;

  private:
    std::unique_ptr<Command> kubelet_;
};

} // namespace hdp::testing
