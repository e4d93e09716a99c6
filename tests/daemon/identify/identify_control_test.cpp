// SPDX-License-Identifier: Apache-2.0
#include "daemon/identify/identify_chip.hpp"
#include "daemon/identify/identify_control.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include <sys/ioctl.h>

namespace hdp::testing {
namespace {

constexpr std::size_t messageOffset = 20;

/// A reply as the firmware of a chip gives it, part by part.
struct Reply {
    std::vector<std::uint32_t> header{2, 1, 0, 0, 0, 0};
    std::uint32_t count = 8;
    std::vector<std::string> parameters{std::string("\0\0\0\2", 4), std::string(12, '\4'),
                                        std::string(4, '\0'),       std::string(32, 'H'),
                                        std::string("\0\0\0\2", 4), std::string(16, 'S'),
                                        std::string(16, 'P'),       std::string(42, 'N')};

    static void append(std::uint32_t number, std::string& bytes) {
        for (const unsigned shift : {24U, 16U, 8U, 0U}) {
            bytes += static_cast<char>(number >> shift & 0xffU);
        }
    }

    [[nodiscard]] std::string message() const {
        std::string bytes;
        std::ranges::for_each(header, [&bytes](std::uint32_t number) { append(number, bytes); });
        append(count, bytes);
        for (const auto& parameter : parameters) {
            append(static_cast<std::uint32_t>(parameter.size()), bytes);
            bytes += parameter;
        }
        return bytes;
    }
};

FirmwareControl controlOf(const std::string& message) {
    FirmwareControl control{};
    const auto length = static_cast<std::uint32_t>(message.size());
    std::memcpy(control.data() + messageOffset - sizeof length, &length, sizeof length);
    std::ranges::copy(message, control.begin() + messageOffset);
    return control;
}

Reply replyOf(char architecture) {
    Reply reply;
    reply.parameters[4].back() = architecture;
    return reply;
}

TEST(TheRequestToIdentify, IsWhatTheDriverTakes) {
    const auto request = identifyRequest();

    EXPECT_EQ(firmwareControlRequest, _IOWR('n', 0, FirmwareControl));
    EXPECT_EQ(request[0], 0x6a) << "the first byte of the MD5 sum";
    EXPECT_EQ(request[16], 20) << "the length of the message";
    EXPECT_EQ(request[messageOffset + 3], 2) << "the protocol's version";
    EXPECT_EQ(request[1520] + 256 * request[1521], 1000) << "the time limit";
    EXPECT_EQ(std::count(request.begin() + messageOffset, request.end(), 0), 1528 - 20 - 3);
}

TEST(TheReplyToIdentify, NamesTheModel) {
    EXPECT_EQ(modelIn(controlOf(replyOf(0).message())), "hailo-8");
    EXPECT_EQ(modelIn(controlOf(replyOf(1).message())), "hailo-8");
    EXPECT_EQ(modelIn(controlOf(replyOf(2).message())), "hailo-8l");
    EXPECT_EQ(modelIn(controlOf(replyOf(6).message())), std::nullopt) << "a Hailo-10H";
}

TEST(TheReplyToIdentify, IsNotBelievedWithABadHeader) {
    for (const std::size_t member : {0U, 1U, 2U, 3U, 4U, 5U}) {
        Reply reply;
        reply.header[member] = 9;
        EXPECT_EQ(modelIn(controlOf(reply.message())), std::nullopt) << member;
    }
}

TEST(TheReplyToIdentify, IsNotBelievedWhenItIsCutOff) {
    const auto whole = Reply{}.message();
    const auto needed = whole.size() - (4 + 16) - (4 + 16) - (4 + 42);
    for (std::size_t length = 0; length < needed; ++length) {
        EXPECT_EQ(modelIn(controlOf(whole.substr(0, length))), std::nullopt) << length;
    }
}

TEST(TheReplyToIdentify, IsNotBelievedWithLengthsThatLie) {
    auto message = Reply{}.message();
    message[28] = '\x7f'; // of the first parameter
    EXPECT_EQ(modelIn(controlOf(message)), std::nullopt);

    auto control = controlOf(Reply{}.message());
    control[18] = 0xff; // of the message
    EXPECT_EQ(modelIn(control), std::nullopt);

    auto wide = replyOf(2);
    wide.parameters[4] += '\0';
    EXPECT_EQ(modelIn(controlOf(wide.message())), std::nullopt);
}

TEST(TheReplyToIdentify, IsNotBelievedWhenItIsTheRequest) {
    EXPECT_EQ(modelIn(identifyRequest()), std::nullopt);
    EXPECT_EQ(modelIn(FirmwareControl{}), std::nullopt);
}

TEST(TheChildThatIdentifies, FailsOnWhatIsNoChip) {
    const TemporaryDirectory base;
    writeFile(base.path() / "hailo0", "a file");

    EXPECT_EQ(identifyChip((base.path() / "hailo0").c_str()), 1);
    EXPECT_EQ(identifyChip((base.path() / "hailo1").c_str()), 1);
    EXPECT_EQ(identifyChip("/dev/null"), 1);
}

} // namespace
} // namespace hdp::testing
