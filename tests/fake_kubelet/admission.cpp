// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/admission.hpp"

#include <algorithm>
#include <utility>

namespace hdp::testing {

namespace {

using Ids = std::set<std::string>;

Admission refused(std::string error) {
    return {.verdict = Admission::Verdict::Refused, .error = std::move(error)};
}

std::string quoted(const std::string& text) {
    return '"' + text + '"';
}

std::string changedRequest(const ContainerRequest& request, std::size_t held) {
    return "pod " + quoted(request.podUid) + " container " + quoted(request.container) +
           " changed request for resource " + quoted(request.resource) + " from " +
           std::to_string(held) + " to " + std::to_string(request.count);
}

Ids without(Ids ids, const Ids& others) {
    std::erase_if(ids, [&others](const std::string& id) { return others.contains(id); });
    return ids;
}

void splitByNumaNode(Admission& admission,
                     const ContainerRequest& request,
                     const DeviceLedger& ledger) {
    for (const auto& id : admission.available) {
        const auto nodes = ledger.numaNodes(request.resource, id);
        const auto isWished = [&request](auto node) { return request.numaNodes->contains(node); };
        if (!nodes.empty()) {
            (std::ranges::any_of(nodes, isWished) ? admission.aligned : admission.unaligned)
                .insert(id);
        }
    }
}

Admission
candidates(const ContainerRequest& request, const DeviceLedger& ledger, const PodDevices& pods) {
    const auto& resource = request.resource;
    Admission admission{.verdict = Admission::Verdict::NeedsMore};
    admission.available = without(without(ledger.healthy(resource), pods.assigned(resource)),
                                  pods.reserved(resource));
    if (admission.available.size() < request.count) {
        return refused("requested number of devices unavailable for " + resource +
                       ". Requested: " + std::to_string(request.count) +
                       ", Available: " + std::to_string(admission.available.size()));
    }
    if (request.numaNodes) {
        splitByNumaNode(admission, request, ledger);
    }
    return admission;
}

} // namespace

Admission admit(const ContainerRequest& request,
                bool isRunning,
                const DeviceLedger& ledger,
                const PodDevices& pods) {
    const auto* const assignment = pods.find(request.key());
    const Ids held = assignment == nullptr ? Ids{} : assignment->ids();
    if (assignment != nullptr && held.size() != request.count) {
        return refused(changedRequest(request, held.size()));
    }
    if (isRunning) {
        return {.verdict = Admission::Verdict::Admitted};
    }
    if (!ledger.isRegistered(request.resource)) {
        return refused("cannot allocate unregistered device " + request.resource);
    }
    const Ids healthy = ledger.healthy(request.resource);
    if (healthy.empty()) {
        return refused("no healthy devices present; cannot allocate unhealthy devices " +
                       request.resource);
    }
    if (!std::ranges::includes(healthy, held)) {
        return refused("previously allocated devices are no longer healthy; cannot allocate "
                       "unhealthy devices " +
                       request.resource);
    }
    if (held.size() == request.count) {
        return {.verdict = Admission::Verdict::Admitted};
    }
    return candidates(request, ledger, pods);
}

} // namespace hdp::testing
