// SPDX-License-Identifier: Apache-2.0
#include "hotplug/attribute.hpp"
#include "hotplug/shortage.hpp"
#include "hotplug/sysfs_scanner.hpp"
#include "tests/support/mock_host.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace hdp::hotplug {
namespace {

/// As long as it exists, this process can open so many files more.
class FewDescriptors {
  public:
    explicit FewDescriptors(std::size_t left) {
        constexpr rlim_t enough = 256;
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit few{enough, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
        for (int file = open(); file >= 0; file = open()) {
            files_.push_back(file);
        }
        for (std::size_t closed = 0; closed < left; ++closed) {
            ::close(files_.back());
            files_.pop_back();
        }
    }

    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;

    ~FewDescriptors() {
        std::ranges::for_each(files_, ::close);
        ::setrlimit(RLIMIT_NOFILE, &before_);
    }

  private:
    static int open() { return ::open("/dev/null", O_RDONLY | O_CLOEXEC); }

    rlimit before_{};
    std::vector<int> files_;
};

class AScannerWithoutDescriptors : public ::testing::Test {
  protected:
    AScannerWithoutDescriptors() : scanner_(host_.inRoot("/sys"), host_.inRoot("/dev")) {
        host_.add({testing::MockChip{}});
        first_ = scanner_.scan();
    }

    testing::MockHost host_;
    SysfsScanner scanner_;
    Scan first_;
};

/// However many are left, down to those with which a look gets half way.
TEST_F(AScannerWithoutDescriptors, ThrowsAndNeverSaysThatAChipIsGone) {
    ASSERT_EQ(first_.devices.size(), 1U);
    for (std::size_t left = 0; left < 8; ++left) {
        scanner_.forget();
        const FewDescriptors few{left};
        try {
            EXPECT_EQ(scanner_.scan(), first_) << left << " left";
        } catch (const std::system_error& error) {
            EXPECT_EQ(error.code(), std::errc::too_many_files_open);
        }
    }
    EXPECT_EQ(scanner_.scan(), first_);
}

TEST_F(AScannerWithoutDescriptors, ThrowsWhenThereIsNone) {
    const FewDescriptors none{0};
    EXPECT_THROW(static_cast<void>(scanner_.scan()), std::system_error);
}

TEST(AShortage, IsNamedAfterTheCallAndThePath) {
    try {
        throwIfShortage(ENFILE, "openat", "/sys/bus");
        FAIL() << "nothing was thrown";
    } catch (const std::system_error& error) {
        EXPECT_EQ(error.code(), std::errc::too_many_files_open_in_system);
        EXPECT_TRUE(std::string{error.what()}.starts_with("openat /sys/bus")) << error.what();
    }
}

TEST(AShortage, IsNoOtherError) {
    throwIfShortage(ENOENT, "openat", "/sys/bus");
    throwIfShortage(EACCES, "openat", "/sys/bus");
    throwIfShortage(0, "openat", "/sys/bus");
}

} // namespace
} // namespace hdp::hotplug
