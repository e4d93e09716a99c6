// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec.hpp"
#include "cdi/spec_file.hpp"
#include "tests/cdi/spec_file_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <string>
#include <system_error>
#include <tuple>

#include <sys/stat.h>

namespace hdp::cdi {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using testing::get;
using ::testing::IsEmpty;
using testing::put;
using ::testing::StartsWith;

struct stat statusOf(const fs::path& path) {
    struct stat status {};

    if (::lstat(path.c_str(), &status) != 0) {
        throw std::system_error(errno, std::generic_category(), path);
    }
    return status;
}

unsigned modeOf(const fs::path& path) {
    return statusOf(path).st_mode & 07777U;
}

/// Runs with another file mode mask.
class Umask {
  public:
    explicit Umask(mode_t mask) : former_(::umask(mask)) {}

    Umask(const Umask&) = delete;
    Umask(Umask&&) = delete;
    Umask& operator=(const Umask&) = delete;
    Umask& operator=(Umask&&) = delete;

    ~Umask() { ::umask(former_); }

  private:
    mode_t former_;
};

using ASpecFileName = testing::SpecFileTest;

TEST_F(ASpecFileName, IsVendorAndClass) {
    EXPECT_EQ(specFileName("hailo.ai/device"), "hailo.ai-device.json");
}

TEST_F(ASpecFileName, IsRefusedForWhatIsNoKind) {
    for (const auto* kind : {"", "device", "hailo.ai/../x", "hailo.ai/a/b"}) {
        EXPECT_TRUE(isRefused([kind] { specFileName(kind); })) << kind;
    }
}

using ASpecFile = testing::SpecFileTest;

TEST_F(ASpecFile, RefusesNamesThatLeaveItsFolder) {
    for (const auto* name : {"", ".", "..", "../x.json", "a/x.json", "/x.json"}) {
        EXPECT_TRUE(isRefused([this, name] { SpecFile(folder_, name); })) << name;
    }
}

TEST_F(ASpecFile, ReadsNothingWhereThereIsNothing) {
    EXPECT_EQ(file().read(), std::nullopt);
    EXPECT_EQ(SpecFile(folder_ / "missing", "x.json").read(), std::nullopt);
    put(folder_ / "regular", "");
    EXPECT_EQ(SpecFile(folder_ / "regular", "x.json").read(), std::nullopt);
}

TEST_F(ASpecFile, ReadsWhatItWrote) {
    const std::string content("a\0b\n", 4);
    EXPECT_TRUE(file().write(content));
    EXPECT_EQ(file().read(), content);
    EXPECT_THAT(names(), ElementsAre("hailo.ai-device.json"));
}

TEST_F(ASpecFile, HoldsContentsOfAnySize) {
    for (const std::size_t size : {0UL, 1UL, 16383UL, 16384UL, 16385UL, 1UL << 20U}) {
        const std::string content(size, 'x');
        EXPECT_TRUE(file().write(content));
        EXPECT_EQ(file().read(), content);
    }
}

TEST_F(ASpecFile, RefusesToReadMoreThanTheLimit) {
    put(file().path(), "");
    fs::resize_file(file().path(), maxSpecBytes);
    EXPECT_EQ(file().read()->size(), maxSpecBytes);
    fs::resize_file(file().path(), maxSpecBytes + 1);
    EXPECT_EQ(failureOf([this] { std::ignore = file().read(); }),
              "read " + file().path().string() + ": File too large");
    EXPECT_TRUE(file().write("new"));
}

TEST_F(ASpecFile, IsReadableForAllWhateverTheUmask) {
    const Umask strict(0077);
    file().write("x");
    EXPECT_EQ(modeOf(file().path()), 0644);
}

TEST_F(ASpecFile, IsWritableForNobodyElseWhateverTheUmask) {
    const Umask lax(0);
    file().write("x");
    EXPECT_EQ(modeOf(file().path()), 0644);
}

TEST_F(ASpecFile, MakesItsFolderAndTheParentsForAllWhateverTheUmask) {
    const Umask strict(0077);
    SpecFile deep(folder_ / "a/b", "x.json");
    EXPECT_TRUE(deep.write("x"));
    EXPECT_EQ(modeOf(folder_ / "a"), 0755);
    EXPECT_EQ(modeOf(folder_ / "a/b"), 0755);
}

TEST_F(ASpecFile, MakesItsFolderAlsoUnderANameThatEndsInASlash) {
    EXPECT_TRUE(SpecFile((folder_ / "a/").string(), "x.json").write("x"));
    EXPECT_EQ(get(folder_ / "a/x.json"), "x");
}

TEST_F(ASpecFile, LeavesTheModeOfAFolderThatExists) {
    fs::permissions(folder_, fs::perms::owner_all);
    file().write("x");
    EXPECT_EQ(modeOf(folder_), 0700);
}

TEST_F(ASpecFile, LeavesAFileAloneThatHoldsTheContent) {
    file().write("x");
    const auto inode = statusOf(file().path()).st_ino;
    EXPECT_FALSE(file().write("x"));
    EXPECT_EQ(statusOf(file().path()).st_ino, inode);
}

TEST_F(ASpecFile, ReplacesOtherContentOfTheSameSize) {
    file().write("old");
    EXPECT_TRUE(file().write("new"));
    EXPECT_EQ(get(file().path()), "new");
}

TEST_F(ASpecFile, ReplacesAFileWithAnotherMode) {
    file().write("x");
    ::chmod(file().path().c_str(), 0600);
    EXPECT_TRUE(file().write("x"));
    EXPECT_EQ(modeOf(file().path()), 0644);
}

TEST_F(ASpecFile, ReplacesALinkAndNotWhatItLeadsTo) {
    put(folder_ / "other", "new");
    fs::create_symlink(folder_ / "other", file().path());
    EXPECT_EQ(file().read(), std::nullopt);
    EXPECT_TRUE(file().write("new"));
    EXPECT_TRUE(fs::is_regular_file(fs::symlink_status(file().path())));
    EXPECT_TRUE(file().write("newer"));
    EXPECT_EQ(get(folder_ / "other"), "new");
}

TEST_F(ASpecFile, ReplacesADanglingLink) {
    fs::create_symlink(folder_ / "nowhere", file().path());
    EXPECT_TRUE(file().write("x"));
    EXPECT_FALSE(fs::exists(folder_ / "nowhere"));
    EXPECT_EQ(get(file().path()), "x");
}

TEST_F(ASpecFile, ReplacesAPipeWithoutWaitingForItsWriter) {
    ASSERT_EQ(::mkfifo(file().path().c_str(), 0644), 0);
    EXPECT_EQ(file().read(), std::nullopt);
    EXPECT_TRUE(file().write("x"));
    EXPECT_EQ(get(file().path()), "x");
}

TEST_F(ASpecFile, LeavesOtherLinksToTheOldFileAsTheyWere) {
    file().write("old");
    fs::create_hard_link(file().path(), folder_ / "backup");
    file().write("new");
    EXPECT_EQ(get(folder_ / "backup"), "old");
}

TEST_F(ASpecFile, SaysThatAFolderHasItsName) {
    fs::create_directory(file().path());
    EXPECT_EQ(file().read(), std::nullopt);
    EXPECT_EQ(failureOf([this] { file().write("x"); }),
              "rename " + file().path().string() + ": Is a directory");
    EXPECT_THAT(names(), ElementsAre("hailo.ai-device.json"));
}

TEST_F(ASpecFile, SaysThatItsFolderIsAFile) {
    put(folder_ / "cdi", "");
    SpecFile lost(folder_ / "cdi", "x.json");
    const std::string failure = failureOf([&lost] { lost.write("x"); });
    EXPECT_THAT(failure, StartsWith("mkostemps " + (folder_ / "cdi/.x.json.").string()));
    EXPECT_THAT(failure, EndsWith(": Not a directory"));
}

TEST_F(ASpecFile, SaysThatAParentOfItsFolderIsAFile) {
    put(folder_ / "etc", "");
    SpecFile lost(folder_ / "etc/cdi", "x.json");
    EXPECT_EQ(failureOf([&lost] { lost.write("x"); }),
              "mkdir " + (folder_ / "etc/cdi").string() + ": Not a directory");
}

TEST_F(ASpecFile, RemovesItself) {
    file().write("x");
    EXPECT_TRUE(file().remove());
    EXPECT_THAT(names(), IsEmpty());
    EXPECT_FALSE(file().remove());
}

TEST_F(ASpecFile, RemovesALinkAndNotWhatItLeadsTo) {
    put(folder_ / "other", "x");
    fs::create_symlink(folder_ / "other", file().path());
    EXPECT_TRUE(file().remove());
    EXPECT_THAT(names(), ElementsAre("other"));
}

TEST_F(ASpecFile, HasNothingToRemoveWithoutAFolder) {
    EXPECT_FALSE(SpecFile(folder_ / "missing", "x.json").remove());
}

TEST_F(ASpecFile, SaysThatItCannotRemoveAFolder) {
    fs::create_directory(file().path());
    EXPECT_EQ(failureOf([this] { file().remove(); }),
              "unlink " + file().path().string() + ": Is a directory");
}

} // namespace
} // namespace hdp::cdi
