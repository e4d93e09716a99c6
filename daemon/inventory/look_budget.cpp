// SPDX-License-Identifier: Apache-2.0
#include "daemon/inventory/look_budget.hpp"

#include <algorithm>

namespace hdp {

LookBudget::LookBudget(int free, Clock::duration interval)
    : interval_(interval), depth_(interval * free) {}

LookBudget::Clock::time_point LookBudget::spend(Clock::time_point now) {
    // The bucket is full again at fullAt_; each look pushes that moment one interval away.
    fullAt_ = std::max(fullAt_, now) + interval_;
    return std::max(now, fullAt_ - depth_);
}

} // namespace hdp
