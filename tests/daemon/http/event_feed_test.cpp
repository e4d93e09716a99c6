// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/event_feed.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::http {
namespace {

class Ear final : public EventFeed::Listener {
  public:
    explicit Ear(EventFeed& feed, EventFeed::Listener* sendsAway = nullptr)
        : feed_(feed), sendsAway_(sendsAway) {}

    void onNews() override {
        ++heard;
        if (sendsAway_ != nullptr) {
            feed_.leave(*sendsAway_);
            feed_.leave(*this);
        }
    }

    int heard = 0;

  private:
    EventFeed& feed_;
    EventFeed::Listener* sendsAway_;
};

class EventFeedTest : public ::testing::Test {
  protected:
    int made = 0;
    EventFeed feed{[this] { return "{\"number\":" + std::to_string(++made) + "}"; }};
};

using AnEventFeed = EventFeedTest;

TEST_F(AnEventFeed, MakesOneMessageForAllWhoListen) {
    EXPECT_EQ(*feed.message(), "data: {\"number\":1}\n\n");
    EXPECT_EQ(*feed.message(), "data: {\"number\":1}\n\n");
    feed.tell();
    EXPECT_EQ(*feed.message(), "data: {\"number\":2}\n\n");
}

TEST_F(AnEventFeed, MakesNoMessageThatNobodyWants) {
    feed.tell();
    feed.tell();

    EXPECT_EQ(made, 0);
}

TEST_F(AnEventFeed, TellsWhoListens) {
    Ear stays{feed};
    Ear leaves{feed};
    feed.join(stays);
    feed.join(leaves);
    feed.tell();
    feed.leave(leaves);
    feed.tell();

    EXPECT_EQ(stays.heard, 2);
    EXPECT_EQ(leaves.heard, 1);
}

TEST_F(AnEventFeed, BearsThatListenersLeaveWhileItTells) {
    Ear first{feed};
    Ear second{feed, &first};
    feed.join(first);
    feed.join(second);

    feed.tell();

    EXPECT_FALSE(feed.hasListeners());
    EXPECT_LE(first.heard, 1);
}

} // namespace
} // namespace hdp::http
