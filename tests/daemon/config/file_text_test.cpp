// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/config/config_test.hpp"

#include <filesystem>
#include <string>

#include <sys/stat.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

using ABadFile = ConfigTest;

TEST_F(ABadFile, IsOneThatIsNamedAndNotThere) {
    EXPECT_EQ(refusal(), sources.file.string() + ": there is no such file");
    sources.file = folder.path() / "none" / "config.yaml";
    EXPECT_THAT(refusal(), HasSubstr("there is no such file"));
}

TEST_F(ABadFile, IsOneOfTenMebibytes) {
    EXPECT_EQ(refusalOf(std::string(10UL << 20U, '#')), " is larger than 1 MiB");
}

TEST_F(ABadFile, IsNotOneOfExactlyAMebibyte) {
    EXPECT_EQ(refusalOf(std::string(1UL << 20U, '#')), "");
    EXPECT_EQ(refusalOf(std::string((1UL << 20U) + 1, '#')), " is larger than 1 MiB");
}

TEST_F(ABadFile, IsOneThatIsNoText) {
    EXPECT_THAT(refusalOf(std::string("log:\0", 5)), HasSubstr("is not text"));
    EXPECT_THAT(refusalOf("log: \xff\xfe\n"), HasSubstr("is not text"));
    EXPECT_THAT(refusalOf("\x7f"
                          "ELF\x02\x01\x01\x80"),
                HasSubstr("is not text"));
}

TEST_F(ABadFile, IsNotOneWithAByteOrderMark) {
    EXPECT_EQ(optionsOf("\xef\xbb\xbflog: {level: debug}\n").logLevel, log::Level::Debug);
}

TEST_F(ABadFile, IsAFolder) {
    fs::create_directory(sources.file);

    EXPECT_EQ(refusal(), sources.file.string() + ": is not a regular file");
}

TEST_F(ABadFile, IsAPipeThatNobodyWritesTo) {
    ASSERT_EQ(::mkfifo(sources.file.c_str(), 0600), 0);

    EXPECT_EQ(refusal(), sources.file.string() + ": is not a regular file");
}

TEST_F(ABadFile, IsALinkToItself) {
    fs::create_symlink(sources.file, sources.file);

    EXPECT_THAT(refusal(), HasSubstr("cannot be read: Too many levels of symbolic links"));
}

} // namespace
} // namespace hdp::testing
