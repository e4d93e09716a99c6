// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/reloader.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/daemon/config/config_test.hpp"
#include "tests/support/loop_runner.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class ReloaderTest : public ConfigTest {
  protected:
    /// Begins with what is in the file now.
    void start() {
        reloader.emplace(
            loop, inotify, sources, config::load(sources),
            config::Reloader::Reactions{
                [this](const Options& options) { applied.push_back(options); },
                [this](const config::Configuration& next) { renewals.push_back(next); }});
    }

    void startWith(std::string_view text) {
        write(text);
        start();
    }

    /// Puts a new file in the place of the old one, as most editors do.
    void replace(std::string_view text) const {
        writeFile(folder.path() / "new", text);
        fs::rename(folder.path() / "new", sources.file);
    }

    bool says(std::string_view words, std::size_t times = 1) {
        return runUntil(loop, [&] { return log.count(words) >= times; });
    }

    CapturedLog log;
    boost::asio::io_context loop;
    Inotify inotify{loop};
    std::vector<Options> applied;
    std::vector<config::Configuration> renewals;
    std::optional<config::Reloader> reloader;
};

using AReloader = ReloaderTest;

TEST_F(AReloader, AppliesAFileThatIsWrittenOver) {
    startWith("health: {interval: 1}\n");

    write("health: {interval: 2}\nlog: {level: debug}\n");

    ASSERT_TRUE(says("config-applied"));
    ASSERT_THAT(applied, SizeIs(1));
    EXPECT_EQ(applied[0].healthInterval, std::chrono::seconds{2});
    EXPECT_EQ(applied[0].logLevel, log::Level::Debug);
    EXPECT_TRUE(
        says("health.interval is \"2\" instead of \"1\"; log.level is \"debug\" instead of "
             "\"info\"  HAILO_EVENT=config-applied  HAILO_CONFIG=health.interval,log.level"));
    EXPECT_THAT(renewals, IsEmpty());
}

/// The moment at which a file would be read can be one at which somebody has just emptied it.
TEST_F(AReloader, DoesNotReadAFileThatIsBeingWritten) {
    startWith("health: {interval: 1}\n");
    const int file = ::open(sources.file.c_str(), O_WRONLY | O_TRUNC | O_CLOEXEC);
    const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds{300};
    while (std::chrono::steady_clock::now() < end) {
        ASSERT_EQ(::futimens(file, nullptr), 0);
        runReady(loop);
    }
    const std::string_view text = "health: {interval: 2}\n";
    ASSERT_EQ(::write(file, text.data(), text.size()), static_cast<ssize_t>(text.size()));
    ::close(file);

    ASSERT_TRUE(says("config-applied"));
    ASSERT_THAT(applied, SizeIs(1));
    EXPECT_EQ(applied[0].healthInterval, std::chrono::seconds{2});
}

TEST_F(AReloader, AppliesAFileThatTakesTheOldOnesPlace) {
    startWith("health: {interval: 1}\n");

    replace("health: {interval: 2}\n");

    EXPECT_TRUE(says("config-applied"));
}

TEST_F(AReloader, AppliesAFileThatAppearsWhereNoneWas) {
    sources.isFileNamed = false;
    sources.file = folder.path() / "etc" / "config.yaml";
    start();

    fs::create_directory(sources.file.parent_path());
    write("health: {interval: 2}\n");

    EXPECT_TRUE(says("config-applied"));
}

TEST_F(AReloader, FollowsAConfigMap) {
    const auto version = [this](const std::string& name, std::string_view text) {
        fs::create_directory(folder.path() / name);
        writeFile(folder.path() / name / "config.yaml", text);
        fs::create_directory_symlink(name, folder.path() / "..data_tmp");
        fs::rename(folder.path() / "..data_tmp", folder.path() / "..data");
    };
    version("..2026_01", "health: {interval: 1}\n");
    fs::create_symlink("..data/config.yaml", sources.file);
    start();

    version("..2026_02", "health: {interval: 2}\n");
    ASSERT_TRUE(says("config-applied"));
    fs::remove_all(folder.path() / "..2026_01");
    version("..2026_03", "health: {interval: 3}\n");

    ASSERT_TRUE(says("config-applied", 2));
    EXPECT_EQ(applied.at(1).healthInterval, std::chrono::seconds{3});
}

TEST_F(AReloader, NoticesAChangeThatNobodyWatched) {
    write("health: {interval: 1}\n");
    auto before = config::load(sources);
    write("health: {interval: 2}\n");
    reloader.emplace(loop, inotify, sources, std::move(before),
                     config::Reloader::Reactions{
                         [this](const Options& options) { applied.push_back(options); }, {}});

    EXPECT_TRUE(says("config-applied"));
}

TEST_F(AReloader, RefusesABadFileOnceAndKeepsTheOldConfiguration) {
    startWith("health: {interval: 1}\n");

    write("health: {interval: soon}\n");
    ASSERT_TRUE(says("config-refused"));
    EXPECT_TRUE(
        says(sources.file.string() + ":1: health.interval: \"soon\" is not a whole number"));
    writeFile(folder.path() / "beside", "");
    write("health: {interval: 2}\n");

    ASSERT_TRUE(says("config-applied"));
    EXPECT_TRUE(says("\"2\" instead of \"1\""));
    EXPECT_EQ(log.count("config-refused"), 1U);
    EXPECT_THAT(applied, SizeIs(1));
}

TEST_F(AReloader, SaysThatAMendedFileChangesNothing) {
    startWith("health: {interval: 1}\n");
    write("health: {\n");
    ASSERT_TRUE(says("config-refused"));

    write("health: {interval: 1}\n");

    EXPECT_TRUE(says("config-unchanged"));
    EXPECT_THAT(applied, IsEmpty());
}

TEST_F(AReloader, KeepsTheOldConfigurationWhenTheFileIsGone) {
    for (const bool isNamed : {true, false}) {
        sources.isFileNamed = isNamed;
        startWith("health: {interval: 1}\n");
        const auto before = log.count("config-refused");

        fs::remove(sources.file);

        EXPECT_TRUE(says("config-refused", before + 1));
        EXPECT_THAT(applied, IsEmpty());
        reloader.reset();
    }
}

TEST_F(AReloader, LetsFlagsAndVariablesStayStronger) {
    sources.flags = {{"--health-interval", {"5"}}};
    startWith("health: {interval: 1}\n");

    write("health: {interval: 2}\nkubelet: {tombstone-grace: 3}\n");

    ASSERT_TRUE(says("config-applied"));
    EXPECT_EQ(applied.at(0).healthInterval, std::chrono::seconds{5});
    EXPECT_EQ(log.count("health.interval"), 0U);
}

TEST_F(AReloader, AsksForAnotherDaemonWhereASettingNeedsOne) {
    startWith("cdi: {kind: a.ai/xx}\n");

    write("cdi: {kind: b.ai/yy}\nhealth: {interval: 2}\n");

    ASSERT_TRUE(says("config-renewal"));
    EXPECT_TRUE(says("HAILO_CONFIG=cdi.kind,health.interval"));
    ASSERT_THAT(renewals, SizeIs(1));
    EXPECT_EQ(renewals[0].options.cdiKind, "b.ai/yy");
    EXPECT_THAT(applied, IsEmpty());
}

TEST_F(AReloader, AnswersAHangupEvenWhenNothingChanged) {
    startWith("health: {interval: 1}\n");

    ASSERT_EQ(std::raise(SIGHUP), 0);
    EXPECT_TRUE(says("config-unchanged"));
    write("health: {interval: soon}\n");
    ASSERT_EQ(std::raise(SIGHUP), 0);
    ASSERT_TRUE(says("config-refused"));
    ASSERT_EQ(std::raise(SIGHUP), 0);

    EXPECT_TRUE(says("config-refused", 2));
}

TEST_F(AReloader, WaitsForNothingWhenItIsStopped) {
    startWith("health: {interval: 1}\n");

    reloader->stop();
    inotify.stop();

    loop.run_for(std::chrono::seconds{10});
    EXPECT_TRUE(loop.stopped()) << "something was waited for";
}

} // namespace
} // namespace hdp::testing
