// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/pod_admitter.hpp"

#include "tests/fake_kubelet/go_error.hpp"
#include "tests/fake_kubelet/plugin_client.hpp"

#include <algorithm>
#include <utility>

namespace hdp::testing {

namespace {

constexpr std::int64_t withoutTopology = -1;
constexpr auto killedError = "the kubelet was killed";

Allocation refused(std::string error) {
    return {.error = std::move(error)};
}

Allocation cachedAllocation(const Assignment* assignment) {
    if (assignment == nullptr) {
        return {};
    }
    const auto ids = assignment->ids();
    return {
        .deviceIds = {ids.begin(), ids.end()}, .response = assignment->response, .replayed = true};
}

std::string stoppedError(const PluginClient& client) {
    return "endpoint " + client.socket().string() + " has been stopped";
}

v1beta1::AllocateRequest allocateRequest(const std::vector<std::string>& ids) {
    v1beta1::AllocateRequest request;
    auto& container = *request.add_container_requests();
    for (const auto& id : ids) {
        container.add_devices_ids(id);
    }
    return request;
}

} // namespace

PodAdmitter::PodAdmitter(KubeletState& state) : state_(state) {}

Allocation PodAdmitter::allocate(const ContainerRequest& request) {
    const std::lock_guard serial(admissions_);
    const auto asked = question(request);
    if (asked.admission.verdict == Admission::Verdict::Refused) {
        return refused(asked.admission.error);
    }
    if (asked.admission.verdict == Admission::Verdict::Admitted) {
        return asked.cached;
    }
    if (asked.stopped) {
        return refused(stoppedError(*asked.client));
    }
    std::mt19937 random(asked.seed);
    DeviceChoice choice(asked.admission, request.count, random);
    if (auto error = prefer(asked, choice); !error.empty()) {
        return refused(std::move(error));
    }
    return callAllocate(request, asked, choice.finish());
}

PodAdmitter::Question PodAdmitter::question(const ContainerRequest& request) {
    const auto lock = state_.lock();
    if (!state_.running) {
        return {.admission = {.error = "the kubelet is not running"}};
    }
    state_.expire(lock);
    const auto key = request.key();
    const bool isRunning = !state_.sourcesReady && state_.runningAtStart.contains(key);
    Question question{.admission = admit(request, isRunning, state_.ledger, state_.pods),
                      .cached = cachedAllocation(state_.pods.find(key)),
                      .stopped = state_.ledger.isStopped(request.resource),
                      .life = state_.life,
                      .seed = static_cast<std::uint32_t>(state_.random())};
    if (const auto endpoint = state_.endpoints.find(request.resource);
        endpoint != state_.endpoints.end()) {
        question.client = endpoint->second;
    }
    return question;
}

std::string PodAdmitter::prefer(const Question& question, DeviceChoice& choice) {
    const auto request = choice.question();
    if (!request || !question.client->options().get_preferred_allocation_available()) {
        return {};
    }
    v1beta1::PreferredAllocationResponse response;
    const auto status = question.client->preferredAllocation(*request, response);
    if (!status.ok()) {
        return "device plugin GetPreferredAllocation rpc failed with err: " + goError(status);
    }
    choice.prefer(response);
    return {};
}

Allocation PodAdmitter::callAllocate(const ContainerRequest& request,
                                     const Question& question,
                                     const std::vector<std::string>& ids) {
    const std::set<std::string> held(ids.begin(), ids.end());
    {
        const auto lock = state_.lock();
        if (question.life != state_.life) {
            return refused(killedError);
        }
        state_.pods.reserve(request.resource, held);
    }
    v1beta1::AllocateResponse response;
    const auto status = question.client->allocate(allocateRequest(ids), response);
    Allocation allocation{.deviceIds = ids};
    if (!status.ok()) {
        allocation.error = goError(status);
    } else if (response.container_responses().empty()) {
        allocation.error =
            "no containers return in allocation response " + response.ShortDebugString();
    } else {
        allocation.response = response.container_responses(0);
    }
    return finish(request, question.life, std::move(allocation));
}

Allocation
PodAdmitter::finish(const ContainerRequest& request, std::uint64_t life, Allocation allocation) {
    const auto lock = state_.lock();
    if (life != state_.life || !state_.running) {
        return refused(killedError);
    }
    state_.pods.release(request.resource,
                        {allocation.deviceIds.begin(), allocation.deviceIds.end()});
    if (!allocation.admitted()) {
        return allocation;
    }
    Assignment assignment{.response = allocation.response};
    for (const auto& id : allocation.deviceIds) {
        auto nodes = state_.ledger.numaNodes(request.resource, id);
        if (nodes.empty()) {
            nodes.insert(withoutTopology);
        }
        for (const auto node : nodes) {
            assignment.idsByNumaNode[node].insert(id);
        }
    }
    state_.pods.assign(request.key(), std::move(assignment));
    state_.saveCheckpoint(lock);
    return allocation;
}

Allocation PodAdmitter::startContainer(const ContainerResource& key) {
    Allocation start;
    ClientPtr client;
    {
        const auto lock = state_.lock();
        const auto* assignment = state_.pods.find(key);
        if (assignment == nullptr) {
            return refused("no devices found allocated in local cache for pod \"" + key.podUid +
                           "\", container \"" + key.container + "\", resource \"" + key.resource +
                           "\"");
        }
        start = cachedAllocation(assignment);
        std::ranges::shuffle(start.deviceIds, state_.random);
        if (const auto endpoint = state_.endpoints.find(key.resource);
            endpoint != state_.endpoints.end()) {
            client = endpoint->second;
        }
    }
    // After a restart of the kubelet there is nobody to ask until the plugin registers again.
    if (!client || !client->options().pre_start_required()) {
        return start;
    }
    v1beta1::PreStartContainerRequest request;
    for (const auto& id : start.deviceIds) {
        request.add_devices_ids(id);
    }
    const auto status = client->preStartContainer(request, state_.options.preStartTimeout);
    if (!status.ok()) {
        start.error = "device plugin PreStartContainer rpc failed with err: " + goError(status);
    }
    return start;
}

void PodAdmitter::forgetPod(const std::string& podUid) {
    const auto lock = state_.lock();
    state_.pods.forget(podUid);
    state_.saveCheckpoint(lock);
}

} // namespace hdp::testing
