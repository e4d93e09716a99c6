// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/runtime/cdi_library.hpp"
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <cstddef>
#include <filesystem>
#include <iostream>
#include <optional>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::IsEmpty;

/// The cache of a container runtime, and a daemon that writes for it.
class CdiCacheTest : public RuntimeTest, public ::testing::WithParamInterface<CdiLibrary> {
  protected:
    CdiCacheTest() {
        first = host.plug({.address = {0, 1, 0, 0}, .index = 0});
        second = host.plug({.address = {0, 2, 0, 0}, .index = 1});
    }

    /// The daemon, then the cache, and waits until both know the chips. A cache that starts reads
    /// the folder twice at the same time, without a lock, and keeps the older reading if that ends
    /// last (configure of container-device-interface 1.1.1).
    void start() {
        ASSERT_TRUE(host.start({first, second}));
        cache.emplace("/run/cdi", GetParam());
        ASSERT_TRUE(comesToSee(3));
    }

    [[nodiscard]] bool comesToSee(std::size_t devices) {
        return eventually([this, devices] {
            const auto seen = cache->ask();
            errors.insert(seen.errors.begin(), seen.errors.end());
            return seen.devices.size() == devices;
        });
    }

    void TearDown() override {
        RuntimeTest::TearDown();
        if (HasFailure()) {
            std::cerr << "the CDI file is " << (fs::exists(host.node.cdiFile()) ? "" : "not ")
                      << "there, and the daemon said:\n"
                      << host.node.daemon().log() << "\n";
        }
    }

    MockChip first;
    MockChip second;
    std::optional<CdiCache> cache;
    decltype(CdiFolder::errors) errors; ///< all that it ever told
};

using ACdiCache = CdiCacheTest;

TEST_P(ACdiCache, NoticesEachTimeThatTheFileIsWritten) {
    start();
    for (int round = 0; round < 25; ++round) {
        host.unplug(second);
        ASSERT_TRUE(comesToSee(2)) << "removal " << round << " went unnoticed";
        second = host.plug(second);
        ASSERT_TRUE(comesToSee(3)) << "arrival " << round << " went unnoticed";
    }
    EXPECT_THAT(errors, IsEmpty());
}

TEST_P(ACdiCache, NoticesThatTheFileGoesWithTheLastChipAndComesWithTheNext) {
    start();
    host.unplug(first);
    host.unplug(second);
    ASSERT_TRUE(comesToSee(0));

    first = host.plug(first);

    EXPECT_TRUE(comesToSee(2));
    EXPECT_THAT(cache->ask().errors, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(OfTheLibrary,
                         ACdiCache,
                         ::testing::Values(CdiLibrary::Newest, CdiLibrary::Old),
                         [](const auto& library) {
                             return library.param == CdiLibrary::Newest ? "Newest" : "Old";
                         });

} // namespace
} // namespace hdp::testing
