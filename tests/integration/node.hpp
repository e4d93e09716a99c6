// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/bare_node.hpp"
#include "tests/support/testbed.hpp"

#include <string>
#include <utility>

namespace hdp::testing {

/// What outlives the software on a node.
struct MockHardware {
    Testbed hardware;
};

/// A whole node in small: fake hardware behind real libudev beside all that BareNode has. The
/// hardware is there from the start.
class Node : public MockHardware, public BareNode {
  public:
    explicit Node(KubeletOptions options = {}) : BareNode(std::move(options)) {}
};

} // namespace hdp::testing
