// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/plugin_socket.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/daemon/plugin/raw_connection.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

constexpr std::size_t longestPath = 107;

class PluginSocketTest : public ::testing::Test {
  public:
    PluginSocketTest() = default;
    PluginSocketTest(const PluginSocketTest&) = delete;
    PluginSocketTest& operator=(const PluginSocketTest&) = delete;

    ~PluginSocketTest() override {
        for (const int descriptor : accepted) {
            ::close(descriptor);
        }
    }

  protected:
    void open(const fs::path& place) {
        socket = std::make_unique<PluginSocket>(
            loop, place, [this](int descriptor) { accepted.push_back(descriptor); });
    }

    bool accepts(std::size_t number) {
        return runUntil(loop, [this, number] { return accepted.size() >= number; });
    }

    /// A path of so many bytes in the temporary folder.
    [[nodiscard]] fs::path pathOfLength(std::size_t length) const {
        return base.path() / std::string(length - base.path().native().size() - 1, 's');
    }

    /// The error of opening a socket there, and what it says.
    std::error_code refusal(const fs::path& place) {
        try {
            open(place);
            return {};
        } catch (const std::system_error& error) {
            sentence = error.what();
            return error.code();
        }
    }

    CapturedLog log;
    TemporaryDirectory base;
    fs::path path = base.path() / "plugin.sock";
    boost::asio::io_context loop;
    std::vector<int> accepted;
    std::unique_ptr<PluginSocket> socket;
    std::string sentence;
};

using APluginSocket = PluginSocketTest;

TEST_F(APluginSocket, HandsConnectionsOver) {
    open(path);
    const RawConnection first{path};
    const RawConnection second{path};

    EXPECT_TRUE(accepts(2));
}

TEST_F(APluginSocket, HandsOverDescriptorsThatDoNotBlockAndAreNotInherited) {
    open(path);
    const RawConnection connection{path};
    ASSERT_TRUE(accepts(1));

    EXPECT_NE(::fcntl(accepted[0], F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(::fcntl(accepted[0], F_GETFD) & FD_CLOEXEC, 0);
}

TEST_F(APluginSocket, IsOpenToItsOwnerOnlyWhateverTheUmaskIs) {
    for (const mode_t mask : {0000U, 0022U, 0077U}) {
        const auto before = ::umask(mask);
        open(path);
        ::umask(before);

        EXPECT_EQ(fs::status(path).permissions(), fs::perms{0600});
        socket.reset();
    }
}

TEST_F(APluginSocket, RemovesItsFile) {
    open(path);
    EXPECT_TRUE(socket->isInPlace());
    socket.reset();

    EXPECT_FALSE(fs::exists(fs::symlink_status(path)));
}

TEST_F(APluginSocket, LeavesTheSocketOfASuccessorAlone) {
    open(path);
    const auto first = std::move(socket);
    fs::remove(path);
    EXPECT_FALSE(first->isInPlace());
    open(path);
    const auto second = std::move(socket);
    EXPECT_FALSE(first->isInPlace());
    EXPECT_TRUE(second->isInPlace());
}

TEST_F(APluginSocket, LeavesAFileThatReplacedItAlone) {
    open(path);
    fs::remove(path);
    writeFile(path, "somebody's");
    socket.reset();

    EXPECT_TRUE(fs::exists(path));
}

TEST_F(APluginSocket, SurvivesThatItsFileIsGone) {
    open(path);
    fs::remove(path);
    EXPECT_FALSE(socket->isInPlace());
    socket.reset();
}

TEST_F(APluginSocket, MayHaveAPathOf107Bytes) {
    const auto place = pathOfLength(longestPath);
    open(place);
    const RawConnection connection{place};

    EXPECT_TRUE(accepts(1));
    EXPECT_TRUE(socket->isInPlace());
}

TEST_F(APluginSocket, RefusesAPathOf108BytesAndSaysWhy) {
    EXPECT_EQ(refusal(pathOfLength(longestPath + 1)), std::errc::filename_too_long);
    EXPECT_THAT(sentence, HasSubstr("at most 107 bytes, this one 108"));
}

TEST_F(APluginSocket, RefusesAFolderThatIsAbsentAndNamesThePath) {
    EXPECT_EQ(refusal(base.path() / "absent/plugin.sock"), std::errc::no_such_file_or_directory);
    EXPECT_THAT(sentence, HasSubstr("bind"));
    EXPECT_THAT(sentence, HasSubstr("absent/plugin.sock"));
}

TEST_F(APluginSocket, RefusesAPathThatIsTakenAndLeavesWhatIsThere) {
    writeFile(path, "somebody's");

    EXPECT_EQ(refusal(path), std::errc::address_in_use);
    EXPECT_TRUE(fs::is_regular_file(path));
}

TEST_F(APluginSocket, RefusesThePathOfALivingSocket) {
    open(path);
    const auto living = std::move(socket);

    EXPECT_EQ(refusal(path), std::errc::address_in_use);
    EXPECT_TRUE(living->isInPlace());
}

TEST_F(APluginSocket, LeavesConnectionsOpenWhenItEnds) {
    open(path);
    const RawConnection connection{path};
    ASSERT_TRUE(accepts(1));
    socket.reset();

    EXPECT_EQ(::write(accepted[0], "x", 1), 1);
    EXPECT_EQ(connection.read(), "x");
}

TEST_F(APluginSocket, HandsOverNothingAfterItsEnd) {
    // The second connection is taken within the handler of the first, its own handler comes later.
    socket = std::make_unique<PluginSocket>(loop, path, [this](int descriptor) {
        accepted.push_back(descriptor);
        boost::asio::post(loop, [this] { socket.reset(); });
    });
    const RawConnection first{path};
    const RawConnection second{path};
    ASSERT_TRUE(runUntil(loop, [this] { return socket == nullptr; }));
    runReady(loop);

    EXPECT_EQ(accepted.size(), 1U);
}

TEST_F(APluginSocket, WaitsWhileDescriptorsAreShortAndSaysSoOnce) {
    open(path);
    const RawConnection connection{path};
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit none{0, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    const bool came = runUntil(
        loop, [this] { return !accepted.empty(); }, std::chrono::milliseconds{350});
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);

    EXPECT_FALSE(came);
    EXPECT_TRUE(accepts(1));
    EXPECT_EQ(log.count("HAILO_EVENT=accept-failure"), 1U);
}

TEST_F(APluginSocket, CanEndWhileDescriptorsAreShort) {
    open(path);
    const RawConnection connection{path};
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
    const rlimit none{0, before.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &none), 0);
    EXPECT_TRUE(runUntil(loop, [this] { return log.count("HAILO_EVENT=accept-failure") > 0; }));
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
    socket.reset();
    loop.restart();
    loop.run(); // returns when nothing is waited for any more

    EXPECT_TRUE(accepted.empty());
}

} // namespace
} // namespace hdp::testing
