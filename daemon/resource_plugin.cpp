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

} // namespace

ResourcePlugin::ResourcePlugin(boost::asio::io_context& loop,
                               const Options& options,
                               const std::string& resource,
                               Handover handover,
                               PluginObserver& observer)
    : resource_(resource),
      observer_(observer),
      handover_(std::move(handover)),
      streams_([this](std::uint64_t number) { registrar_->onStreamOpened(number); },
               [this](std::uint64_t number) { registrar_->onStreamEnded(number); },
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
                                            registrarEvents()},
            randomness());
        watched_ = watched.get();
        registrar_ = std::move(watched);
        return;
    }
    registrar_ = std::make_unique<Registration>(
        loop,
        Registration::Parameters{options.kubeletDirectory, resource, DevicePluginService::options(),
                                 serve, [this] { return streams_.newest(); }, registrarEvents()},
        randomness());
}

} // namespace hdp
