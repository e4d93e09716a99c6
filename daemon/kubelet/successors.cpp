// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/successors.hpp"

#include "daemon/kubelet/leftover_sockets.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace hdp {

namespace fs = std::filesystem;

Successors::Successors(fs::path folder, std::string prefix)
    : folder_(std::move(folder)), prefix_(std::move(prefix)) {}

void Successors::begin() {
    before_ = socketsIn(folder_, prefix_);
    known_.clear();
}

bool Successors::hasOneEnded() {
    // One that is seen for the first time is not tried: it may not listen yet.
    for (const auto& socket : known_) {
        removeIfLeftOver(socket);
    }
    const auto present = socketsIn(folder_, prefix_);
    const bool hasEnded = std::ranges::any_of(
        known_, [&present](const auto& socket) { return !present.contains(socket); });
    known_.clear();
    std::ranges::set_difference(present, before_, std::inserter(known_, known_.end()));
    return hasEnded;
}

} // namespace hdp
