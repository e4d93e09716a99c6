// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/device_choice.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp::testing {

namespace {

using Ids = std::set<std::string>;

Ids both(const Ids& left, const Ids& right) {
    Ids result;
    std::ranges::set_intersection(left, right, std::inserter(result, result.end()));
    return result;
}

} // namespace

DeviceChoice::DeviceChoice(Admission candidates, std::size_t count, std::mt19937& random)
    : candidates_(std::move(candidates)), count_(count), random_(random) {
    if (!isWithinAligned()) {
        take(candidates_.aligned);
    }
}

std::optional<v1beta1::PreferredAllocationRequest> DeviceChoice::question() const {
    if (taken_.size() == count_) {
        return std::nullopt;
    }
    v1beta1::PreferredAllocationRequest request;
    auto& container = *request.add_container_requests();
    container.set_allocation_size(static_cast<std::int32_t>(count_));
    for (auto& id : shuffled(isWithinAligned() ? candidates_.aligned : candidates_.available)) {
        container.add_available_deviceids(std::move(id));
    }
    for (auto& id : shuffled(taken_)) {
        container.add_must_include_deviceids(std::move(id));
    }
    return request;
}

void DeviceChoice::prefer(const v1beta1::PreferredAllocationResponse& answer) {
    if (answer.container_responses().empty()) {
        return;
    }
    const auto& ids = answer.container_responses(0).deviceids();
    const Ids preferred(ids.begin(), ids.end());
    if (isWithinAligned()) {
        take(both(preferred, candidates_.aligned));
        return;
    }
    take(both(preferred, candidates_.unaligned));
    take(both(preferred, candidates_.available));
}

std::vector<std::string> DeviceChoice::finish() {
    take(candidates_.aligned);
    take(candidates_.unaligned);
    take(candidates_.available);
    return shuffled(taken_);
}

void DeviceChoice::take(const Ids& from) {
    for (const auto& id : shuffled(from)) {
        if (taken_.size() < count_) {
            taken_.insert(id);
        }
    }
}

std::vector<std::string> DeviceChoice::shuffled(const Ids& ids) const {
    std::vector<std::string> order(ids.begin(), ids.end());
    std::ranges::shuffle(order, random_);
    return order;
}

} // namespace hdp::testing
