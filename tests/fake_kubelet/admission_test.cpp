// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/admission.hpp"
#include "tests/fake_kubelet/sample_plugin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hdp::testing {

using ::testing::ElementsAre;
using Verdict = Admission::Verdict;

class AdmissionTest : public ::testing::Test {
  protected:
    [[nodiscard]] Admission admitCount(std::size_t count, bool isRunning = false) const {
        return admit({.podUid = "p", .container = "c", .resource = "r", .count = count}, isRunning,
                     ledger_, pods_);
    }

    void hold(const std::string& pod, const std::set<std::string>& ids) {
        pods_.assign({pod, "c", "r"}, {.idsByNumaNode = {{-1, ids}}});
    }

    DeviceLedger ledger_;
    PodDevices pods_;
};

using AnAdmission = AdmissionTest;

TEST_F(AnAdmission, IsRefusedForAResourceThatNeverSentAList) {
    EXPECT_EQ(admitCount(1).error, "cannot allocate unregistered device r");
}

TEST_F(AnAdmission, IsRefusedWithoutAHealthyDevice) {
    ledger_.replace("r", deviceList({}, {"a"}));
    EXPECT_EQ(admitCount(1).error,
              "no healthy devices present; cannot allocate unhealthy devices r");
}

TEST_F(AnAdmission, IsRefusedWhenTooFewAreFree) {
    ledger_.replace("r", deviceList({"a", "b", "d"}, {"c"}));
    hold("other", {"a"});
    pods_.reserve("r", {"b"});
    EXPECT_EQ(admitCount(2).error,
              "requested number of devices unavailable for r. Requested: 2, Available: 1");
}

TEST_F(AnAdmission, OffersWhatIsHealthyAndHeldByNobody) {
    ledger_.replace("r", deviceList({"a", "b", "c", "d"}, {"e"}));
    hold("other", {"a"});
    pods_.reserve("r", {"b"});
    const auto admission = admitCount(1);
    EXPECT_EQ(admission.verdict, Verdict::NeedsMore);
    EXPECT_THAT(admission.available, ElementsAre("c", "d"));
}

TEST_F(AnAdmission, NeedsNothingForAContainerThatHasItsDevices) {
    ledger_.replace("r", deviceList({"a", "b"}));
    hold("p", {"a"});
    EXPECT_EQ(admitCount(1).verdict, Verdict::Admitted);
}

TEST_F(AnAdmission, IsRefusedWhenTheContainerAsksForAnotherCount) {
    ledger_.replace("r", deviceList({"a", "b"}));
    hold("p", {"a"});
    EXPECT_EQ(admitCount(2).error,
              "pod \"p\" container \"c\" changed request for resource \"r\" from 1 to 2");
}

TEST_F(AnAdmission, IsRefusedWhenItsOwnDeviceIsUnhealthy) {
    ledger_.replace("r", deviceList({"b"}, {"a"}));
    hold("p", {"a"});
    EXPECT_EQ(admitCount(1).error, "previously allocated devices are no longer healthy; cannot "
                                   "allocate unhealthy devices r");
}

TEST_F(AnAdmission, PassesARunningContainerBeforeThePluginIsBack) {
    hold("p", {"a"});
    EXPECT_EQ(admitCount(1, true).verdict, Verdict::Admitted);
    EXPECT_EQ(admitCount(1, false).error, "cannot allocate unregistered device r");
}

TEST_F(AnAdmission, SplitsTheCandidatesByTheWishedNumaNodes) {
    auto list = deviceList({"near", "far", "both", "none"});
    list.mutable_devices(0)->mutable_topology()->add_nodes()->set_id(0);
    list.mutable_devices(1)->mutable_topology()->add_nodes()->set_id(1);
    list.mutable_devices(2)->mutable_topology()->add_nodes()->set_id(0);
    list.mutable_devices(2)->mutable_topology()->add_nodes()->set_id(1);
    ledger_.replace("r", list);
    const auto admission =
        admit({.podUid = "p", .container = "c", .resource = "r", .numaNodes = {{0}}}, false,
              ledger_, pods_);
    EXPECT_THAT(admission.aligned, ElementsAre("both", "near"));
    EXPECT_THAT(admission.unaligned, ElementsAre("far"));
}

} // namespace hdp::testing
