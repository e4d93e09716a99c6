// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/builders.hpp"
#include "tests/daemon/plugin/raw_connection.hpp"
#include "tests/daemon/plugin/served_plugin.hpp"
#include "tests/daemon/plugin/stream_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

namespace hdp::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto firstId = "0000:01:00.0";
constexpr auto firstHealthy = "0000:01:00.0 Healthy";
constexpr auto firstUnhealthy = "0000:01:00.0 Unhealthy";

/// So many chips that a few of their lists are more than a connection holds for a reader who
/// sleeps.
std::vector<hotplug::Device> manyChips() {
    std::vector<hotplug::Device> chips;
    for (unsigned domain = 0; domain < 10'000; ++domain) {
        chips.push_back(chip(fmt::format("{:04x}:01:00.0", domain)));
    }
    return chips;
}

class ListAndWatchTest : public ServedPlugin {
  protected:
    bool isOpen(std::size_t number) {
        return waitFor([this, number] { return opened.size() >= number; });
    }
};

using AListAndWatchStream = ListAndWatchTest;

TEST_F(AListAndWatchStream, SendsTheNewestListAtOnce) {
    plug({chip(firstId)});
    const StreamReader reader{connect()};

    EXPECT_THAT(listAfter(reader, 1), ElementsAre(firstHealthy));
}

TEST_F(AListAndWatchStream, SendsAnEmptyListWhenThereIsNoChip) {
    plug({});
    const StreamReader reader{connect()};

    EXPECT_THAT(listAfter(reader, 1), IsEmpty());
}

TEST_F(AListAndWatchStream, SendsEachChange) {
    plug({chip(firstId)});
    const StreamReader reader{connect()};
    EXPECT_THAT(listAfter(reader, 1), ElementsAre(firstHealthy));
    plug({});
    EXPECT_THAT(listAfter(reader, 2), ElementsAre(firstUnhealthy));
    plug({chip(firstId, 1)});
    EXPECT_THAT(listAfter(reader, 3), ElementsAre(firstHealthy));
}

TEST_F(AListAndWatchStream, WaitsForTheFirstLook) {
    const StreamReader reader{connect()};
    ASSERT_TRUE(isOpen(1));
    EXPECT_EQ(reader.count(), 0U);
    plug({chip(firstId)});

    EXPECT_THAT(listAfter(reader, 1), ElementsAre(firstHealthy));
}

TEST_F(AListAndWatchStream, SendsTheNewestOnlyOfWhatChangedWhileAMessageWasOnItsWay) {
    const StreamReader reader{connect()};
    ASSERT_TRUE(isOpen(1));
    // The loop does not turn meanwhile, so the first message is on its way all the time.
    for (unsigned index = 0; index < 50; ++index) {
        plug({chip(firstId, index)});
    }
    plug({});
    EXPECT_THAT(listAfter(reader, 2), ElementsAre(firstUnhealthy));
    plug({chip(firstId)});
    EXPECT_THAT(listAfter(reader, 3), ElementsAre(firstHealthy));

    EXPECT_EQ(reader.count(), 3U);
}

TEST_F(AListAndWatchStream, SparesASlowReaderWhatIsOutOfDate) {
    StreamReader slow{connect(), StreamReader::Pace::OnDemand};
    const StreamReader eager{connect()};
    ASSERT_TRUE(isOpen(2));
    constexpr std::size_t changes = 40;
    const auto many = snapshotOf(manyChips());
    for (std::size_t change = 1; change <= changes; ++change) {
        streams.onInventory(many);
        ASSERT_TRUE(waitFor([&] { return eager.count() == change; }));
    }
    streams.onInventory(snapshotOf({chip(firstId)}));
    ASSERT_TRUE(waitFor([&] { return eager.count() == changes + 1; }));
    slow.readOn();

    ASSERT_TRUE(waitFor([&] { return slow.newest().devices_size() == 1; }));
    EXPECT_LT(slow.count(), changes / 2);
}

TEST_F(AListAndWatchStream, FeedsTwoReaders) {
    const StreamReader first{connect()};
    const StreamReader second{connect()};
    ASSERT_TRUE(isOpen(2));
    plug({chip(firstId)});
    EXPECT_THAT(listAfter(first, 1), ElementsAre(firstHealthy));
    EXPECT_THAT(listAfter(second, 1), ElementsAre(firstHealthy));
    plug({});
    EXPECT_THAT(listAfter(first, 2), ElementsAre(firstUnhealthy));
    EXPECT_THAT(listAfter(second, 2), ElementsAre(firstUnhealthy));
}

TEST_F(AListAndWatchStream, IsCountedFromOne) {
    EXPECT_EQ(streams.newest(), 0U);
    const StreamReader first{connect()};
    ASSERT_TRUE(isOpen(1));
    const StreamReader second{connect()};
    ASSERT_TRUE(isOpen(2));

    EXPECT_THAT(opened, ElementsAre(1, 2));
    EXPECT_EQ(streams.newest(), 2U);
}

TEST_F(AListAndWatchStream, LeavesTheOthersAloneWhenItsReaderGoesAway) {
    plug({chip(firstId)});
    const StreamReader staying{connect()};
    ASSERT_TRUE(isOpen(1));
    StreamReader leaving{connect()};
    ASSERT_TRUE(isOpen(2));
    leaving.cancel();
    ASSERT_TRUE(waitFor([this] { return !ended.empty(); }));
    plug({});

    EXPECT_THAT(ended, ElementsAre(2));
    EXPECT_THAT(listAfter(staying, 2), ElementsAre(firstUnhealthy));
    EXPECT_FALSE(staying.status());
}

TEST_F(AListAndWatchStream, SurvivesAReaderThatGoesAwayWithoutReading) {
    {
        const StreamReader leaving{connect(), StreamReader::Pace::OnDemand};
        ASSERT_TRUE(isOpen(1));
        for (int change = 0; change < 10; ++change) {
            streams.onInventory(snapshotOf(manyChips()));
        }
    }
    EXPECT_TRUE(waitFor([this] { return !ended.empty(); }));
}

TEST_F(AListAndWatchStream, EndsAsUnavailableWhenTheDaemonStops) {
    plug({chip(firstId)});
    const StreamReader first{connect()};
    const StreamReader second{connect()};
    ASSERT_TRUE(isOpen(2));
    streams.close();

    EXPECT_EQ(endOf(first), grpc::StatusCode::UNAVAILABLE);
    EXPECT_EQ(endOf(second), grpc::StatusCode::UNAVAILABLE);
    EXPECT_TRUE(waitFor([this] { return ended.size() == 2; }));
}

TEST_F(AListAndWatchStream, EndsAsSoonAsItComesWhenTheDaemonIsStopping) {
    plug({chip(firstId)});
    streams.close();
    const StreamReader late{connect()};

    EXPECT_EQ(endOf(late), grpc::StatusCode::UNAVAILABLE);
    EXPECT_THAT(opened, IsEmpty());
    EXPECT_EQ(late.count(), 0U);
}

TEST_F(AListAndWatchStream, EndsOnceEvenIfItIsTornFromBothSides) {
    std::vector<std::unique_ptr<StreamReader>> readers;
    for (std::size_t number = 1; number <= 8; ++number) {
        readers.push_back(std::make_unique<StreamReader>(connect()));
        ASSERT_TRUE(isOpen(number));
    }
    for (const auto& reader : readers) {
        reader->cancel();
    }
    streams.close();

    EXPECT_TRUE(waitFor([this] { return ended.size() == 8; }));
}

TEST_F(AListAndWatchStream, ChurnsWithoutLosingCount) {
    plug({chip(firstId)});
    for (int round = 0; round < 30; ++round) {
        StreamReader reader{connect()};
        EXPECT_THAT(listAfter(reader, 1), ElementsAre(firstHealthy));
    }

    EXPECT_TRUE(waitFor([this] { return ended.size() == 30; }));
    // Streams end on several threads of gRPC, so in any order, but each of them once.
    EXPECT_THAT(ended, ::testing::UnorderedElementsAreArray(opened));
}

} // namespace
} // namespace hdp::testing
