// SPDX-License-Identifier: Apache-2.0
#include "daemon/resource_plugin.hpp"

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
                               const DeviceRegistry& registry,
                               const Handover& handover)
    : streams_([this](std::uint64_t number) { registration_.onStreamOpened(number); },
               [this](std::uint64_t number) { registration_.onStreamEnded(number); }),
      service_(loop, registry, handover, streams_, options.allocationPolicy),
      server_(loop, service_),
      registration_(loop,
                    {options.kubeletDirectory, options.resource, DevicePluginService::options(),
                     [this](int descriptor) { server_.adopt(descriptor); },
                     [this] { return streams_.newest(); }},
                    randomness()) {}

void ResourcePlugin::stop(std::function<void()> onStopped) {
    registration_.stop();
    streams_.close();
    server_.shutDown(std::move(onStopped));
}

} // namespace hdp
