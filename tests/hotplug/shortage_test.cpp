// SPDX-License-Identifier: Apache-2.0
#include "hotplug/attribute.hpp"
#include "hotplug/shortage.hpp"
#include "hotplug/sysfs_scanner.hpp"
#include "tests/support/mock_host.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>

#include <sys/resource.h>

namespace hdp::hotplug {
namespace {

/// As long as it exists, this process can open so many files more.
class FewDescriptors {
  public:
    explicit FewDescriptors(rlim_t left) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit few{next() + left, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &few);
    }

    FewDescriptors(const FewDescriptors&) = delete;
    FewDescriptors& operator=(const FewDescriptors&) = delete;

    ~FewDescriptors() { ::setrlimit(RLIMIT_NOFILE, &before_); }

  private:
    /// Behind all that are open, for what closes one here and opens another.
    static rlim_t next() {
        rlim_t highest = 0;
        for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
            highest = std::max<rlim_t>(highest, std::stoul(entry.path().filename().string()));
        }
        return highest; // that of the listing, which is closed by now
    }

    rlimit before_{};
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
    for (rlim_t left = 0; left < 8; ++left) {
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
