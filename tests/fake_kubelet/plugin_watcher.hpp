// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/cancellable_calls.hpp"
#include "tests/fake_kubelet/kubelet_options.hpp"
#include "tests/fake_kubelet/plugin_connections.hpp"

#include "pluginregistration_v1.grpc.pb.h"

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace hdp::testing {

/// The kubelet's plugin watcher: looks into the registry folder once per period and registers
/// every socket it finds there, also below it, except names with a leading dot. A socket that was
/// replaced is registered anew, and one that is gone is deregistered. What fails before the plugin
/// is known is tried again, ever more seldom; what fails later is not. Unlike the real one it
/// goes from socket to socket and not to all at once.
class PluginWatcher {
  public:
    /// Watches until destruction. Abort the connections before that.
    PluginWatcher(const KubeletOptions& options, PluginConnections& plugins);
    ~PluginWatcher();
    PluginWatcher(const PluginWatcher&) = delete;
    PluginWatcher& operator=(const PluginWatcher&) = delete;
    PluginWatcher(PluginWatcher&&) = delete;
    PluginWatcher& operator=(PluginWatcher&&) = delete;

  private:
    using Clock = std::chrono::steady_clock;

    /// Tells a socket from its successor on the same path.
    struct Identity {
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
        std::int64_t changedSeconds = 0;
        std::int64_t changedNanoseconds = 0;

        friend bool operator==(const Identity&, const Identity&) = default;
    };

    using Sockets = std::map<std::filesystem::path, Identity>;

    struct Known {
        Identity identity{};
        std::string resource{};
        std::filesystem::path endpoint{};
    };

    struct Failure {
        Clock::duration pause{};
        Clock::time_point retry{};
    };

    static std::optional<Identity> identify(const std::filesystem::path& path);
    [[nodiscard]] Sockets scan() const;
    void run();
    void reconcile();
    void dropVanished(const Sockets& sockets);
    void tryRegistering(const std::filesystem::path& path, const Identity& identity);
    /// The error that makes the kubelet try again; nothing when it will not.
    std::optional<std::string> registerSocket(const std::filesystem::path& path,
                                              const Identity& identity);
    bool notify(pluginregistration::Registration::Stub& stub, const std::string& error);

    const KubeletOptions& options_;
    PluginConnections& plugins_;
    std::map<std::filesystem::path, Known> known_;
    std::map<std::filesystem::path, Failure> failures_;
    CancellableCalls calls_;
    std::mutex mutex_;
    std::condition_variable stopped_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace hdp::testing
