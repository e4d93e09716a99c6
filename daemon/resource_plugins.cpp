// SPDX-License-Identifier: Apache-2.0
#include "daemon/resource_plugins.hpp"

#include "daemon/log.hpp"

#include <utility>

namespace hdp {

ResourcePlugins::ResourcePlugins(boost::asio::io_context& loop,
                                 Inotify& inotify,
                                 const Options& options,
                                 const Shared& shared,
                                 const OnListening& onListening)
    : inotify_(inotify),
      path_(options.registration == RegistrationMode::Watcher ? options.pluginsRegistry
                                                              : options.kubeletDirectory) {
    const bool hasSiblings = options.resources.size() > 1;
    for (const auto& rule : options.resources) {
        plugins_.emplace_back(
            loop, options, rule.resource,
            Handover{{options.handover, rule.resource, hasSiblings, options.container,
                      options.simulation},
                     shared.cdi,
                     shared.nodeLinks,
                     shared.classViews},
            [onListening, name = rule.resource](bool listens) { onListening(name, listens); },
            shared.observer);
        onListening(rule.resource, false);
    }
}

void ResourcePlugins::subscribeTo(DeviceRegistry& registry) {
    for (auto& plugin : plugins_) {
        registry.subscribe(plugin.devices());
    }
}

void ResourcePlugins::watch(std::function<void()> onSocket) {
    onSocket_ = std::move(onSocket);
    folder_.emplace(inotify_, path_, [this](DirectoryWatch::Change change, std::string_view name) {
        onFolder(change, name);
    });
    if (!folder_->problem().empty()) {
        log::error("kubelet restarts are noticed late, at the next health check: " +
                       folder_->problem(),
                   {{"HAILO_EVENT", "watch-failure"}});
    }
}

void ResourcePlugins::start() {
    for (auto& plugin : plugins_) {
        plugin.start();
    }
}

void ResourcePlugins::lookAgain() {
    for (auto& plugin : plugins_) {
        plugin.lookAgain();
    }
}

void ResourcePlugins::follow(AllocationPolicy policy) {
    for (auto& plugin : plugins_) {
        plugin.follow(policy);
    }
}

std::vector<status::ResourceFacts> ResourcePlugins::facts() const {
    std::vector<status::ResourceFacts> all;
    for (const auto& plugin : plugins_) {
        all.push_back(plugin.facts());
    }
    return all;
}

void ResourcePlugins::stop(std::function<void()> onStopped) {
    folder_.reset();
    onAllStopped_ = std::move(onStopped);
    running_ = plugins_.size();
    for (auto& plugin : plugins_) {
        plugin.stop([this] { this->onStopped(); });
    }
}

void ResourcePlugins::onFolder(DirectoryWatch::Change change, std::string_view name) {
    // The kubelet's, ours, or that of a daemon that runs beside us for a while.
    const bool isSocket = change != DirectoryWatch::Change::Written && name.ends_with(".sock");
    if (change == DirectoryWatch::Change::Reset || isSocket) {
        onSocket_();
    }
}

void ResourcePlugins::onStopped() {
    if (--running_ == 0) {
        onAllStopped_();
    }
}

} // namespace hdp
