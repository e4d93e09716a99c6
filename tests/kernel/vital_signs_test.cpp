// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/eventually.hpp"
#include "tests/kernel/kernel_test.hpp"

#include <fstream>
#include <string>

namespace hdp::testing {
namespace {

/// What the daemon reads of a chip, without an event, once a second.
class VitalSignsTest : public KernelTest {
  protected:
    void startWithAChip() {
        start({"--health-interval", "1"});
        first.plug();
        ASSERT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    }

    /// A sum out of aer_dev_correctable and its kin; -1 if it is not told.
    [[nodiscard]] int counted(const std::string& kind, const std::string& sum) const {
        std::ifstream file{"/sys/bus/pci/devices/" + first.id() + "/aer_dev_" + kind};
        std::string name;
        int count = -1;
        while (file >> name >> count && name != sum) {
        }
        return name == sum ? count : -1;
    }
};

using AChipsLink = VitalSignsTest;
using APcieError = VitalSignsTest;

TEST_F(AChipsLink, WithFewerLanesThanItCouldHaveIsReportedAndTheChipStillOffered) {
    startWithAChip();

    first.setLinkWidth(1);
    EXPECT_TRUE(logTells(first, healthy, "link-degraded"));
    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
    EXPECT_EQ(node.cdiNodeOf(first.id()), "/dev/hailo0");

    first.setLinkWidth(4);
    EXPECT_TRUE(logTells(first, healthy, "none", 2));
}

TEST_F(AChipsLink, ThatIsSlowIsReportedWhileTheChipIsInUse) {
    startWithAChip();

    first.setLinkSpeed(1);
    const std::ifstream user{first.deviceNode()}; // wakes the chip
    ASSERT_TRUE(user.is_open());

    EXPECT_TRUE(logTells(first, healthy, "link-degraded"));
}

TEST_F(AChipsLink, ThatIsDownMakesItUnhealthyUntilItIsUp) {
    startWithAChip();

    first.setLinkWidth(0);
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "link-down"));

    first.setLinkWidth(4);
    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
}

TEST_F(APcieError, FromWhichTheKernelCouldNotRecoverMakesTheChipUnhealthyUntilItIsBoundAnew) {
    startWithAChip();

    first.report(Slot::Error::NonFatal);
    EXPECT_TRUE(node.kubeletSees({{first.id(), unhealthy}}));
    EXPECT_TRUE(logTells(first, unhealthy, "recovery-failed"));
    EXPECT_EQ(counted("nonfatal", "TOTAL_ERR_NONFATAL"), 1);

    first.unbind("hailo");
    first.bind("hailo");
    EXPECT_TRUE(node.kubeletSees({{first.id(), healthy}}));
}

TEST_F(APcieError, ThatTheHardwareCorrectedIsNoProblem) {
    startWithAChip();

    first.report(Slot::Error::Correctable);
    ASSERT_TRUE(eventually([this] { return counted("correctable", "TOTAL_ERR_COR") == 1; }));
    first.setLinkWidth(1); // what is noticed after it

    EXPECT_TRUE(logTells(first, healthy, "link-degraded"));
    EXPECT_EQ(node.daemon().count("HAILO_REASON=aer"), 0U);
}

} // namespace
} // namespace hdp::testing
