// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/recovery.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>

namespace hdp::hotplug {

/// Who sends the uevents. The kernel's own reach every network namespace of the initial user
/// namespace, hence a pod without hostNetwork, but come before udev's rules were applied. udev's
/// come after, and only in the host's network namespace. Automatic takes udev's where udevd runs,
/// which libudev tells by /run/udev/control, else the kernel's.
enum class UeventSource { Automatic, Udev, Kernel };

/// "udev" or "kernel", and "auto" for Automatic.
std::string_view nameOf(UeventSource source);

/// Replaces Automatic by Udev if udevd's control socket exists, else by Kernel.
UeventSource resolve(UeventSource source, const std::filesystem::path& udevControl);

/// Says "look again" whenever the kernel reports a change that may concern a Hailo chip: its PCI
/// function, its class device, or an error on a PCI bridge. Carries no data: what is true is read
/// from sysfs. A recovery is the exception, and told before the look. Loop thread only.
/// Construction subscribes, so that a scan made afterwards misses nothing; destruction
/// unsubscribes. The loop must outlive the monitor. Neither function may destroy the monitor.
class UdevMonitor {
  public:
    enum class Cause {
        Uevent,  ///< one or more relevant uevents arrived
        Overrun, ///< the kernel dropped uevents because the socket was full (ENOBUFS)
        Restored ///< the monitor broke and a new one is in its place
    };
    using OnChange = std::function<void(Cause)>;
    using OnRecovery = std::function<void(const Recovery&)>;

    /// Throws std::system_error, named after the libudev call, when no monitor can be had.
    UdevMonitor(boost::asio::io_context& loop,
                UeventSource source,
                OnChange onChange,
                OnRecovery onRecovery = {});
    UdevMonitor(const UdevMonitor&) = delete;
    UdevMonitor(UdevMonitor&&) = delete;
    UdevMonitor& operator=(const UdevMonitor&) = delete;
    UdevMonitor& operator=(UdevMonitor&&) = delete;
    ~UdevMonitor();

    /// The source in use; never Automatic.
    [[nodiscard]] UeventSource source() const;

  private:
    class Connection;

    void listen();
    void drain();
    void retryLater();
    void reconnect();

    boost::asio::io_context& loop_;
    UeventSource source_;
    OnChange onChange_;
    OnRecovery onRecovery_;
    // Handlers hold weak pointers to these two: a handler that was queued already runs in spite of
    // cancel().
    std::shared_ptr<Connection> connection_;           // empty while broken
    std::shared_ptr<boost::asio::steady_timer> retry_; // empty while connected
    std::chrono::seconds retryDelay_{1};
};

} // namespace hdp::hotplug
