// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/pod_holders.hpp"

#include "daemon/kubelet/kubelet_connection.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp {

namespace {

using namespace std::chrono_literals;

constexpr auto betweenQuestions = 2s;
// A kubelet that has just been answered puts the chips down before it is asked.
constexpr auto firstDelay = 50ms;

} // namespace

PodHolders::PodHolders(boost::asio::io_context& loop, Parameters parameters)
    : loop_(loop), parameters_(std::move(parameters)), timer_(loop, [this] { ask(); }) {}

void PodHolders::refresh() {
    if (isDue_ || isStopped_ || parameters_.socket.empty()) {
        return;
    }
    isDue_ = true;
    const auto since = askedAt_ ? Clock::now() - *askedAt_ : betweenQuestions;
    timer_.expireAfter(std::max<std::chrono::milliseconds>(
        firstDelay, std::chrono::ceil<std::chrono::milliseconds>(betweenQuestions - since)));
}

void PodHolders::stop() {
    isStopped_ = true;
    timer_.cancel();
    call_.reset();
}

void PodHolders::ask() {
    isDue_ = false;
    askedAt_ = Clock::now();
    const auto connection = connectToKubelet(parameters_.socket);
    if (connection.descriptor < 0) {
        return know(std::nullopt);
    }
    call_ = std::make_unique<PodResourcesCall>(
        loop_, connection.descriptor, [this](const PodResources& answer) { onAnswer(answer); });
}

void PodHolders::onAnswer(const PodResources& answer) {
    call_.reset();
    if (!answer.error.empty()) {
        return know(std::nullopt);
    }
    std::vector<Holding> ours;
    for (const auto& [device, holders] : answer.holders) {
        if (!parameters_.resources.contains(device.resource)) {
            continue;
        }
        for (const auto& holder : holders) {
            ours.push_back(
                {device.resource, device.id, holder.podNamespace, holder.pod, holder.container});
        }
    }
    know(std::move(ours));
}

void PodHolders::know(std::optional<std::vector<Holding>> holdings) {
    if (holdings != holdings_) {
        holdings_ = std::move(holdings);
        parameters_.onChange();
    }
}

} // namespace hdp
