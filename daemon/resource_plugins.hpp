// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/files/directory_watch.hpp"
#include "daemon/files/inotify.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/options.hpp"
#include "daemon/resource_plugin.hpp"
#include "daemon/status/facts.hpp"

#include <boost/asio/io_context.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// The plugins of all resources, and the folder in which their kubelet comes and goes. Loop thread
/// only. Everything passed by reference must outlive it.
class ResourcePlugins {
  public:
    /// What plugins use together.
    struct Shared {
        CdiPublisher& cdi;
        NodeLinks& nodeLinks;
        ClassViews& classViews;
        PluginObserver& observer;
    };

    /// Called when the kubelet begins or ceases to listen to a resource, and at once with false for
    /// each.
    using OnListening = std::function<void(const std::string& resource, bool listens)>;

    ResourcePlugins(boost::asio::io_context& loop,
                    Inotify& inotify,
                    const Options& options,
                    const Shared& shared,
                    const OnListening& onListening);

    /// Everything that a container needs should be subscribed before.
    void subscribeTo(DeviceRegistry& registry);

    /// Begins to watch the folder; what it calls back should lead to lookAgain().
    void watch(std::function<void()> onSocket);

    /// Looks whether the folder is still the one that is watched.
    void verify() { folder_->verify(); }

    /// Begins to register; the inventory should be known by then.
    void start();

    /// The folder changed, or time has passed.
    void lookAgain();

    /// Chooses chips by another policy from now on.
    void follow(AllocationPolicy policy);

    [[nodiscard]] std::vector<status::ResourceFacts> facts() const;

    /// Stops all and calls back on the loop when gRPC is done with the last.
    void stop(std::function<void()> onStopped);

  private:
    void onFolder(DirectoryWatch::Change change, std::string_view name);
    void onStopped();

    Inotify& inotify_;
    std::filesystem::path path_;
    std::list<ResourcePlugin> plugins_;
    std::optional<DirectoryWatch> folder_;
    std::function<void()> onSocket_;
    std::function<void()> onAllStopped_;
    std::size_t running_ = 0; ///< plugins that have not stopped yet
};

} // namespace hdp
