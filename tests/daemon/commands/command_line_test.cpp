// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/commands/command_line_test.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using TheCommandLine = CommandLineTest;

TEST_F(TheCommandLine, NeedsNoFlags) {
    const auto defaults = optionsOf({});

    EXPECT_THAT(defaults.resources, ElementsAre(ResourceRule{"hailo.ai/device", {}}));
    EXPECT_EQ(defaults.registration, RegistrationMode::Register);
    EXPECT_EQ(defaults.pluginsRegistry, "/var/lib/kubelet/plugins_registry");
    EXPECT_EQ(defaults.podResourcesSocket, "/var/lib/kubelet/pod-resources/kubelet.sock");
    EXPECT_EQ(defaults.tombstoneGrace, std::chrono::minutes{5});
    EXPECT_EQ(defaults.cdiKind, "hailo.ai/device");
    EXPECT_EQ(defaults.kubeletDirectory, "/var/lib/kubelet/device-plugins");
    EXPECT_EQ(defaults.cdiDirectory, "/var/run/cdi");
    EXPECT_EQ(defaults.stateDirectory, "/var/lib/hailo-device-plugin");
    EXPECT_EQ(defaults.sysRoot, "/sys");
    EXPECT_EQ(defaults.devRoot, "/dev");
    EXPECT_EQ(defaults.ueventSource, hotplug::UeventSource::Automatic);
    EXPECT_THAT(defaults.handover, ElementsAre(HandoverMode::CdiCri, HandoverMode::DeviceSpecs));
    EXPECT_EQ(defaults.allocationPolicy, AllocationPolicy::Packed);
    EXPECT_EQ(defaults.healthInterval, std::chrono::seconds{30});
    EXPECT_EQ(defaults.logLevel, log::Level::Info);
}

TEST_F(TheCommandLine, SetsTexts) {
    const auto set = optionsOf({"--resource", "hailo.ai/npu", "--cdi-kind=example.com/npu",
                                "--kubelet-directory", "/k", "--cdi-directory", "/c",
                                "--state-directory", "/s", "--sys-root", "/y", "--dev-root", "/d"});

    EXPECT_THAT(set.resources, ElementsAre(ResourceRule{"hailo.ai/npu", {}}));
    EXPECT_EQ(set.cdiKind, "example.com/npu");
    EXPECT_EQ(set.kubeletDirectory, "/k");
    EXPECT_EQ(set.cdiDirectory, "/c");
    EXPECT_EQ(set.stateDirectory, "/s");
    EXPECT_EQ(set.sysRoot, "/y");
    EXPECT_EQ(set.devRoot, "/d");
}

TEST_F(TheCommandLine, MayLeaveTheNodesUnseen) {
    EXPECT_THAT(optionsOf({"--dev-root="}).devRoot.native(), IsEmpty());
}

TEST_F(TheCommandLine, SetsTheWaysOfHandover) {
    EXPECT_THAT(optionsOf({"--handover", "cdi-annotations"}).handover,
                ElementsAre(HandoverMode::CdiAnnotations));
    EXPECT_THAT(optionsOf({"--handover=device-specs,cdi-cri"}).handover,
                ElementsAre(HandoverMode::DeviceSpecs, HandoverMode::CdiCri));
}

TEST_F(TheCommandLine, SetsChoices) {
    const auto set =
        optionsOf({"--allocation-policy", "spread", "--uevents", "kernel", "--log-level", "debug"});

    EXPECT_EQ(set.allocationPolicy, AllocationPolicy::Spread);
    EXPECT_EQ(set.ueventSource, hotplug::UeventSource::Kernel);
    EXPECT_EQ(set.logLevel, log::Level::Debug);
}

TEST_F(TheCommandLine, SetsTheHealthInterval) {
    EXPECT_EQ(optionsOf({"--health-interval", "5"}).healthInterval, std::chrono::seconds{5});
    EXPECT_EQ(optionsOf({"--health-interval", "0"}).healthInterval, std::chrono::seconds{0});
}

TEST_F(TheCommandLine, TakesTheLastOfAFlagThatIsGivenTwice) {
    EXPECT_EQ(optionsOf({"--cdi-kind", "a.ai/xx", "--cdi-kind", "b.ai/yy"}).cdiKind, "b.ai/yy");
}

TEST_F(TheCommandLine, TakesSeveralResourcesInTheirOrder) {
    const auto set = optionsOf({"--resource", "hailo.ai/h8:model=hailo-8", "--resource=a.ai/rest"});

    EXPECT_THAT(set.resources, ElementsAre(ResourceRule{"hailo.ai/h8", {.models = {"hailo-8"}}},
                                           ResourceRule{"a.ai/rest", {}}));
}

TEST_F(TheCommandLine, SetsTheWayOfRegistration) {
    const auto set =
        optionsOf({"--kubelet-registration", "watcher", "--plugins-registry", "/r",
                   "--pod-resources-socket", "/p/kubelet.sock", "--tombstone-grace", "7"});

    EXPECT_EQ(set.registration, RegistrationMode::Watcher);
    EXPECT_EQ(set.pluginsRegistry, "/r");
    EXPECT_EQ(set.podResourcesSocket, "/p/kubelet.sock");
    EXPECT_EQ(set.tombstoneGrace, std::chrono::seconds{7});
}

TEST_F(TheCommandLine, MayForbidToAskWhoHoldsWhat) {
    EXPECT_THAT(optionsOf({"--pod-resources-socket="}).podResourcesSocket.native(), IsEmpty());
}

TEST_F(TheCommandLine, RefusesAnUnknownFlag) {
    EXPECT_THAT(refusalOf({"--colour", "red"}), HasSubstr("--colour"));
}

TEST_F(TheCommandLine, RefusesAStrayWord) {
    EXPECT_THAT(refusalOf({"fast"}), HasSubstr("fast"));
}

TEST_F(TheCommandLine, RefusesAFlagWithoutItsValue) {
    EXPECT_THAT(refusalOf({"--resource"}), HasSubstr("--resource"));
}

TEST_F(TheCommandLine, NamesTheFlagTheValueAndWhatIsAllowed) {
    EXPECT_THAT(refusalOf({"--allocation-policy", "random"}),
                AllOf(HasSubstr("--allocation-policy"), HasSubstr("random"), HasSubstr("packed"),
                      HasSubstr("spread")));
    EXPECT_THAT(
        refusalOf({"--handover", "cdi-cri,cdi"}),
        AllOf(HasSubstr("--handover"), HasSubstr("cdi-annotations"), HasSubstr("device-specs")));
    EXPECT_THAT(
        refusalOf({"--uevents", "netlink"}),
        AllOf(HasSubstr("--uevents"), HasSubstr("auto"), HasSubstr("udev"), HasSubstr("kernel")));
    EXPECT_THAT(refusalOf({"--log-level", "loud"}),
                AllOf(HasSubstr("--log-level"), HasSubstr("warning"), HasSubstr("debug")));
}

TEST_F(TheCommandLine, RefusesTheNumberBehindAName) {
    EXPECT_THAT(refusalOf({"--allocation-policy", "1"}), HasSubstr("--allocation-policy"));
}

class ABadInterval : public CommandLineTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(ABadInterval, IsRefused) {
    EXPECT_THAT(refusalOf({"--health-interval", GetParam()}),
                AllOf(HasSubstr("--health-interval"), HasSubstr(GetParam())));
}

INSTANTIATE_TEST_SUITE_P(Of,
                         ABadInterval,
                         ::testing::Values("soon", "-1", "1.5", "30s", "99999999999999999999"));

TEST_F(TheCommandLine, RefusesABadNameWithItsFlag) {
    EXPECT_THAT(refusalOf({"--resource", "device"}),
                AllOf(HasSubstr("--resource"), HasSubstr("has no domain")));
    EXPECT_THAT(refusalOf({"--resource", "hailo.ai/h8:color=red"}),
                AllOf(HasSubstr("--resource"), HasSubstr("color=red"), HasSubstr("model")));
    EXPECT_THAT(refusalOf({"--resource", "hailo.ai/h8:driver=vfio-pci"}),
                AllOf(HasSubstr("--resource"), HasSubstr("vfio-pci"), HasSubstr("hailo1x")));
    EXPECT_THAT(refusalOf({"--cdi-kind", "hailo"}),
                AllOf(HasSubstr("--cdi-kind"), HasSubstr("vendor/class")));
}

TEST_F(TheCommandLine, NamesTheFlagOfAValueThatIsBadWithOthers) {
    const auto deep = "/" + std::string(100, 'k');
    EXPECT_THAT(refusalOf({"--kubelet-directory", deep.c_str()}),
                AllOf(HasSubstr("--kubelet-directory"), HasSubstr("the kernel allows 107")));
    EXPECT_THAT(refusalOf({"--resource", "a.ai/x", "--resource", "a.ai/x:model=hailo-8"}),
                HasSubstr("--resource: names a.ai/x twice"));
    EXPECT_THAT(refusalOf({"--handover", "cdi-cri,cdi-cri"}),
                HasSubstr("--handover: cdi-cri is in the list twice"));
    EXPECT_THAT(refusalOf({"--state-directory", "state"}),
                HasSubstr("--state-directory: \"state\" is not an absolute path"));
}

} // namespace
} // namespace hdp::testing
