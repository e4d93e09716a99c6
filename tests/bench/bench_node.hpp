// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/chips.hpp"
#include "tests/bench/plain_hardware.hpp"
#include "tests/integration/bare_node.hpp"

#include <string>
#include <vector>

namespace hdp::testing {

/// A node of many chips.
class BenchNode : public BareNode {
  public:
    BenchNode() {
        for (unsigned index = 0; index < manyChips; ++index) {
            hardware.add(chipAt(index));
        }
    }

    DaemonProcess& start(const std::vector<std::string>& arguments = {}) {
        auto all = hardware.flags();
        all.insert(all.end(), arguments.begin(), arguments.end());
        return startDaemon(all);
    }

    PlainHardware hardware;
};

} // namespace hdp::testing
