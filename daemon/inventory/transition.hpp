// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <string>
#include <vector>

namespace hdp {

/// One chip that changed in a way that people want to know: it appeared, vanished, returned, or has
/// another health or reason.
struct Transition {
    const DeviceStatus* before = nullptr; ///< null: the chip was not known
    const DeviceStatus* after = nullptr;  ///< never null
};

/// What changed from one inventory to the next, in the order of addresses. The pointers are into
/// the two inventories.
std::vector<Transition> transitions(const Inventory& before, const Inventory& after);

/// One sentence about a transition: the chip, what it is now and why.
std::string sentenceOf(const Transition& transition);

} // namespace hdp
