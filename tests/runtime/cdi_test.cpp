// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/host.hpp"

#include <gtest/gtest.h>

namespace hdp::testing {
namespace {

const MockChip atOne{.address = {0, 1, 0, 0}, .index = 0};

TEST(AContainer, ReachesTheOnlyChipOfItsHost) {
    Host host;
    const auto chip = host.plug(atOne);
    ASSERT_TRUE(host.start({chip}));

    const auto scan = host.podman.scan(cdiDevices({idOf(chip)}));

    EXPECT_EQ(found(scan), reached({chip}));
}

} // namespace
} // namespace hdp::testing
