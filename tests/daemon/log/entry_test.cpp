// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/entry.hpp"
#include "daemon/log/format.hpp"
#include "daemon/log/journal_fields.hpp"
#include "daemon/log/lines.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cstddef>
#include <random>
#include <string>

namespace hdp::testing {
namespace {

using log::Format;

const std::chrono::system_clock::time_point moment{std::chrono::milliseconds{1'790'000'000'123}};

log::Entry entryOf(std::string_view message) {
    return {.level = log::Level::Warning,
            .message = log::printable(message),
            .fields = {{"HAILO_EVENT", "device"}, {"HAILO_DEVICE", "0000:01:00.0"}}};
}

TEST(PrintableWords, KeepLettersOfAllLanguages) {
    EXPECT_EQ(log::printable("Gerät → 芯片 🙂"), "Gerät → 芯片 🙂");
}

TEST(PrintableWords, SpellOutControlCharacters) {
    EXPECT_EQ(log::printable(std::string("\0\n\x1b\x7f", 4)), R"(\x00\x0a\x1b\x7f)");
    // CSI in one character, as some terminals take it.
    EXPECT_EQ(log::printable("\xc2\x9b"
                             "31m"),
              R"(\xc2\x9b31m)");
}

TEST(PrintableWords, SpellOutWhatIsNoUtf8) {
    EXPECT_EQ(log::printable("\xff"), R"(\xff)");
    EXPECT_EQ(log::printable("\xc3"), R"(\xc3)");
    EXPECT_EQ(log::printable("\xc3("), R"(\xc3()");
    EXPECT_EQ(log::printable("\xc0\xaf"), R"(\xc0\xaf)");
    EXPECT_EQ(log::printable("\xed\xa0\x80"), R"(\xed\xa0\x80)");
    EXPECT_EQ(log::printable("\xf4\x90\x80\x80"), R"(\xf4\x90\x80\x80)");
}

TEST(ALineOfText, EndsInTheFields) {
    EXPECT_EQ(log::textLine(entryOf("words")),
              "words  HAILO_EVENT=device  HAILO_DEVICE=0000:01:00.0");
}

TEST(ALineOfJson, HasTheEntrysParts) {
    const auto json = nlohmann::json::parse(log::jsonLine(entryOf(R"(say "\n")"), moment));

    EXPECT_EQ(json.at("time"), "2026-09-21T14:13:20.123Z");
    EXPECT_EQ(json.at("level"), "warning");
    EXPECT_EQ(json.at("message"), R"(say "\n")");
    EXPECT_EQ(json.at("HAILO_EVENT"), "device");
    EXPECT_EQ(json.at("HAILO_DEVICE"), "0000:01:00.0");
    EXPECT_EQ(json.size(), 5U);
}

TEST(ALineOfJson, IsValidWhateverBytesComeIn) {
    std::mt19937 dice{7}; // NOLINT(cert-msc51-cpp): the same bytes each time
    for (int round = 0; round < 2000; ++round) {
        std::string bytes(dice() % 24, '\0');
        for (auto& byte : bytes) {
            byte = static_cast<char>(dice());
        }
        const auto line = log::jsonLine(entryOf(bytes), moment);
        EXPECT_TRUE(nlohmann::json::accept(line)) << line;
        EXPECT_EQ(line.find('\n'), std::string::npos);
    }
}

TEST(AnEntryForTheJournal, HasTheJournalsFields) {
    EXPECT_EQ(log::journalEntry(entryOf("words")).datagram(),
              "MESSAGE=words\nPRIORITY=4\nSYSLOG_IDENTIFIER=hailo-device-plugin\nMESSAGE_ID=" +
                  log::messageIdOf("device") + "\nHAILO_EVENT=device\nHAILO_DEVICE=0000:01:00.0\n");
}

TEST(AMessageId, IsTheSameForEver) {
    EXPECT_EQ(log::messageIdOf("registration"), "80a4b3851a325146af20e2696777f727");
    EXPECT_NE(log::messageIdOf("device"), log::messageIdOf("registration"));
}

TEST(TheAutomaticFormat, SuitsWhereStandardErrorLeads) {
    EXPECT_EQ(chosen(Format::Automatic, {.isJournal = true}), Format::Journal);
    EXPECT_EQ(chosen(Format::Automatic, {.isTerminal = true}), Format::Text);
    EXPECT_EQ(chosen(Format::Automatic, {.isPod = true}), Format::Json);
    EXPECT_EQ(chosen(Format::Automatic, {.isTerminal = true, .isPod = true}), Format::Text);
    EXPECT_EQ(chosen(Format::Automatic, {}), Format::Text);
}

TEST(AFormat, StandsForItselfWhenItIsNamed) {
    for (const auto format : {Format::Text, Format::Json, Format::Journal}) {
        EXPECT_EQ(chosen(format, {.isJournal = true, .isTerminal = true, .isPod = true}), format);
    }
}

} // namespace
} // namespace hdp::testing
