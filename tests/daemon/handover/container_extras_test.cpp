// SPDX-License-Identifier: Apache-2.0
#include "cdi/validation.hpp"
#include "cdi/version.hpp"
#include "daemon/handover/allocation_error.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/handover/handover.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/handed_over.hpp"
#include "tests/support/fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

using Mode = HandoverMode;
using Response = v1beta1::ContainerAllocateResponse;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

/// What a container finds at a path: the host's path and whether it may write.
using Mounts = std::map<std::string, std::pair<std::string, bool>>;

class ContainerExtrasTest : public HandedOver {
  protected:
    ContainerExtrasTest() {
        makeFolder("models");
        makeFolder("monitor");
        makeFolder("lib/4.23.0");
        writeFile(base.path() / "lib/4.23.0/libhailort.so.4.23.0", "a library");
        settings.env = {"HAILORT_LOGGER_PATH=NONE"};
        settings.annotations = {{"example.com/team", "vision"}};
        settings.mounts = {{base.path() / "models", "/models"}};
        settings.libraryDirectory = base.path() / "lib";
        settings.monitorDirectory = base.path() / "monitor";
        publish({chip(firstId), chip(secondId, 1)});
    }

    void makeFolder(const std::string& name) const { fs::create_directories(base.path() / name); }

    Response respond(const std::vector<Mode>& modes) {
        DeviceSet devices;
        for (const auto& status : inventory->devices) {
            devices.push_back(&status);
        }
        return Handover{{.modes = modes, .resource = "hailo.ai/device", .container = settings},
                        cdi,
                        links,
                        views}
            .respond(devices);
    }

    std::string refusal() {
        try {
            (void)respond({Mode::CdiCri});
            return {};
        } catch (const AllocationError& error) {
            return error.what();
        }
    }

    /// The CDI file that a publisher with the settings writes, as text.
    std::string cdiText() {
        CdiPublisher publisher{inotify, base.path() / "own", "hailo.ai/device", settings};
        publisher.onInventory(inventory);
        std::ifstream file{base.path() / "own/hailo.ai-device.json"};
        return {std::istreambuf_iterator<char>{file}, {}};
    }

    [[nodiscard]] cdi::Spec spec() const {
        CdiExtras extras{.permissions = settings.devicePermissions,
                         .nodeMode = settings.nodeMode,
                         .nodeGroup = settings.nodeGroup,
                         .common = findExtras(settings).extras};
        extras.libraries["4.23.0"] = findLibrary(settings, "4.23.0").value();
        return cdiSpecOf(*inventory, "hailo.ai/device", extras).value();
    }

    ContainerSettings settings;
};

using TheExtras = ContainerExtrasTest;

Mounts mountsOf(const Response& response) {
    Mounts mounts;
    for (const auto& mount : response.mounts()) {
        if (!mount.container_path().starts_with("/sys/")) {
            mounts[mount.container_path()] = {mount.host_path(), !mount.read_only()};
        }
    }
    return mounts;
}

Mounts mountsOf(const cdi::Spec& spec) {
    Mounts mounts;
    auto all = spec.containerEdits.mounts;
    const auto& device = spec.devices.front().containerEdits.mounts;
    all.insert(all.end(), device.begin(), device.end());
    for (const auto& mount : all) {
        if (!mount.containerPath.starts_with("/sys/")) {
            mounts[mount.containerPath] = {mount.hostPath, mount.options.front() == "rw"};
        }
    }
    return mounts;
}

std::set<std::string> environmentOf(const cdi::Spec& spec) {
    std::set<std::string> env{spec.containerEdits.env.begin(), spec.containerEdits.env.end()};
    const auto& device = spec.devices.front().containerEdits.env;
    env.insert(device.begin(), device.end());
    return env;
}

TEST_F(TheExtras, AreTheSameInTheFileAndInTheAnswer) {
    const auto response = respond({Mode::CdiCri, Mode::DeviceSpecs});

    EXPECT_EQ(mountsOf(response), mountsOf(spec()));
    EXPECT_EQ(mountsOf(response), (Mounts{{"/models", {base.path() / "models", false}},
                                          {"/opt/hailort", {base.path() / "lib/4.23.0", false}},
                                          {"/tmp/hmon_files", {base.path() / "monitor", true}}}));
    for (const auto& assignment : environmentOf(spec())) {
        const auto equals = assignment.find('=');
        EXPECT_THAT(response.envs(),
                    Contains(Pair(assignment.substr(0, equals), assignment.substr(equals + 1))));
    }
    EXPECT_THAT(environmentOf(spec()), ElementsAre("HAILORT_LOGGER_PATH=NONE", "HAILO_MONITOR=1",
                                                   "LD_LIBRARY_PATH=/opt/hailort"));
}

TEST_F(TheExtras, ComeByCdiAloneWithoutMountsInTheAnswer) {
    const auto response = respond({Mode::CdiCri});

    EXPECT_THAT(response.mounts(), IsEmpty());
    EXPECT_THAT(response.annotations(), ElementsAre(Pair("example.com/team", "vision")));
}

TEST_F(TheExtras, NeedNoYoungerCdi) {
    EXPECT_THAT(cdi::validate(spec()), IsEmpty());
    EXPECT_EQ(cdi::minimumVersion(spec()), "0.5.0");
}

TEST_F(TheExtras, GiveNodesTheirModeGroupAndPermissions) {
    settings.nodeMode = 0660;
    settings.nodeGroup = 44;
    settings.devicePermissions = "rwm";
    const auto node = spec().devices.front().containerEdits.deviceNodes.front();

    EXPECT_EQ(node.fileMode, 0660U);
    EXPECT_EQ(node.gid, 44U);
    EXPECT_EQ(node.permissions, "rwm");
    EXPECT_EQ(respond({Mode::DeviceSpecs}).devices(0).permissions(), "rwm");
}

TEST_F(TheExtras, LeaveOutWhatTheHostLacksAndSayItOnce) {
    fs::remove_all(base.path() / "models");
    CdiPublisher publisher{inotify, base.path() / "own", "hailo.ai/device", settings};
    publisher.onInventory(inventory);
    publisher.verify();

    EXPECT_EQ(mountsOf(respond({Mode::DeviceSpecs})).count("/models"), 0U);
    EXPECT_EQ(log.count("containers go without " + (base.path() / "models").string()), 1U);
    EXPECT_THAT(cdiText(), Not(HasSubstr("/models")));
}

TEST_F(TheExtras, ComeBackWithTheNextHealthCheck) {
    fs::remove_all(base.path() / "models");
    CdiPublisher publisher{inotify, base.path() / "own", "hailo.ai/device", settings};
    publisher.onInventory(inventory);
    makeFolder("models");
    publisher.verify();
    std::ifstream file{base.path() / "own/hailo.ai-device.json"};

    EXPECT_THAT((std::string{std::istreambuf_iterator<char>{file}, {}}), HasSubstr("/models"));
}

TEST_F(TheExtras, RefuseAnAllocationWithoutTheLibraryOfTheDriver) {
    fs::remove_all(base.path() / "lib/4.23.0");

    EXPECT_THAT(refusal(), HasSubstr("lib/4.23.0/libhailort.so.4.23.0"));
    EXPECT_THAT(cdiText(), Not(HasSubstr("/opt/hailort")));
    EXPECT_THAT(log.text(), HasSubstr("HAILO_EVENT=container-extras"));
}

TEST_F(TheExtras, TakeTheLibraryFromTheFolderItself) {
    fs::rename(base.path() / "lib/4.23.0/libhailort.so.4.23.0",
               base.path() / "lib/libhailort.so.4.23.0");

    EXPECT_EQ(mountsOf(respond({Mode::DeviceSpecs})).at("/opt/hailort").first, base.path() / "lib");
}

TEST_F(TheExtras, RefuseChipsWithDriversOfTwoVersions) {
    publish({chip(firstId), youngChip(secondId)});

    EXPECT_THAT(refusal(), HasSubstr("4.23.0,5.3.0"));
    settings.libraryDirectory.reset();
    EXPECT_EQ(refusal(), "");
}

TEST_F(TheExtras, LetTheOperatorsEnvironmentWin) {
    settings.env = {"HAILO_MONITOR=0", "LD_LIBRARY_PATH=/opt/hailort:/usr/lib/mine"};

    const auto envs = respond({Mode::CdiCri}).envs();
    EXPECT_EQ(envs.at("HAILO_MONITOR"), "0");
    EXPECT_EQ(envs.at("LD_LIBRARY_PATH"), "/opt/hailort:/usr/lib/mine");
    EXPECT_THAT(environmentOf(spec()),
                ElementsAre("HAILO_MONITOR=0", "LD_LIBRARY_PATH=/opt/hailort:/usr/lib/mine"));
}

/// The words in backquotes that open the rows of the document's table of variables.
std::set<std::string> documentedVariables() {
    // NOLINTNEXTLINE(concurrency-mt-unsafe)
    std::ifstream file{fs::path{std::getenv("HDP_SOURCE_ROOT")} / "docs/containers.md"};
    std::set<std::string> names;
    std::string line;
    while (std::getline(file, line)) {
        const auto end = line.find("` |", 3);
        if ((line.starts_with("| `HAILO") || line.starts_with("| `LD_")) &&
            end != std::string::npos) {
            names.insert(line.substr(3, end - 3));
        }
    }
    return names;
}

TEST_F(TheExtras, AreDocumentedByTheirNames) {
    settings.env.clear();
    std::set<std::string> given;
    const auto response = respond({Mode::CdiCri});
    for (const auto& [name, value] : response.envs()) {
        given.insert(name);
    }

    EXPECT_EQ(documentedVariables(), given);
}

} // namespace
} // namespace hdp::testing
