// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/preferred_allocation.hpp"

#include "daemon/handover/allocation_error.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace hdp {

namespace {

/// Where a chip sits: NUMA node, then PCIe switch.
constexpr std::size_t levels = 2;

struct Candidate {
    std::string id;
    bool isUsable = false; ///< whether the inventory has it and it is Healthy
    hotplug::PciAddress address;
    std::array<std::string, levels> places;
};

using Candidates = std::vector<const Candidate*>;

/// The candidates in one place that are still free, and how many of that place are chosen already.
struct Group {
    Candidates free;
    std::size_t chosen = 0;
};

using Groups = std::map<std::string, Group>;

/// The upstream port of the switch that the chip's own port belongs to, or its root port.
std::string switchOf(const hotplug::Device& device) {
    const auto& bridges = device.upstream;
    if (bridges.empty()) {
        return {};
    }
    return toString(bridges.size() > 1 ? bridges[bridges.size() - 2] : bridges.front());
}

Candidate candidateFor(const Inventory& inventory, const std::string& id) {
    const auto* status = inventory.find(id);
    if (status == nullptr) {
        return {id, false, {}, {}};
    }
    const auto& device = status->device;
    const auto node = device.numaNode ? std::to_string(*device.numaNode) : std::string{};
    return {id, status->health == Health::Healthy, device.address, {node, switchOf(device)}};
}

Groups groupsAt(std::size_t level, const Candidates& free, const Candidates& chosen) {
    Groups groups;
    for (const auto* candidate : free) {
        groups[candidate->places[level]].free.push_back(candidate);
    }
    for (const auto* candidate : chosen) {
        if (const auto group = groups.find(candidate->places[level]); group != groups.end()) {
            ++group->second.chosen;
        }
    }
    return groups;
}

/// The higher the better. Packed: the group with most chosen already, then the smallest that is
/// enough, then the largest. Spread: the group with fewest chosen already, then the one with most
/// left.
auto rank(AllocationPolicy policy, const Group& group, std::size_t wanted) {
    const auto chosen = static_cast<std::ptrdiff_t>(group.chosen);
    const auto size = std::ssize(group.free);
    if (policy == AllocationPolicy::Spread) {
        return std::tuple{-chosen, false, size};
    }
    const bool isEnough = group.free.size() >= wanted;
    return std::tuple{chosen, isEnough, isEnough ? -size : size};
}

Groups::iterator bestOf(Groups& groups, AllocationPolicy policy, std::size_t wanted) {
    return std::ranges::max_element(groups, {}, [policy, wanted](const Groups::value_type& group) {
        return rank(policy, group.second, wanted);
    });
}

/// Chooses `wanted` of the free ones, which are in the order of addresses; fewer when there are no
/// more.
Candidates pick(AllocationPolicy policy,
                Candidates free,
                Candidates chosen,
                std::size_t wanted,
                std::size_t level = 0) {
    if (level == levels) {
        free.resize(std::min(wanted, free.size()));
        return free;
    }
    auto groups = groupsAt(level, free, chosen);
    Candidates picked;
    while (picked.size() < wanted && !groups.empty()) {
        const auto best = bestOf(groups, policy, wanted - picked.size());
        auto& group = best->second;
        const auto share = policy == AllocationPolicy::Spread ? 1 : wanted - picked.size();
        for (const auto* candidate : pick(policy, group.free, chosen, share, level + 1)) {
            picked.push_back(candidate);
            chosen.push_back(candidate);
            std::erase(group.free, candidate);
            ++group.chosen;
        }
        if (group.free.empty()) {
            groups.erase(best);
        }
    }
    return picked;
}

using Request = v1beta1::ContainerPreferredAllocationRequest;

std::size_t sizeOf(const Request& request) {
    if (request.allocation_size() < 0 ||
        request.must_include_deviceids_size() > request.allocation_size()) {
        throw AllocationError(AllocationError::Kind::InvalidRequest,
                              "the request wants " + std::to_string(request.allocation_size()) +
                                  " devices and insists on " +
                                  std::to_string(request.must_include_deviceids_size()));
    }
    return static_cast<std::size_t>(request.allocation_size());
}

/// The available ones that need not be included, each once, in the order of addresses.
std::vector<Candidate> candidatesOf(const Inventory& inventory, const Request& request) {
    const std::set<std::string_view> must{request.must_include_deviceids().begin(),
                                          request.must_include_deviceids().end()};
    std::set<std::string_view> seen{must};
    std::vector<Candidate> candidates;
    for (const auto& id : request.available_deviceids()) {
        if (seen.insert(id).second) {
            candidates.push_back(candidateFor(inventory, id));
        }
    }
    std::ranges::sort(candidates, {},
                      [](const Candidate& each) { return std::tie(each.address, each.id); });
    return candidates;
}

Candidates pointersTo(const std::vector<Candidate>& candidates, bool usable) {
    Candidates pointers;
    for (const auto& candidate : candidates) {
        if (candidate.isUsable == usable) {
            pointers.push_back(&candidate);
        }
    }
    return pointers;
}

v1beta1::ContainerPreferredAllocationResponse
answer(const Inventory& inventory, AllocationPolicy policy, const Request& request) {
    const auto size = sizeOf(request);
    std::vector<Candidate> included;
    v1beta1::ContainerPreferredAllocationResponse response;
    std::set<std::string_view> seen;
    for (const auto& id : request.must_include_deviceids()) {
        if (seen.insert(id).second) {
            included.push_back(candidateFor(inventory, id));
            response.add_deviceids(id);
        }
    }
    const auto candidates = candidatesOf(inventory, request);
    auto chosen = pick(policy, pointersTo(candidates, true), pointersTo(included, true),
                       size - included.size());
    const auto others = pointersTo(candidates, false);
    const auto missing = std::min(size - included.size() - chosen.size(), others.size());
    chosen.insert(chosen.end(), others.begin(),
                  others.begin() + static_cast<std::ptrdiff_t>(missing));
    for (const auto* candidate : chosen) {
        response.add_deviceids(candidate->id);
    }
    return response;
}

constexpr std::array<std::pair<AllocationPolicy, std::string_view>, 2> names{{
    {AllocationPolicy::Packed, "packed"},
    {AllocationPolicy::Spread, "spread"},
}};

} // namespace

std::string_view nameOf(AllocationPolicy policy) {
    return std::ranges::find(names, policy, &decltype(names)::value_type::first)->second;
}

std::optional<AllocationPolicy> parseAllocationPolicy(std::string_view name) {
    const auto* found = std::ranges::find(names, name, &decltype(names)::value_type::second);
    return found == names.end() ? std::nullopt : std::optional{found->first};
}

v1beta1::PreferredAllocationResponse
preferredAllocation(const Inventory& inventory,
                    AllocationPolicy policy,
                    const v1beta1::PreferredAllocationRequest& request) {
    v1beta1::PreferredAllocationResponse response;
    for (const auto& container : request.container_requests()) {
        *response.add_container_responses() = answer(inventory, policy, container);
    }
    return response;
}

} // namespace hdp
