// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/class_views.hpp"
#include "daemon/handover/unfinished_view.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include <sys/stat.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Each;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

std::string contentOf(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    return {std::istreambuf_iterator<char>(file), {}};
}

std::vector<std::string> namesIn(const fs::path& folder) {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder}) {
        names.push_back(entry.path().filename());
    }
    return names;
}

std::vector<fs::perms> modesBelow(const fs::path& folder) {
    std::vector<fs::perms> modes;
    for (const auto& entry : fs::recursive_directory_iterator{folder}) {
        modes.push_back(entry.status().permissions());
    }
    return modes;
}

class ClassViewsTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<ClassView>
    viewsFor(const std::vector<hotplug::Device>& devices) const {
        std::vector<const hotplug::Device*> pointers;
        std::ranges::transform(devices, std::back_inserter(pointers),
                               [](const hotplug::Device& device) { return &device; });
        return views.viewsFor(pointers);
    }

    /// The host folder of the only view for these chips.
    [[nodiscard]] fs::path viewFor(const std::vector<hotplug::Device>& devices) const {
        const auto all = viewsFor(devices);
        return all.size() == 1 ? all.front().hostFolder : fs::path{"not one view"};
    }

    TemporaryDirectory base;
    fs::path folder = base.path() / "state/views";
    ClassViews views{folder};
};

using AClassView = ClassViewsTest;

TEST_F(AClassView, HoldsTheAttributesThatHailoRtReadsAndNoNewline) {
    const auto view = viewFor({chip(firstId)});

    EXPECT_THAT(namesIn(view), UnorderedElementsAre("hailo0"));
    EXPECT_THAT(namesIn(view / "hailo0"),
                UnorderedElementsAre("board_location", "device_id", "accelerator_type"));
    EXPECT_EQ(contentOf(view / "hailo0/board_location"), firstId);
    EXPECT_EQ(contentOf(view / "hailo0/device_id"), "1e60:2864");
    EXPECT_EQ(contentOf(view / "hailo0/accelerator_type"), "0");
}

TEST_F(AClassView, HoldsTheOneAttributeThatDriver53Has) {
    const auto all = viewsFor({youngChip(firstId, 2)});

    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].classFolder, "hailo1x");
    EXPECT_THAT(namesIn(all[0].hostFolder / "h1x-2"), UnorderedElementsAre("device_id"));
    EXPECT_EQ(contentOf(all[0].hostFolder / "h1x-2/device_id"), firstId);
}

TEST_F(AClassView, LeavesOutWhatDriver417DoesNotHave) {
    auto old = chip(firstId);
    old.classDevice->acceleratorType.reset();

    EXPECT_THAT(namesIn(viewFor({old}) / "hailo0"),
                UnorderedElementsAre("board_location", "device_id"));
}

TEST_F(AClassView, HoldsTheChipsOfItsSetAndNoOthers) {
    const auto both = viewFor({chip(firstId), chip(secondId, 1)});
    const auto one = viewFor({chip(secondId, 1)});

    EXPECT_THAT(namesIn(both), UnorderedElementsAre("hailo0", "hailo1"));
    EXPECT_THAT(namesIn(one), UnorderedElementsAre("hailo1"));
}

TEST_F(AClassView, IsTheSameFolderForTheSameSetInAnyOrder) {
    const auto view = viewFor({chip(firstId), chip(secondId, 1)});

    EXPECT_EQ(viewFor({chip(secondId, 1), chip(firstId)}), view);
    EXPECT_EQ(view.parent_path(), folder);
}

TEST_F(AClassView, IsTheSameFolderAfterARestart) {
    const auto view = viewFor({chip(firstId)});
    const ClassViews restarted{folder};
    const auto device = chip(firstId);

    EXPECT_EQ(restarted.viewsFor({&device}).front().hostFolder, view);
}

TEST_F(AClassView, IsAnotherFolderForOtherNodeNames) {
    EXPECT_NE(viewFor({chip(firstId, 0)}), viewFor({chip(firstId, 1)}));
}

TEST_F(AClassView, IsAnotherFolderForOtherChips) {
    EXPECT_NE(viewFor({chip(firstId, 0)}), viewFor({chip(secondId, 0)}));
}

TEST_F(AClassView, IsAnotherFolderWhenADriverOffersOtherAttributes) {
    auto old = chip(firstId);
    old.classDevice->acceleratorType.reset();
    const auto before = viewFor({old});
    const auto after = viewFor({chip(firstId)});

    EXPECT_NE(after, before);
    EXPECT_TRUE(fs::exists(after / "hailo0/accelerator_type"));
    EXPECT_FALSE(fs::exists(before / "hailo0/accelerator_type"));
}

TEST_F(AClassView, IsOnePerClassFolder) {
    const auto all = viewsFor({chip(firstId), youngChip(secondId)});

    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].classFolder, "hailo1x");
    EXPECT_EQ(all[1].classFolder, "hailo_chardev");
    EXPECT_THAT(namesIn(all[0].hostFolder), UnorderedElementsAre("h1x-0"));
    EXPECT_THAT(namesIn(all[1].hostFolder), UnorderedElementsAre("hailo0"));
}

TEST_F(AClassView, HasAShortNameForManyChips) {
    std::vector<hotplug::Device> chips;
    for (unsigned index = 0; index < 255; ++index) {
        chips.push_back(
            chip(hotplug::toString({0, static_cast<std::uint8_t>(index), 0, 0}), index));
    }

    EXPECT_EQ(namesIn(viewFor(chips)).size(), 255U);
}

TEST_F(AClassView, IsReadableForEveryoneWhateverTheUmaskIs) {
    const auto before = ::umask(0077);
    const auto view = viewFor({chip(firstId)});
    ::umask(before);

    EXPECT_EQ(fs::status(view).permissions(), fs::perms{0755});
    EXPECT_EQ(fs::status(view / "hailo0").permissions(), fs::perms{0755});
    EXPECT_THAT(modesBelow(view / "hailo0"), Each(fs::perms{0644}));
}

TEST_F(AClassView, LeavesNoTraceOfItsMaking) {
    const auto view = viewFor({chip(firstId)});

    EXPECT_THAT(namesIn(folder), UnorderedElementsAre(view.filename()));
}

TEST_F(AClassView, IsMadeInSpiteOfAnInterruptedMaking) {
    writeFile(folder / ".making.abcdef/hailo0/device_id", "");
    const auto view = viewFor({chip(firstId)});

    EXPECT_EQ(contentOf(view / "hailo0/device_id"), "1e60:2864");
}

TEST_F(AClassView, IsFreedOfInterruptedMakingsByTheNextDaemon) {
    writeFile(folder / ".making.abcdef/hailo0/device_id", "");
    const ClassViews restarted{folder};

    EXPECT_THAT(namesIn(folder), IsEmpty());
}

TEST_F(AClassView, IsLeftAloneInTheMakingOfAnotherDaemon) {
    fs::create_directories(folder);
    const UnfinishedView ofAnother{folder};
    const ClassViews restarted{folder};

    EXPECT_EQ(namesIn(folder).size(), 1U);
}

TEST_F(AClassView, IsNotMadeBehindALink) {
    const auto victim = base.path() / "victim";
    fs::create_directories(victim);
    fs::create_directories(folder.parent_path());
    fs::create_directory_symlink(victim, folder);

    EXPECT_THROW((void)viewsFor({chip(firstId)}), std::runtime_error);
    EXPECT_THAT(namesIn(victim), IsEmpty());
}

TEST_F(AClassView, ReplacesALinkInItsPlaceAndNotWhereThatLeads) {
    const auto view = viewFor({chip(firstId)});
    const auto victim = base.path() / "victim";
    writeFile(victim / "hailo0/device_id", "of somebody else");
    fs::remove_all(view);
    fs::create_directory_symlink(victim, view);

    EXPECT_EQ(viewFor({chip(firstId)}), view);
    EXPECT_FALSE(fs::is_symlink(view));
    EXPECT_EQ(contentOf(victim / "hailo0/device_id"), "of somebody else");
}

TEST_F(AClassView, IsMadeAgainWhenAPowerCutLeftItEmpty) {
    const auto view = viewFor({chip(firstId)});
    writeFile(view / "hailo0/board_location", "");
    fs::remove(view / "hailo0/device_id");

    EXPECT_EQ(viewFor({chip(firstId)}), view);
    EXPECT_EQ(contentOf(view / "hailo0/board_location"), firstId);
    EXPECT_EQ(contentOf(view / "hailo0/device_id"), "1e60:2864");
}

TEST_F(AClassView, IsLeftAloneWhenItIsWhole) {
    const auto view = viewFor({chip(firstId)});

    struct stat before {};

    struct stat after {};

    ASSERT_EQ(::stat(view.c_str(), &before), 0);
    EXPECT_EQ(viewFor({chip(firstId)}), view);
    ASSERT_EQ(::stat(view.c_str(), &after), 0);

    EXPECT_EQ(after.st_ino, before.st_ino);
}

TEST_F(AClassView, SaysWhichFolderCannotBeMade) {
    writeFile(folder, "a file where the folder should be");

    EXPECT_THROW((void)viewsFor({chip(firstId)}), std::system_error);
}

} // namespace
} // namespace hdp::testing
