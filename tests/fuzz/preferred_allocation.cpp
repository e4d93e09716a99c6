// SPDX-License-Identifier: Apache-2.0
// The kubelet's GetPreferredAllocation.
#include "daemon/plugin/preferred_allocation.hpp"

#include "daemon/handover/allocation_error.hpp"
#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/machine.hpp"
#include "tests/fuzz/request.hpp"

#include <algorithm>
#include <set>

namespace hdp::testing {

namespace {

using Request = v1beta1::PreferredAllocationRequest;
using Response = v1beta1::PreferredAllocationResponse;
using One = v1beta1::ContainerPreferredAllocationRequest;
using Ids = std::set<std::string>;

const Inventory& inventory() {
    static const auto snapshot = machine();
    return *snapshot;
}

Ids setOf(const google::protobuf::RepeatedPtrField<std::string>& ids) {
    return {ids.begin(), ids.end()};
}

bool isUsable(const std::string& id) {
    const auto* status = inventory().find(id);
    return status != nullptr && status->health == Health::Healthy;
}

/// Available, and not in the answer whatever is preferred.
Ids choicesOf(const One& request) {
    auto choices = setOf(request.available_deviceids());
    std::erase_if(choices, [must = setOf(request.must_include_deviceids())](const auto& id) {
        return must.contains(id);
    });
    return choices;
}

bool isAnswerable(const One& request) {
    return request.allocation_size() >= request.must_include_deviceids_size();
}

void requireAnswer(const One& request, const Ids& answer) {
    const auto must = setOf(request.must_include_deviceids());
    const auto choices = choicesOf(request);
    const auto size = static_cast<std::size_t>(request.allocation_size());
    const auto wanted = std::min(size - must.size(), choices.size());
    require(std::ranges::includes(answer, must), "what must be included is");
    require(answer.size() == must.size() + wanted, "as many as are wanted and to be had");
    Ids chosen;
    std::ranges::set_difference(answer, must, std::inserter(chosen, chosen.end()));
    require(std::ranges::includes(choices, chosen), "only what is available is chosen");
    const auto usable = std::ranges::count_if(choices, isUsable);
    require(std::ranges::count_if(chosen, isUsable) ==
                std::min(static_cast<std::ptrdiff_t>(wanted), usable),
            "Healthy chips are taken first");
}

void requireAnswers(const Request& request, const Response& response) {
    require(response.container_responses_size() == request.container_requests_size(),
            "each container is answered");
    for (int index = 0; index < request.container_requests_size(); ++index) {
        const auto& ids = response.container_responses(index).deviceids();
        const auto answer = setOf(ids);
        require(std::ssize(answer) == ids.size(), "no chip is answered twice");
        requireAnswer(request.container_requests(index), answer);
    }
}

/// The same wish in another order.
Request reversed(Request request) {
    for (auto& one : *request.mutable_container_requests()) {
        std::ranges::reverse(*one.mutable_available_deviceids());
    }
    return request;
}

void tryPolicy(AllocationPolicy policy, const Request& request) {
    const bool isGood = std::ranges::all_of(request.container_requests(), isAnswerable);
    try {
        const auto response = preferredAllocation(inventory(), policy, request);
        require(isGood, "what cannot be answered is refused", request.ShortDebugString());
        requireAnswers(request, response);
        const auto other = preferredAllocation(inventory(), policy, reversed(request));
        require(response.SerializeAsString() == other.SerializeAsString(),
                "the order of what is available does not matter", request.ShortDebugString());
    } catch (const AllocationError& error) {
        requireSentence(error.what());
        require(!isGood, "only what cannot be answered is refused", error.what());
    }
}

} // namespace

void tryOut(std::string_view input) {
    if (const auto request = messageIn<Request>(input)) {
        tryPolicy(AllocationPolicy::Packed, *request);
        tryPolicy(AllocationPolicy::Spread, *request);
    }
}

} // namespace hdp::testing
