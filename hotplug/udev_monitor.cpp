// SPDX-License-Identifier: Apache-2.0
#include "hotplug/udev_monitor.hpp"

#include "hotplug/driver_generation.hpp"
#include "hotplug/uevent.hpp"

#include <boost/asio/posix/stream_descriptor.hpp>

#include <algorithm>
#include <cerrno>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include <libudev.h>
#include <poll.h>

namespace hdp::hotplug {

namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr int receiveBufferBytes = 1024 * 1024;
constexpr std::chrono::seconds firstRetryDelay{1};
constexpr std::chrono::seconds longestRetryDelay{30};

struct Unref {
    void operator()(udev* context) const { udev_unref(context); }

    void operator()(udev_monitor* monitor) const { udev_monitor_unref(monitor); }

    void operator()(udev_device* device) const { udev_device_unref(device); }
};

template <class T>
using Owned = std::unique_ptr<T, Unref>;

std::system_error failure(int error, const char* call) {
    return {error == 0 ? ENOMEM : error, std::generic_category(), call};
}

void require(int result, const char* call) {
    if (result < 0) {
        throw failure(-result, call);
    }
}

Owned<udev> makeContext() {
    errno = 0;
    Owned<udev> context{udev_new()};
    if (!context) {
        throw failure(errno, "udev_new");
    }
    return context;
}

void filter(udev_monitor* monitor, std::string_view subsystem) {
    require(udev_monitor_filter_add_match_subsystem_devtype(monitor, std::string(subsystem).c_str(),
                                                            nullptr),
            "udev_monitor_filter_add_match_subsystem_devtype");
}

Owned<udev_monitor> makeMonitor(udev* context, UeventSource source) {
    errno = 0;
    Owned<udev_monitor> monitor{
        udev_monitor_new_from_netlink(context, std::string(nameOf(source)).c_str())};
    if (!monitor) {
        throw failure(errno, "udev_monitor_new_from_netlink");
    }
    filter(monitor.get(), "pci");
    for (const std::string_view folder : classFolders()) {
        filter(monitor.get(), folder);
    }
    // A larger buffer makes an overrun less likely; without privileges the kernel's maximum stands.
    udev_monitor_set_receive_buffer_size(monitor.get(), receiveBufferBytes);
    require(udev_monitor_enable_receiving(monitor.get()), "udev_monitor_enable_receiving");
    return monitor;
}

} // namespace

std::string_view nameOf(UeventSource source) {
    switch (source) {
    case UeventSource::Automatic:
        return "auto";
    case UeventSource::Udev:
        return "udev";
    case UeventSource::Kernel:
        return "kernel";
    }
    return "unknown";
}

UeventSource resolve(UeventSource source, const std::filesystem::path& udevControl) {
    if (source != UeventSource::Automatic) {
        return source;
    }
    std::error_code ignored;
    return std::filesystem::exists(udevControl, ignored) ? UeventSource::Udev
                                                         : UeventSource::Kernel;
}

/// One subscription to the kernel's or udev's multicast group.
class UdevMonitor::Connection {
  public:
    struct Drained {
        bool isRelevant = false;
        bool isOverrun = false;
        bool isBroken = false;
        std::vector<Recovery> recoveries{};

        void take(const Uevent& event);
    };

    Connection(asio::io_context& loop, UeventSource source)
        : context_(makeContext()),
          monitor_(makeMonitor(context_.get(), source)),
          descriptor_(loop, udev_monitor_get_fd(monitor_.get())) {}

    Connection(const Connection&) = delete;
    Connection(Connection&&) = delete;
    Connection& operator=(const Connection&) = delete;
    Connection& operator=(Connection&&) = delete;

    // libudev owns the descriptor and closes it.
    ~Connection() { descriptor_.release(); }

    template <class Handler>
    void onReadable(Handler handler) {
        descriptor_.async_wait(asio::posix::stream_descriptor::wait_read, std::move(handler));
    }

    /// Takes everything that waits.
    Drained drain();

  private:
    [[nodiscard]] bool isDead() const;

    Owned<udev> context_;
    Owned<udev_monitor> monitor_;
    asio::posix::stream_descriptor descriptor_;
};

void UdevMonitor::Connection::Drained::take(const Uevent& event) {
    isRelevant = isRelevant || hotplug::isRelevant(event);
    if (const auto recovery = recoveryOf(event)) {
        recoveries.push_back(*recovery);
    }
}

UdevMonitor::Connection::Drained UdevMonitor::Connection::drain() {
    Drained drained;
    while (true) {
        errno = 0;
        if (const Owned<udev_device> device{udev_monitor_receive_device(monitor_.get())}) {
            drained.take(ueventOf(*device));
        } else if (errno == ENOBUFS) {
            drained.isOverrun = true;
        } else if (errno != EINTR) {
            drained.isBroken = (errno != EAGAIN && errno != 0) || isDead();
            return drained;
        }
    }
}

/// A socket in error or at its end would wake the loop forever.
bool UdevMonitor::Connection::isDead() const {
    pollfd socket{udev_monitor_get_fd(monitor_.get()), POLLIN, 0};
    return ::poll(&socket, 1, 0) > 0 && (socket.revents & (POLLERR | POLLHUP | POLLNVAL)) != 0;
}

UdevMonitor::UdevMonitor(asio::io_context& loop,
                         UeventSource source,
                         OnChange onChange,
                         OnRecovery onRecovery)
    : loop_(loop),
      source_(resolve(source, "/run/udev/control")),
      onChange_(std::move(onChange)),
      onRecovery_(std::move(onRecovery)),
      connection_(std::make_shared<Connection>(loop_, source_)) {
    listen();
}

UdevMonitor::~UdevMonitor() = default;

UeventSource UdevMonitor::source() const {
    return source_;
}

void UdevMonitor::listen() {
    connection_->onReadable([this, guard = std::weak_ptr(connection_)](const error_code& error) {
        if (!error && !guard.expired()) {
            drain();
        }
    });
}

void UdevMonitor::drain() {
    const Connection::Drained drained = connection_->drain();
    if (drained.isBroken) {
        connection_.reset();
        retryDelay_ = firstRetryDelay;
        retryLater();
    } else {
        listen();
    }
    if (onRecovery_) {
        std::ranges::for_each(drained.recoveries, onRecovery_);
    }
    if (drained.isOverrun) {
        onChange_(Cause::Overrun);
    } else if (drained.isRelevant) {
        onChange_(Cause::Uevent);
    }
}

void UdevMonitor::retryLater() {
    retry_ = std::make_shared<asio::steady_timer>(loop_, retryDelay_);
    retry_->async_wait([this, guard = std::weak_ptr(retry_)](const error_code& error) {
        if (!error && !guard.expired()) {
            reconnect();
        }
    });
}

void UdevMonitor::reconnect() {
    try {
        connection_ = std::make_shared<Connection>(loop_, source_);
    } catch (const std::system_error&) {
        retryDelay_ = std::min(retryDelay_ * 2, longestRetryDelay);
        retryLater();
        return;
    }
    retry_.reset();
    listen();
    onChange_(Cause::Restored);
}

} // namespace hdp::hotplug
