// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/plugin_connections.hpp"

#include "tests/fake_kubelet/go_error.hpp"
#include "tests/fake_kubelet/open_connections.hpp"
#include "tests/fake_kubelet/plugin_client.hpp"
#include "tests/fake_kubelet/resource_name.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace hdp::testing {

namespace {

constexpr auto notRunning = "the kubelet is not running";

std::optional<std::string> refusal(const v1beta1::RegisterRequest& request) {
    if (request.version() != "v1beta1") {
        return "requested API version \"" + request.version() +
               R"(" is not supported by kubelet. Supported version is ["v1beta1"])";
    }
    if (!isExtendedResourceName(request.resource_name())) {
        return "the ResourceName \"" + request.resource_name() + "\" is invalid";
    }
    return std::nullopt;
}

} // namespace

PluginConnections::PluginConnections(KubeletState& state)
    : state_(state), tracked_(state.options.takeover) {}

PluginConnections::~PluginConnections() {
    clear();
}

std::optional<std::string>
PluginConnections::registerPlugin(const v1beta1::RegisterRequest& request,
                                  const grpc::ServerContext& caller) {
    const auto misbehaviour = currentMisbehaviour();
    auto error = misbehaviour.refusal.empty() ? refusal(request) : misbehaviour.refusal;
    if (!error && misbehaviour.dialsBack) {
        const bool honoured = state_.options.callerContext == CallerContext::Honoured;
        error = connect(request, state_.options.directory / request.endpoint(),
                        honoured ? &caller : nullptr);
    }
    log(request, error);
    return error;
}

Misbehaviour PluginConnections::currentMisbehaviour() const {
    const auto lock = state_.lock();
    return state_.misbehaviour;
}

std::optional<std::string>
PluginConnections::registerWatched(const v1beta1::RegisterRequest& request) {
    auto error = connect(request, request.endpoint(), nullptr);
    log(request, error);
    return error;
}

void PluginConnections::deregisterWatched(const std::string& resource,
                                          const std::filesystem::path& socket) {
    const auto lock = state_.lock();
    if (const auto client = tracked_.takeEnded(resource, socket)) {
        disconnect(lock, client);
        state_.changed(lock);
    }
}

std::optional<std::string> PluginConnections::connect(const v1beta1::RegisterRequest& request,
                                                      const std::filesystem::path& socket,
                                                      const grpc::ServerContext* caller) {
    const auto client = track(request.resource_name(), socket);
    if (!client) {
        return notRunning;
    }
    auto error = connected(client, client->connect({state_.options.dialTimeout, caller}));
    if (error) {
        hangUp(socket);
    }
    return error;
}

ClientPtr PluginConnections::track(const std::string& resource,
                                   const std::filesystem::path& socket) {
    std::vector<ClientPtr> finished; // outlives the lock: destruction joins a thread
    const auto lock = state_.lock();
    if (!state_.running) {
        return nullptr;
    }
    finished = takeFinished(lock);
    auto client = std::make_shared<PluginClient>(resource, socket);
    clients_.push_back(client);
    tracked_.add(client);
    ++state_.dials;
    state_.changed(lock);
    return client;
}

std::optional<std::string> PluginConnections::connected(const ClientPtr& client,
                                                        const std::optional<std::string>& error) {
    const auto lock = state_.lock();
    --state_.dials;
    state_.changed(lock);
    if (error || !state_.running) {
        tracked_.remove(*client);
        std::erase(clients_, client);
        return error.value_or(notRunning);
    }
    state_.ledger.connect(client->resource());
    state_.endpoints[client->resource()] = client;
    if (!state_.misbehaviour.listsDevices) {
        return std::nullopt;
    }
    ++state_.openStreams[client->resource()];
    client->watch([this, &source = *client](const auto& list) { received(source, list); },
                  [this, &source = *client](const auto& status) { streamEnded(source, status); });
    return std::nullopt;
}

void PluginConnections::log(const v1beta1::RegisterRequest& request,
                            const std::optional<std::string>& error) {
    const auto lock = state_.lock();
    if (!state_.running) {
        return;
    }
    const auto& resource = request.resource_name();
    const auto endpoint = state_.endpoints.find(resource);
    const bool connected = !error && endpoint != state_.endpoints.end();
    state_.registrations.push_back({
        .resource = resource,
        .endpoint = request.endpoint(),
        .version = request.version(),
        .options = connected ? endpoint->second->options() : request.options(),
        .time = KubeletState::Clock::now(),
        .error = error.value_or(""),
    });
    state_.report(lock, {.kind = error ? Event::Kind::Refused : Event::Kind::Registered,
                         .resource = resource,
                         .text = error.value_or(request.endpoint())});
}

void PluginConnections::received(const PluginClient& client,
                                 const v1beta1::ListAndWatchResponse& list) {
    const auto arrived = KubeletState::Clock::now();
    const auto lock = state_.lock();
    if (!state_.running) {
        return;
    }
    const auto& resource = client.resource();
    auto& arrivals = state_.arrivals[resource];
    arrivals.push_back(arrived);
    state_.lastMessages[resource] = {.list = list, .number = arrivals.size(), .arrived = arrived};
    state_.ledger.replace(resource, list);
    state_.saveCheckpoint(lock);
    state_.report(lock, {.kind = Event::Kind::ListReceived, .resource = resource, .list = list});
    checkDropped(lock, resource);
}

void PluginConnections::checkDropped(const KubeletState::Lock& lock, const std::string& resource) {
    if (state_.options.droppedId == DroppedId::Survives) {
        return;
    }
    for (const auto& id : state_.pods.reserved(resource)) {
        if (!state_.ledger.isListed(resource, id)) {
            panic(lock, resource, id + " vanished while its Allocate was in flight");
        }
    }
    for (const auto& id : state_.pods.assigned(resource)) {
        if (!state_.ledger.isListed(resource, id)) {
            panic(lock, resource, id + " vanished while a container holds it");
        }
    }
}

void PluginConnections::panic(const KubeletState::Lock& lock,
                              const std::string& resource,
                              const std::string& text) {
    state_.panic =
        "panic: runtime error: invalid memory address or nil pointer dereference: " + resource +
        " " + text;
    state_.report(lock,
                  {.kind = Event::Kind::Panicked, .resource = resource, .text = *state_.panic});
}

void PluginConnections::streamEnded(const PluginClient& client, const grpc::Status& status) {
    const auto lock = state_.lock();
    --state_.openStreams[client.resource()];
    if (state_.running) {
        if (const auto ended = tracked_.takeEnded(client.resource(), client.socket())) {
            disconnect(lock, ended);
        }
    }
    state_.report(
        lock,
        {.kind = Event::Kind::StreamEnded, .resource = client.resource(), .text = goError(status)});
}

void PluginConnections::disconnect(const KubeletState::Lock& lock, const ClientPtr& client) {
    client->disconnect();
    const auto endpoint = state_.endpoints.find(client->resource());
    if (endpoint == state_.endpoints.end()) {
        return;
    }
    if (state_.options.takeover == Takeover::KeepsCurrent) {
        if (endpoint->second != client) {
            return;
        }
        if (auto next = tracked_.newest(client->resource())) {
            endpoint->second = std::move(next);
            return;
        }
    }
    state_.ledger.stop(client->resource(), KubeletState::Clock::now());
    state_.saveCheckpoint(lock);
}

void PluginConnections::abortAll() {
    const auto lock = state_.lock();
    for (const auto& client : clients_) {
        client->abort();
    }
}

void PluginConnections::clear() {
    std::vector<ClientPtr> ended;
    {
        const auto lock = state_.lock();
        ended.swap(clients_);
        tracked_ = ClientTable(state_.options.takeover);
    }
    std::set<std::filesystem::path> sockets;
    for (const auto& client : ended) {
        sockets.insert(client->socket());
    }
    ended.clear();
    std::ranges::for_each(sockets, hangUp);
}

std::vector<ClientPtr> PluginConnections::takeFinished(const KubeletState::Lock& /*lock*/) {
    const auto firstFinished = std::partition(
        clients_.begin(), clients_.end(), [](const auto& client) { return !client->isFinished(); });
    std::vector<ClientPtr> finished(firstFinished, clients_.end());
    clients_.erase(firstFinished, clients_.end());
    return finished;
}

} // namespace hdp::testing
