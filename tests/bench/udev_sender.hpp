// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace hdp::testing {

/// Sends uevents through the kernel to the listeners of udevd in this network namespace, in the
/// form that systemd 252 gives them. Takes CAP_NET_ADMIN there, and listeners believe only root of
/// their user namespace.
class UdevSender {
  public:
    using Clock = std::chrono::steady_clock;

    /// Throws std::system_error, named after the call, when no socket can be had.
    UdevSender();
    UdevSender(const UdevSender&) = delete;
    UdevSender& operator=(const UdevSender&) = delete;
    ~UdevSender();

    struct Event {
        std::string action;
        std::string path;      ///< "/sys/devices/…"
        std::string subsystem; ///< "pci" or "hailo_chardev"
    };

    /// Returns the moment before it was sent. Throws std::system_error, named after the call;
    /// nobody listening is no error.
    Clock::time_point send(const Event& event);

  private:
    int socket_;
    std::uint64_t sequence_ = 0;
};

} // namespace hdp::testing
