// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/cdi_library.hpp"
#include "tests/runtime/runtime_test.hpp"

#include <gmock/gmock.h>

#include <set>
#include <stop_token>
#include <string>
#include <thread>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;

constexpr int rewrites = 1000;

/// A chip that stays and one that comes and goes, so that the CDI file is written each time.
class ACdiFileTest : public RuntimeTest {
  protected:
    ACdiFileTest() {
        staying = host.plug({.address = {0, 1, 0, 0}, .index = 0});
        restless = host.plug({.address = {0, 2, 0, 0}, .index = 1});
    }

    /// Has the file written so often, each time with another content than before.
    void rewrite(int times) {
        for (int count = 0; count < times; count += 2) {
            host.unplug(restless);
            ASSERT_TRUE(comesToName({idOf(staying), "all"})) << "after " << count;
            restless = host.plug(restless);
            ASSERT_TRUE(comesToDescribe(restless)) << "after " << count;
        }
    }

    MockChip staying;
    MockChip restless;
};

using ACdiFile = ACdiFileTest;

TEST_F(ACdiFile, IsNeverReadHalfWhileItIsWrittenAThousandTimes) {
    ASSERT_TRUE(host.start({staying, restless}));
    const auto name = "hailo.ai/device=" + idOf(staying);
    std::multiset<std::string> scans;
    Command library{cdiLibrary({"reread", "/run/cdi", name})};
    {
        const std::jthread containers{[this, &scans](const std::stop_token& stop) {
            while (!stop.stop_requested()) {
                scans.insert(found(host.podman.scan(cdiDevices({idOf(staying)}))));
            }
        }};
        rewrite(rewrites);
    }
    const auto reader = nlohmann::json::parse(library.finish().output);

    EXPECT_EQ(reader.at("wrong"), "");
    EXPECT_GT(reader.at("reads"), rewrites);
    EXPECT_GT(scans.size(), 10U);
    EXPECT_THAT(std::set<std::string>(scans.begin(), scans.end()), ElementsAre(reached({staying})));
    RecordProperty("reads", reader.at("reads").get<int>());
    RecordProperty("containers", static_cast<int>(scans.size()));
}

} // namespace
} // namespace hdp::testing
