// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/own_folder.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include <unistd.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class OwnFolderTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::string refusal() const {
        try {
            requireOwnFolder(folder);
            return "";
        } catch (const std::runtime_error& error) {
            return error.what();
        }
    }

    TemporaryDirectory base;
    fs::path state = base.path() / "state";
    fs::path folder = state / "devices";
};

using AFolderOfTheState = OwnFolderTest;

TEST_F(AFolderOfTheState, IsMadeWithItsParents) {
    EXPECT_EQ(refusal(), "");
    EXPECT_TRUE(fs::is_directory(folder));
}

TEST_F(AFolderOfTheState, IsRefusedWhenItIsALink) {
    const auto victim = base.path() / "victim";
    fs::create_directories(victim);
    fs::create_directories(state);
    fs::create_directory_symlink(victim, folder);

    EXPECT_THAT(refusal(), HasSubstr("devices is a link to another folder"));
}

TEST_F(AFolderOfTheState, MayLieBehindALinkThatTheOperatorMade) {
    fs::create_directories(base.path() / "elsewhere");
    fs::create_directory_symlink(base.path() / "elsewhere", state);

    EXPECT_EQ(refusal(), "");
}

TEST_F(AFolderOfTheState, IsRefusedWhenEverybodyMayWriteToIt) {
    fs::create_directories(folder);
    fs::permissions(folder, fs::perms{0777});

    EXPECT_EQ(refusal(),
              "everybody may write to " + folder.string() + ", and replace what is in it");
}

TEST_F(AFolderOfTheState, IsRefusedWhenEverybodyMayReplaceIt) {
    fs::create_directories(folder);
    fs::permissions(state, fs::perms{01777});

    EXPECT_EQ(refusal(),
              "everybody may write to " + state.string() + ", and replace what is in it");
}

TEST_F(AFolderOfTheState, IsRefusedWhenItBelongsToAnotherUser) {
    fs::create_directories(folder);
    if (::chown(folder.c_str(), 12345, 12345) != 0) {
        GTEST_SKIP() << "only root may give a folder away";
    }

    EXPECT_THAT(refusal(), HasSubstr("belongs to the user 12345"));
}

} // namespace
} // namespace hdp::testing
