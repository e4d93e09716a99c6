// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/standard_error.hpp"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>

#include <fcntl.h>
#include <spdlog/logger.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

class StandardErrorTest : public ::testing::Test {
  protected:
    StandardErrorTest() {
        EXPECT_EQ(::pipe2(pipe_.data(), O_CLOEXEC), 0);
        logger = std::make_shared<spdlog::logger>("test",
                                                  std::make_shared<log::StandardError>(pipe_[1]));
        logger->set_pattern("%v");
    }

    ~StandardErrorTest() override {
        ::close(pipe_[0]);
        ::close(pipe_[1]);
    }

    /// What is in the pipe.
    [[nodiscard]] std::string read() const {
        std::string text(1U << 20U, '\0');
        const auto length = ::read(pipe_[0], text.data(), text.size());
        text.resize(static_cast<std::size_t>(length));
        return text;
    }

    std::shared_ptr<spdlog::logger> logger;

  private:
    std::array<int, 2> pipe_{};
};

using ALogThatNobodyReads = StandardErrorTest;

TEST_F(ALogThatNobodyReads, StopsNobodyAndTellsWhatWasLost) {
    const std::string line(1000, 'x');
    for (int number = 0; number < 1000; ++number) {
        logger->info(line);
    }
    const auto kept = read();
    logger->info("read again");

    EXPECT_LT(kept.size(), 500'000U);
    EXPECT_EQ(kept.size() % 1001, 0U);
    EXPECT_EQ(read(), "hailo-device-plugin: " + std::to_string(1000 - kept.size() / 1001) +
                          " lines of the log were lost here, because nobody read them in time\n"
                          "read again\n");
}

TEST_F(ALogThatNobodyReads, BeginsANewLineAfterOneThatWasCutOff) {
    logger->info(std::string(1'000'000, 'x'));
    const auto kept = read();
    logger->info("read again");

    EXPECT_EQ(kept, std::string(kept.size(), 'x'));
    EXPECT_TRUE(read().starts_with("\nhailo-device-plugin: 1 lines of the log were lost"));
}

TEST_F(ALogThatNobodyReads, IsAllThereWhenItIsRead) {
    for (int number = 0; number < 1000; ++number) {
        logger->info(number);
        EXPECT_EQ(read(), std::to_string(number) + "\n");
    }
}

} // namespace
} // namespace hdp::testing
