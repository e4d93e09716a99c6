// SPDX-License-Identifier: Apache-2.0
#include "daemon/resource_plugin.hpp"

#include "daemon/kubelet/registration.hpp"
#include "daemon/kubelet/watched_registration.hpp"
#include "daemon/options.hpp"

#include <random>
#include <utility>

namespace hdp {

namespace {

Backoff::Random randomness() {
    return [engine = std::minstd_rand{std::random_device{}()}]() mutable {
        return std::uniform_real_distribution<>{0.0, 1.0}(engine);
    };
}

/// Two resources must not take each other's sockets for their own.
std::string socketNameFor(const std::string& resource, const Options& options) {
    const bool isShared = !options.socketName.empty() && options.resources.size() > 1;
    return isShared ? options.socketName + "_" + resource : options.socketName;
}

} // namespace

ResourcePlugin::ResourcePlugin(boost::asio::io_context& loop,
                               const Options& options,
                               const std::string& resource,
                               Handover handover,
                               OnListening onListening,
                               PluginObserver& observer)
    : resource_(resource),
      observer_(observer),
      handover_(std::move(handover)),
      onListening_(std::move(onListening)),
      streams_([this](std::uint64_t number) { onStreamOpened(number); },
               [this](std::uint64_t number) { onStreamEnded(number); },
               [this](auto sinceEvent) { observer_.onList(resource_, sinceEvent); }),
      devices_(resource, streams_),
      service_(loop,
               devices_,
               handover_,
               streams_,
               options.allocationPolicy,
               [this](const AllocationReport& report) { observer_.onAllocation(report); }),
      watcherService_(loop,
                      resource,
                      {[this] { watched_->onAsked(); },
                       [this](const std::string& error) { watched_->onDecided(error); }}),
      server_(loop,
              options.registration == RegistrationMode::Watcher
                  ? std::vector<grpc::Service*>{&service_, &watcherService_}
                  : std::vector<grpc::Service*>{&service_}) {
    makeRegistrar(loop, options, resource);
}

ResourcePlugin::~ResourcePlugin() = default;

status::ResourceFacts ResourcePlugin::facts() const {
    return {.name = resource_,
            .state = registrar_->stateName(),
            .isLive = registrar_->isLive(),
            .streams = streams_.open()};
}

void ResourcePlugin::stop(std::function<void()> onStopped) {
    registrar_->stop();
    streams_.close();
    server_.shutDown(std::move(onStopped));
}

void ResourcePlugin::onStreamOpened(std::uint64_t number) {
    registrar_->onStreamOpened(number);
    onListening_(true);
}

void ResourcePlugin::onStreamEnded(std::uint64_t number) {
    registrar_->onStreamEnded(number);
    onListening_(!streams_.isEmpty());
}

Registrar::Events ResourcePlugin::registrarEvents() const {
    return {[this](bool isAccepted) { observer_.onRegistration(resource_, isAccepted); },
            [this](std::string_view state) { observer_.onState(resource_, state); }};
}

void ResourcePlugin::makeRegistrar(boost::asio::io_context& loop,
                                   const Options& options,
                                   const std::string& resource) {
    const auto serve = [this](int descriptor) { server_.adopt(descriptor); };
    if (options.registration == RegistrationMode::Watcher) {
        auto watched = std::make_unique<WatchedRegistration>(
            loop,
            WatchedRegistration::Parameters{options.pluginsRegistry, resource, serve,
                                            socketNameFor(resource, options), registrarEvents()},
            randomness());
        watched_ = watched.get();
        registrar_ = std::move(watched);
        return;
    }
    registrar_ = std::make_unique<Registration>(
        loop,
        Registration::Parameters{options.kubeletDirectory, resource, DevicePluginService::options(),
                                 serve, [this] { return streams_.newest(); },
                                 socketNameFor(resource, options), registrarEvents()},
        randomness());
}

} // namespace hdp
