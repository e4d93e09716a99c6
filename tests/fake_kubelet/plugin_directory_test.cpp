// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"
#include "tests/fake_kubelet/listening_socket.hpp"
#include "tests/fake_kubelet/plugin_directory.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

namespace hdp::testing {

namespace fs = std::filesystem;

class PluginDirectoryTest : public ::testing::Test {
  protected:
    PluginDirectoryTest() {
        leaveSocket("plugin.sock");
        leaveSocket("kubelet.sock");
        std::ofstream(folder_.path() / "file") << "x";
        std::ofstream(folder_.path() / "kubelet_internal_checkpoint") << "x";
        fs::create_directory(folder_.path() / "sub");
        leaveSocket("sub/plugin.sock");
        fs::create_symlink("nowhere", folder_.path() / "dangling");
        fs::create_symlink("file", folder_.path() / "link-to-file");
        fs::create_symlink("sub/plugin.sock", folder_.path() / "link-to-socket");
    }

    void leaveSocket(const std::string& name) const {
        const ListeningSocket socket(folder_.path() / name, ::close);
    }

    [[nodiscard]] bool has(const std::string& name) const {
        return fs::exists(fs::symlink_status(folder_.path() / name));
    }

    void prepare(WipeRule rule) const { PluginDirectory(folder_.path(), rule).prepare(); }

  private:
    PluginFolder folder_;
};

using APluginDirectory = PluginDirectoryTest;

TEST_F(APluginDirectory, LosesEverySocketInAllVersions) {
    prepare(WipeRule::From133);
    EXPECT_FALSE(has("plugin.sock"));
    EXPECT_FALSE(has("kubelet.sock"));
}

TEST_F(APluginDirectory, LosesLinksToSocketsFrom133On) {
    prepare(WipeRule::From133);
    EXPECT_FALSE(has("link-to-socket"));
    EXPECT_TRUE(has("sub/plugin.sock"));
}

TEST_F(APluginDirectory, KeepsFilesAndOtherLinksFrom133On) {
    prepare(WipeRule::From133);
    EXPECT_TRUE(has("file"));
    EXPECT_TRUE(has("link-to-file"));
    EXPECT_TRUE(has("dangling"));
}

TEST_F(APluginDirectory, LosesAllButFoldersUpTo132) {
    prepare(WipeRule::UpTo132);
    for (const auto* name :
         {"plugin.sock", "kubelet.sock", "file", "dangling", "link-to-file", "link-to-socket"}) {
        EXPECT_FALSE(has(name)) << name;
    }
}

TEST_F(APluginDirectory, KeepsFoldersAndTheCheckpointInAllVersions) {
    for (const auto rule : {WipeRule::UpTo132, WipeRule::From133}) {
        prepare(rule);
        EXPECT_TRUE(has("sub/plugin.sock"));
        EXPECT_TRUE(has("kubelet_internal_checkpoint"));
    }
}

TEST(AMissingPluginDirectory, IsMade) {
    const PluginFolder parent;
    PluginDirectory(parent.path() / "a" / "b", WipeRule::From133).prepare();
    EXPECT_TRUE(fs::is_directory(parent.path() / "a" / "b"));
}

} // namespace hdp::testing
