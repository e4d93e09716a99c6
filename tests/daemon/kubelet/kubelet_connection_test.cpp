// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/kubelet_connection.hpp"
#include "tests/daemon/kubelet/socket_file.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

class KubeletConnectionTest : public ::testing::Test {
  protected:
    [[nodiscard]] static std::error_code errorOf(const std::filesystem::path& place) {
        const auto connection = connectToKubelet(place);
        if (connection.descriptor >= 0) {
            ::close(connection.descriptor);
        }
        EXPECT_EQ(connection.descriptor < 0, static_cast<bool>(connection.error));
        return connection.error;
    }

    TemporaryDirectory base;
    std::filesystem::path path = base.path() / "kubelet.sock";
};

using AKubeletConnection = KubeletConnectionTest;

TEST_F(AKubeletConnection, IsMadeToALivingKubelet) {
    const SocketFile kubelet{path, SocketFile::State::Listening};
    const auto connection = connectToKubelet(path);

    ASSERT_GE(connection.descriptor, 0);
    EXPECT_FALSE(connection.error);
    EXPECT_NE(::fcntl(connection.descriptor, F_GETFL) & O_NONBLOCK, 0);
    EXPECT_NE(::fcntl(connection.descriptor, F_GETFD) & FD_CLOEXEC, 0);
    ::close(connection.descriptor);
}

TEST_F(AKubeletConnection, SaysThatThereIsNoKubeletYet) {
    EXPECT_EQ(errorOf(path), std::errc::no_such_file_or_directory);
    EXPECT_EQ(errorOf(base.path() / "absent/kubelet.sock"), std::errc::no_such_file_or_directory);
}

TEST_F(AKubeletConnection, TellsADeadKubeletsSocketFromNone) {
    const SocketFile dead{path, SocketFile::State::Dead};

    EXPECT_EQ(errorOf(path), std::errc::connection_refused);
}

TEST_F(AKubeletConnection, IsRefusedByAKubeletThatHasBoundAndNotYetListened) {
    const SocketFile starting{path, SocketFile::State::Bound};

    EXPECT_EQ(errorOf(path), std::errc::connection_refused);
}

TEST_F(AKubeletConnection, DoesNotWaitForAKubeletThatDoesNotAccept) {
    const SocketFile busy{path, SocketFile::State::Full};

    EXPECT_EQ(errorOf(path), std::errc::resource_unavailable_try_again);
}

TEST_F(AKubeletConnection, IsRefusedByAFile) {
    writeFile(path, "");

    EXPECT_EQ(errorOf(path), std::errc::connection_refused);
}

TEST_F(AKubeletConnection, SaysThatThePathIsTooLong) {
    EXPECT_EQ(errorOf(base.path() / std::string(108, 'k')), std::errc::filename_too_long);
}

TEST_F(AKubeletConnection, IsMadeOverAPathOf107Bytes) {
    const auto longest = base.path() / std::string(107 - base.path().native().size() - 1, 'k');
    const SocketFile kubelet{longest, SocketFile::State::Listening};

    EXPECT_FALSE(errorOf(longest));
}

} // namespace
} // namespace hdp::testing
