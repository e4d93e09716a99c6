// SPDX-License-Identifier: Apache-2.0
#include "hotplug/attribute.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::hotplug {
namespace {

namespace fs = std::filesystem;

TEST(AnAttribute, IsReadWithOrWithoutANewlineAtTheEnd) {
    EXPECT_EQ(attributeOf("0000:01:00.0").text, "0000:01:00.0");
    EXPECT_EQ(attributeOf("0000:01:00.0\n").text, "0000:01:00.0");
}

TEST(AnAttribute, MayBe4096BytesLongAndNoMore) {
    EXPECT_TRUE(attributeOf(std::string(4096, 'a')).isGood());
    EXPECT_EQ(attributeOf(std::string(4097, 'a')).fault, "is larger than 4096 bytes");
}

TEST(AnAttribute, MayContainAnyUtf8) {
    for (const char* text :
         {"8.0 GT/s PCIe", "\u00e9", "\u20ac", "\U0001f600", "\ud7ff", "\U0010ffff", "\u00a0"}) {
        EXPECT_TRUE(attributeOf(text).isGood()) << text;
    }
}

TEST(AnAttribute, IsBadIfEmpty) {
    EXPECT_EQ(attributeOf("").fault, "is empty");
    EXPECT_EQ(attributeOf("\n").fault, "is empty");
}

TEST(AnAttribute, LosesOneNewlineOnlySoThatASecondIsAControlCharacter) {
    EXPECT_EQ(attributeOf("a\n\n").fault, "contains a control character");
}

class NoText : public ::testing::TestWithParam<std::pair<std::string, std::string>> {};

TEST_P(NoText, IsBadAndSaysWhy) {
    const Attribute attribute = attributeOf(GetParam().first);
    EXPECT_TRUE(attribute.isBad());
    EXPECT_EQ(attribute.fault, GetParam().second);
    EXPECT_EQ(attribute.text, "");
}

std::pair<std::string, std::string> control(std::string text) {
    return {std::move(text), "contains a control character"};
}

std::pair<std::string, std::string> notUtf8(std::string text) {
    return {std::move(text), "is not UTF-8"};
}

INSTANTIATE_TEST_SUITE_P(ControlCharacters,
                         NoText,
                         ::testing::Values(control("a\tb"),
                                           control("a\rb"),
                                           control("a\nb"),
                                           control("\x1b[31mred"),
                                           control("\x7f"),
                                           control("a\xc2\x9b"),
                                           control(std::string("a\0b", 3)),
                                           control(std::string(1, '\0'))));

INSTANTIATE_TEST_SUITE_P(BrokenUtf8,
                         NoText,
                         ::testing::Values(notUtf8("\xff\xff"),
                                           notUtf8("a\x80"),
                                           notUtf8("\xc3"),
                                           notUtf8("\xc3("),
                                           notUtf8("\xc0\xaf"),
                                           notUtf8("\xc1\xbf"),
                                           notUtf8("\xe0\x80\xaf"),
                                           notUtf8("\xe2\x82"),
                                           notUtf8("\xe2\x28\xa1"),
                                           notUtf8("\xed\xa0\x80"),
                                           notUtf8("\xf0\x80\x80\xaf"),
                                           notUtf8("\xf4\x90\x80\x80"),
                                           notUtf8("\xf5\x80\x80\x80")));

class AnAttributeFile : public ::testing::Test {
  protected:
    void SetUp() override {
        folder_ = ::open(directory_.path().c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        ASSERT_GE(folder_, 0);
    }

    void TearDown() override { ::close(folder_); }

    [[nodiscard]] fs::path file() const { return directory_.path() / "dev"; }

    [[nodiscard]] Attribute read() const { return readAttribute(folder_, "dev"); }

    testing::TemporaryDirectory directory_;
    int folder_ = -1;
};

TEST_F(AnAttributeFile, GivesItsContent) {
    testing::writeFile(file(), "511:0\n");
    EXPECT_EQ(read().text, "511:0");
}

TEST_F(AnAttributeFile, IsMissingIfItDoesNotExist) {
    EXPECT_EQ(read().state, Attribute::State::Missing);
}

TEST_F(AnAttributeFile, IsBadIfItIsAFolder) {
    fs::create_directory(file());
    EXPECT_EQ(read().fault, "cannot be read: Is a directory");
}

TEST_F(AnAttributeFile, IsBadIfItIsALinkToItself) {
    fs::create_symlink(file(), file());
    EXPECT_EQ(read().fault, "cannot be read: Too many levels of symbolic links");
}

TEST_F(AnAttributeFile, IsBadIfNobodyMayReadIt) {
    if (::geteuid() == 0) {
        GTEST_SKIP() << "root may read everything";
    }
    testing::writeFile(file(), "511:0");
    fs::permissions(file(), fs::perms::none);
    EXPECT_EQ(read().fault, "cannot be read: Permission denied");
}

TEST_F(AnAttributeFile, IsBadIfItHasNoEnd) {
    fs::create_symlink("/dev/zero", file());
    EXPECT_EQ(read().fault, "is larger than 4096 bytes");
}

TEST_F(AnAttributeFile, NeverBlocksTheReader) {
    ASSERT_EQ(::mkfifo(file().c_str(), 0600), 0);
    EXPECT_EQ(read().fault, "is empty");
}

TEST_F(AnAttributeFile, GivesItsFirstBytesAsTheyAre) {
    testing::writeFile(file(), std::string("\x60\x1e\x00\xff more", 9));
    EXPECT_EQ(readBytes(folder_, "dev", 4), std::string("\x60\x1e\x00\xff", 4));
}

TEST_F(AnAttributeFile, GivesNoMoreBytesThanItHas) {
    testing::writeFile(file(), "ab");
    EXPECT_EQ(readBytes(folder_, "dev", 4), "ab");
    EXPECT_EQ(readBytes(folder_, "absent", 4), "");
}

} // namespace
} // namespace hdp::hotplug
