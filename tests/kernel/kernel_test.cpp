// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/kernel_test.hpp"

#include <cstddef>
#include <cstdlib>
#include <iostream>

namespace hdp::testing {

void KernelTest::start(const std::vector<std::string>& flags) {
    const char* uevents = std::getenv("HDP_UEVENTS"); // NOLINT(concurrency-mt-unsafe)
    ASSERT_NE(uevents, nullptr);
    std::vector<std::string> all{"--uevents", uevents, "--health-interval", "0"};
    all.insert(all.end(), flags.begin(), flags.end());
    node.kubelet.start();
    node.startDaemon(all);
    node.kubelet.waitForRegistration(BareNode::resource);
}

void KernelTest::TearDown() {
    if (HasFailure()) {
        std::cerr << "until the end the daemon said:\n" << node.daemonLog() << "\n";
    }
}

bool KernelTest::logTells(const Slot& slot,
                          std::string_view health,
                          std::string_view reason,
                          int times) {
    const std::string line = "HAILO_DEVICE=" + slot.id() + "  HAILO_HEALTH=" + std::string{health} +
                             "  HAILO_REASON=" + std::string{reason};
    return node.daemon().says(line, static_cast<std::size_t>(times));
}

::testing::AssertionResult KernelTest::cdiLeadsTo(const Slot& slot) const {
    const auto made = slot.deviceNode();
    const auto named = node.cdiNodeOf(slot.id());
    if (!made.empty() && made == named) {
        return ::testing::AssertionSuccess();
    }
    return ::testing::AssertionFailure() << "the driver made \"" << made << "\" for " << slot.id()
                                         << ", and the CDI file says \"" << named << "\"";
}

std::vector<int> KernelTest::numaNodesOf(const Slot& slot) const {
    std::vector<int> nodes;
    const auto list = node.kubelet.deviceList(BareNode::resource);
    for (const auto& device : list.devices()) {
        if (device.id() != slot.id()) {
            continue;
        }
        for (const auto& numaNode : device.topology().nodes()) {
            nodes.push_back(static_cast<int>(numaNode.id()));
        }
    }
    return nodes;
}

} // namespace hdp::testing
