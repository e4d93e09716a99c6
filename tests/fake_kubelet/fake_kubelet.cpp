// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/fake_kubelet.hpp"

#include "tests/fake_kubelet/kubelet_process.hpp"
#include "tests/fake_kubelet/kubelet_state.hpp"
#include "tests/fake_kubelet/plugin_client.hpp"
#include "tests/fake_kubelet/plugin_connections.hpp"
#include "tests/fake_kubelet/pod_admitter.hpp"
#include "tests/support/patience.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include <grpc/grpc.h>

namespace hdp::testing {

namespace {

/// When its last object goes, gRPC shuts down and then waits for its own poller, which after long
/// messages takes ten seconds. So it stays up for the rest of the process.
void keepGrpc() {
    [[maybe_unused]] static const bool kept = (grpc_init(), true);
}

} // namespace

FakeKubelet::FakeKubelet(KubeletOptions options)
    : state_(std::make_unique<KubeletState>(std::move(options))),
      plugins_(std::make_unique<PluginConnections>(*state_)),
      admitter_(std::make_unique<PodAdmitter>(*state_)) {
    keepGrpc();
}

FakeKubelet::~FakeKubelet() {
    kill();
}

void FakeKubelet::start() {
    if (!process_) {
        process_ = std::make_unique<KubeletProcess>(*state_, *plugins_);
    }
}

void FakeKubelet::kill() {
    process_.reset();
}

void FakeKubelet::restart() {
    kill();
    start();
}

bool FakeKubelet::isRunning() const {
    const auto lock = state_->lock();
    return state_->running;
}

std::vector<Registration> FakeKubelet::registrations() const {
    const auto lock = state_->lock();
    return state_->registrations;
}

Registration FakeKubelet::waitForRegistration(const std::string& resource,
                                              std::size_t number,
                                              Duration timeout) {
    std::vector<Registration> accepted;
    const auto isThere = [&] {
        accepted = registrations();
        std::erase_if(accepted, [&](const Registration& registration) {
            return registration.resource != resource || !registration.accepted();
        });
        return accepted.size() >= number;
    };
    require(isThere, timeout, "registration " + std::to_string(number) + " of " + resource);
    return accepted.at(number - 1);
}

std::size_t FakeKubelet::dialling() const {
    const auto lock = state_->lock();
    return state_->dials;
}

std::optional<Message> FakeKubelet::lastMessage(const std::string& resource) const {
    const auto lock = state_->lock();
    const auto found = state_->lastMessages.find(resource);
    return found == state_->lastMessages.end() ? std::nullopt : std::optional(found->second);
}

FakeKubelet::Devices FakeKubelet::deviceList(const std::string& resource) const {
    return lastMessage(resource).value_or(Message{}).list;
}

std::size_t FakeKubelet::messageCount(const std::string& resource) const {
    return arrivals(resource).size();
}

std::vector<FakeKubelet::Clock::time_point>
FakeKubelet::arrivals(const std::string& resource) const {
    const auto lock = state_->lock();
    const auto found = state_->arrivals.find(resource);
    return found == state_->arrivals.end() ? std::vector<Clock::time_point>{} : found->second;
}

Message FakeKubelet::waitForDevices(const std::string& resource,
                                    const std::function<bool(const Devices&)>& predicate,
                                    Duration timeout) {
    std::optional<Message> message;
    const auto isThere = [&] {
        message = lastMessage(resource);
        return message && predicate(message->list);
    };
    require(isThere, timeout, "the expected list of " + resource);
    return *message;
}

Message
FakeKubelet::waitForMessage(const std::string& resource, std::size_t number, Duration timeout) {
    std::optional<Message> message;
    const auto isThere = [&] {
        message = lastMessage(resource);
        return message && message->number >= number;
    };
    require(isThere, timeout, "message " + std::to_string(number) + " of " + resource);
    return *message;
}

std::size_t FakeKubelet::openStreams(const std::string& resource) const {
    const auto lock = state_->lock();
    const auto found = state_->openStreams.find(resource);
    return found == state_->openStreams.end() ? 0 : found->second;
}

std::optional<Capacity> FakeKubelet::capacity(const std::string& resource) const {
    const auto lock = state_->lock();
    state_->expire(lock);
    return state_->ledger.capacity(resource);
}

std::map<std::string, Capacity> FakeKubelet::capacities() const {
    const auto lock = state_->lock();
    state_->expire(lock);
    return state_->ledger.capacities();
}

void FakeKubelet::waitForCapacity(const std::string& resource,
                                  std::optional<Capacity> expected,
                                  Duration timeout) {
    require([&] { return capacity(resource) == expected; }, timeout,
            "the expected capacity of " + resource);
}

Allocation FakeKubelet::allocate(const ContainerRequest& request) {
    return admitter_->allocate(request);
}

Allocation FakeKubelet::startContainer(const ContainerResource& key) {
    return admitter_->startContainer(key);
}

void FakeKubelet::forgetPod(const std::string& podUid) {
    admitter_->forgetPod(podUid);
}

void FakeKubelet::setSourcesReady(bool ready) {
    const auto lock = state_->lock();
    state_->sourcesReady = ready;
}

void FakeKubelet::misbehave(Misbehaviour misbehaviour) {
    const auto lock = state_->lock();
    state_->misbehaviour = std::move(misbehaviour);
}

void FakeKubelet::hangUpOn(const std::string& resource) {
    endpoint(resource)->abort();
}

std::optional<std::string> FakeKubelet::panicked() const {
    const auto lock = state_->lock();
    return state_->panic;
}

grpc::Status FakeKubelet::rawAllocate(const std::string& resource,
                                      const v1beta1::AllocateRequest& request,
                                      v1beta1::AllocateResponse& response) {
    return endpoint(resource)->allocate(request, response);
}

grpc::Status FakeKubelet::rawPreferred(const std::string& resource,
                                       const v1beta1::PreferredAllocationRequest& request,
                                       v1beta1::PreferredAllocationResponse& response) {
    return endpoint(resource)->preferredAllocation(request, response);
}

std::unique_ptr<StreamProbe> FakeKubelet::openSecondStream(const std::string& resource) {
    return std::make_unique<StreamProbe>(endpoint(resource)->socket());
}

bool FakeKubelet::waitUntil(const std::function<bool()>& predicate, Duration timeout) const {
    const auto factor = timeout == patience ? patienceFactor() : 1;
    return state_->waitUntil(predicate, Clock::now() + factor * timeout);
}

std::shared_ptr<PluginClient> FakeKubelet::endpoint(const std::string& resource) const {
    const auto lock = state_->lock();
    const auto found = state_->endpoints.find(resource);
    if (found == state_->endpoints.end()) {
        throw std::runtime_error("no plugin has registered " + resource);
    }
    return found->second;
}

void FakeKubelet::require(const std::function<bool()>& predicate,
                          Duration timeout,
                          const std::string& what) const {
    if (!waitUntil(predicate, timeout)) {
        throw std::runtime_error(what + " did not come within " + std::to_string(timeout.count()) +
                                 " ms");
    }
}

} // namespace hdp::testing
