// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <ostream>

namespace hdp::testing {

/// What the node status says about one resource, in devices.
struct Capacity {
    std::size_t capacity = 0;
    std::size_t allocatable = 0;

    friend bool operator==(const Capacity&, const Capacity&) = default;

    friend std::ostream& operator<<(std::ostream& out, const Capacity& value) {
        return out << "capacity " << value.capacity << ", allocatable " << value.allocatable;
    }
};

} // namespace hdp::testing
