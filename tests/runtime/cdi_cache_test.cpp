// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/runtime/cdi_library.hpp"
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <cstddef>

namespace hdp::testing {
namespace {

using ::testing::IsEmpty;

/// The cache of a container runtime, and a daemon that writes for it.
class CdiCacheTest : public RuntimeTest, public ::testing::WithParamInterface<CdiLibrary> {
  protected:
    CdiCacheTest() {
        first = host.plug({.address = {0, 1, 0, 0}, .index = 0});
        second = host.plug({.address = {0, 2, 0, 0}, .index = 1});
    }

    MockChip first;
    MockChip second;
};

using ACdiCache = CdiCacheTest;

TEST_P(ACdiCache, NoticesEachTimeThatTheFileIsWritten) {
    ASSERT_TRUE(host.start({first, second}));
    CdiCache cache{"/run/cdi", GetParam()};
    const auto isSeen = [&cache](std::size_t devices) {
        return eventually([&] {
            const auto seen = cache.ask();
            EXPECT_THAT(seen.errors, IsEmpty());
            return seen.devices.size() == devices;
        });
    };
    ASSERT_TRUE(isSeen(3));
    for (int round = 0; round < 25; ++round) {
        host.unplug(second);
        ASSERT_TRUE(isSeen(2)) << "removal " << round << " went unnoticed";
        second = host.plug(second);
        ASSERT_TRUE(isSeen(3)) << "arrival " << round << " went unnoticed";
    }
}

TEST_P(ACdiCache, NoticesThatTheFileGoesWithTheLastChipAndComesWithTheNext) {
    ASSERT_TRUE(host.start({first, second}));
    CdiCache cache{"/run/cdi", GetParam()};
    host.unplug(first);
    host.unplug(second);
    ASSERT_TRUE(eventually([&] { return cache.ask().devices.empty(); }));

    first = host.plug(first);

    EXPECT_TRUE(eventually([&] { return cache.ask().devices.size() == 2; }));
    EXPECT_THAT(cache.ask().errors, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(OfTheLibrary,
                         ACdiCache,
                         ::testing::Values(CdiLibrary::Newest, CdiLibrary::Old),
                         [](const auto& library) {
                             return library.param == CdiLibrary::Newest ? "Newest" : "Old";
                         });

} // namespace
} // namespace hdp::testing
