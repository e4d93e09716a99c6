// SPDX-License-Identifier: Apache-2.0
#include "cdi/names.hpp"
#include "daemon/handover/allocation_error.hpp"
#include "daemon/handover/handover.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/handed_over.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <map>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

using Mode = HandoverMode;
using Response = v1beta1::ContainerAllocateResponse;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

std::vector<std::string> cdiNamesOf(const Response& response) {
    std::vector<std::string> names;
    std::ranges::transform(response.cdi_devices(), std::back_inserter(names),
                           &v1beta1::CDIDevice::name);
    return names;
}

std::map<std::string, std::string> environmentOf(const Response& response) {
    return {response.envs().begin(), response.envs().end()};
}

class HandoverTest : public HandedOver {
  protected:
    void SetUp() override { publish({chip(firstId), youngChip(secondId, 3)}); }

    [[nodiscard]] Response respond(const std::vector<Mode>& modes) const {
        DeviceSet devices;
        for (const auto& status : inventory->devices) {
            devices.push_back(&status);
        }
        return Handover{{modes, "hailo.ai/device"}, cdi, links, views}.respond(devices);
    }

    /// What the annotation of a chip of this resource is called.
    [[nodiscard]] std::string annotationKeyOf(const std::string& resource) const {
        const HandoverSettings settings{{Mode::CdiAnnotations}, resource};
        const Handover handover{settings, cdi, links, views};
        return handover.respond({&inventory->devices[0]}).annotations().begin()->first;
    }
};

using AHandover = HandoverTest;

TEST_F(AHandover, ByCdiNamesTheChipsAndNothingElse) {
    const auto response = respond({Mode::CdiCri});

    EXPECT_THAT(cdiNamesOf(response),
                ElementsAre("hailo.ai/device=0000:01:00.0", "hailo.ai/device=0000:02:00.0"));
    EXPECT_THAT(response.annotations(), IsEmpty());
    EXPECT_THAT(response.devices(), IsEmpty());
    EXPECT_THAT(response.mounts(), IsEmpty());
}

TEST_F(AHandover, ByAnnotationsNamesTheChipsInOneOfThem) {
    const auto response = respond({Mode::CdiAnnotations});

    ASSERT_EQ(response.annotations_size(), 1);
    EXPECT_THAT(*response.annotations().begin(),
                Pair("cdi.k8s.io/hailo-device-plugin_hailo.ai_device",
                     "hailo.ai/device=0000:01:00.0,hailo.ai/device=0000:02:00.0"));
    EXPECT_THAT(response.cdi_devices(), IsEmpty());
    EXPECT_THAT(response.devices(), IsEmpty());
    EXPECT_THAT(response.mounts(), IsEmpty());
}

TEST_F(AHandover, ByDeviceSpecsNamesLinksThatOutliveTheNodesNames) {
    const auto response = respond({Mode::DeviceSpecs});

    ASSERT_EQ(response.devices_size(), 2);
    EXPECT_EQ(response.devices(0).host_path(), links.pathOf(firstId));
    EXPECT_EQ(response.devices(0).container_path(), "/dev/hailo0");
    EXPECT_EQ(response.devices(0).permissions(), "rw");
    EXPECT_EQ(response.devices(1).host_path(), links.pathOf(secondId));
    EXPECT_EQ(response.devices(1).container_path(), "/dev/h1x-3");
    EXPECT_TRUE(fs::is_symlink(response.devices(0).host_path()));
    EXPECT_THAT(response.cdi_devices(), IsEmpty());
    EXPECT_THAT(response.annotations(), IsEmpty());
}

TEST_F(AHandover, ByDeviceSpecsCoversEachClassFolderWithAViewToReadOnly) {
    const auto response = respond({Mode::DeviceSpecs});

    ASSERT_EQ(response.mounts_size(), 2);
    for (const auto& mount : response.mounts()) {
        EXPECT_TRUE(mount.read_only());
        EXPECT_TRUE(fs::is_directory(mount.host_path()));
    }
    EXPECT_EQ(response.mounts(0).container_path(), "/sys/class/hailo1x");
    EXPECT_TRUE(fs::exists(fs::path{response.mounts(0).host_path()} / "h1x-3"));
    EXPECT_EQ(response.mounts(1).container_path(), "/sys/class/hailo_chardev");
    EXPECT_TRUE(fs::exists(fs::path{response.mounts(1).host_path()} / "hailo0"));
}

TEST_F(AHandover, ByDefaultNamesTheSameChipsInBothWays) {
    const auto response = respond({Mode::CdiCri, Mode::DeviceSpecs});
    std::vector<std::string> names;
    for (const auto& device : response.devices()) {
        names.push_back("hailo.ai/device=" + fs::path{device.host_path()}.filename().string());
    }

    EXPECT_THAT(names, ElementsAre("hailo.ai/device=0000:01:00.0", "hailo.ai/device=0000:02:00.0"));
    EXPECT_EQ(cdiNamesOf(response), names);
    EXPECT_THAT(response.annotations(), IsEmpty());
}

TEST_F(AHandover, TellsTheContainerWhatItGot) {
    EXPECT_THAT(environmentOf(respond({Mode::CdiCri})),
                UnorderedElementsAre(Pair("HAILO_DEVICE_IDS", "0000:01:00.0,0000:02:00.0"),
                                     Pair("HAILO_DEVICE_COUNT", "2"),
                                     Pair("HAILO_DRIVER_VERSION", "4.23.0,5.3.0")));
}

TEST_F(AHandover, NamesOneDriverVersionOnce) {
    publish({chip(firstId), chip(secondId, 1)});

    EXPECT_EQ(environmentOf(respond({Mode::CdiCri}))["HAILO_DRIVER_VERSION"], "4.23.0");
}

TEST_F(AHandover, SaysWhenADriverVersionIsUnknown) {
    auto device = chip(firstId);
    device.driverVersion.reset();
    publish({device});

    EXPECT_EQ(environmentOf(respond({Mode::CdiCri}))["HAILO_DRIVER_VERSION"], "unknown");
}

TEST_F(AHandover, UsesAnAnnotationKeyThatCdiAllows) {
    const auto response = respond({Mode::CdiAnnotations});
    const std::string key = response.annotations().begin()->first;

    EXPECT_TRUE(key.starts_with("cdi.k8s.io/"));
    EXPECT_TRUE(cdi::isAnnotationKey(key));
}

TEST_F(AHandover, UsesAnAnnotationKeyThatCdiAllowsForTheLongestResourceToo) {
    const std::string resource =
        std::string(63, 'v') + "." + std::string(63, 'w') + "/" + std::string(63, 'c');

    EXPECT_TRUE(cdi::isAnnotationKey(annotationKeyOf(resource))) << annotationKeyOf(resource);
}

TEST_F(AHandover, UsesAnotherAnnotationKeyForAnotherLongResource) {
    const auto resource = std::string(63, 'v') + "/" + std::string(62, 'c');

    EXPECT_NE(annotationKeyOf(resource + 'a'), annotationKeyOf(resource + 'b'));
}

TEST_F(AHandover, LeavesCdiOutWhenItsFileIsNotInPlace) {
    blockCdi();
    const auto response = respond({Mode::CdiCri, Mode::CdiAnnotations, Mode::DeviceSpecs});

    EXPECT_THAT(response.cdi_devices(), IsEmpty());
    EXPECT_THAT(response.annotations(), IsEmpty());
    EXPECT_EQ(response.devices_size(), 2);
    EXPECT_EQ(environmentOf(response)["HAILO_DEVICE_COUNT"], "2");
}

TEST_F(AHandover, LeavesDeviceSpecsOutWhenTheLinksAreNotInPlace) {
    blockLinks();
    const auto response = respond({Mode::CdiCri, Mode::DeviceSpecs});

    EXPECT_EQ(response.cdi_devices_size(), 2);
    EXPECT_THAT(response.devices(), IsEmpty());
    EXPECT_THAT(response.mounts(), IsEmpty());
}

TEST_F(AHandover, LeavesDeviceSpecsOutWhenTheViewCannotBeMade) {
    writeFile(base.path() / "views", "a file where the folder should be");
    const auto response = respond({Mode::CdiCri, Mode::DeviceSpecs});

    EXPECT_EQ(response.cdi_devices_size(), 2);
    EXPECT_THAT(response.devices(), IsEmpty());
    EXPECT_THAT(response.mounts(), IsEmpty());
    EXPECT_THAT(log.text(), HasSubstr("HAILO_EVENT=class-view-failure"));
}

TEST_F(AHandover, RefusesWhenNoWayIsLeft) {
    blockCdi();
    blockLinks();
    try {
        (void)respond({Mode::CdiCri, Mode::CdiAnnotations, Mode::DeviceSpecs});
        FAIL() << "a container would start without its chips";
    } catch (const AllocationError& error) {
        EXPECT_EQ(error.kind(), AllocationError::Kind::NotNow);
        EXPECT_THAT(error.what(), HasSubstr("0000:01:00.0,0000:02:00.0"));
    }
}

TEST_F(AHandover, GivesTheSameAnswerToTheSameRequest) {
    const std::vector<Mode> all{Mode::CdiCri, Mode::CdiAnnotations, Mode::DeviceSpecs};

    EXPECT_EQ(respond(all).DebugString(), respond(all).DebugString());
}

TEST_F(AHandover, NamesEnvironmentVariablesAfterTheResourceWhereThereAreSeveral) {
    const HandoverSettings settings{{Mode::CdiCri}, "hailo.ai/h8-left", true};
    const Handover handover{settings, cdi, links, views};

    const auto response = handover.respond({&inventory->devices[0]});

    EXPECT_THAT(environmentOf(response),
                UnorderedElementsAre(Pair("HAILO_DEVICE_IDS_HAILO_AI_H8_LEFT", firstId),
                                     Pair("HAILO_DEVICE_COUNT_HAILO_AI_H8_LEFT", "1"),
                                     Pair("HAILO_DRIVER_VERSION_HAILO_AI_H8_LEFT", "4.23.0")));
}

TEST_F(AHandover, NamesItsAnnotationAfterTheResource) {
    EXPECT_EQ(annotationKeyOf("a.ai/npu"), "cdi.k8s.io/hailo-device-plugin_a.ai_npu");
}

TEST_F(AHandover, SurvivesAReplugOnTheHost) {
    const auto before = respond({Mode::DeviceSpecs});
    publish({chip(firstId, 5), youngChip(secondId, 6)});

    EXPECT_EQ(fs::read_symlink(before.devices(0).host_path()), "/dev/hailo5");
    EXPECT_TRUE(fs::exists(fs::path{before.mounts(1).host_path()} / "hailo0"));
}

TEST(AHandoverMode, HasANameThatReadsBack) {
    for (const auto mode : {Mode::CdiCri, Mode::CdiAnnotations, Mode::DeviceSpecs}) {
        EXPECT_EQ(parseHandoverMode(nameOf(mode)), mode);
    }
    EXPECT_EQ(parseHandoverMode("cdi"), std::nullopt);
    EXPECT_EQ(parseHandoverMode(""), std::nullopt);
}

} // namespace
} // namespace hdp::testing
