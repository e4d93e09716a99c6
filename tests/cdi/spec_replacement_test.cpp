// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_file.hpp"
#include "cdi/spec_json.hpp"
#include "tests/cdi/example_specs.hpp"
#include "tests/cdi/spec_file_fixture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::cdi {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::EndsWith;
using testing::get;
using ::testing::IsEmpty;
using testing::put;
using ::testing::StartsWith;

/// Lets no file grow beyond a size, as a full disk would, for root too.
class FileSizeLimit {
  public:
    explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        ::getrlimit(RLIMIT_FSIZE, &former_);
        const rlimit limit{bytes, former_.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }

    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit(FileSizeLimit&&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(FileSizeLimit&&) = delete;

    ~FileSizeLimit() {
        ::setrlimit(RLIMIT_FSIZE, &former_);
        std::signal(SIGXFSZ, handler_);
    }

  private:
    void (*handler_)(int);
    rlimit former_{};
};

using ASpecFile = testing::SpecFileTest;

TEST_F(ASpecFile, KeepsTheOldContentWhenTheDiskIsFull) {
    file().write("old");
    const FileSizeLimit full(16);
    const std::string failure = failureOf([this] { file().write(std::string(17, 'x')); });
    EXPECT_THAT(failure, AllOf(StartsWith("write " + folder_.string()), EndsWith("too large")));
    EXPECT_EQ(file().read(), "old");
    EXPECT_THAT(names(), ElementsAre("hailo.ai-device.json"));
}

TEST_F(ASpecFile, IsFreedOfAbandonedOnesEvenWhenThereIsNothingToChange) {
    file().write("{}");
    put(folder_ / ".hailo.ai-device.json.a1B2c3.tmp", "torn");

    EXPECT_FALSE(file().write("{}"));
    EXPECT_THAT(names(), ElementsAre("hailo.ai-device.json"));

    put(folder_ / ".hailo.ai-device.json.a1B2c3.tmp", "torn");
    file().remove();
    EXPECT_THAT(names(), IsEmpty());
}

TEST_F(ASpecFile, RemovesWhatADeadWriterLeftBehind) {
    put(folder_ / ".hailo.ai-device.json.a1B2c3.tmp", "torn");
    file().write("x");
    EXPECT_THAT(names(), ElementsAre("hailo.ai-device.json"));
}

TEST_F(ASpecFile, LeavesTheTemporaryFileOfALivingWriter) {
    const fs::path living = folder_ / ".hailo.ai-device.json.a1B2c3.tmp";
    put(living, "coming");
    const int descriptor = ::open(living.c_str(), O_RDONLY | O_CLOEXEC);
    ASSERT_EQ(::flock(descriptor, LOCK_EX), 0);
    file().write("x");
    ::close(descriptor);
    EXPECT_TRUE(fs::exists(living));
}

TEST_F(ASpecFile, IsNotOpenedWhereSomethingElseHasItsName) {
    ASSERT_EQ(::mkfifo(file().path().c_str(), 0600), 0);
    const int watch = ::inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    ASSERT_GE(::inotify_add_watch(watch, file().path().c_str(), IN_OPEN), 0);

    EXPECT_EQ(file().read(), std::nullopt);
    file().write("x");

    inotify_event event{}; // the first and last: the pipe is gone
    EXPECT_EQ(::read(watch, &event, sizeof event), static_cast<ssize_t>(sizeof event));
    EXPECT_EQ(event.mask, std::uint32_t{IN_IGNORED}) << "a device would have noticed";
    ::close(watch);
}

TEST_F(ASpecFile, ReplacesAFileOfAnotherUserThatHoldsTheContent) {
    file().write("x");
    if (::chown(file().path().c_str(), 12345, 12345) != 0) {
        GTEST_SKIP() << "only root may give a file away";
    }

    EXPECT_TRUE(file().write("x"));
}

TEST_F(ASpecFile, LeavesTheFilesOfOthersAlone) {
    const std::vector<std::string> others{
        ".hailo.ai-device.json.a1B2c3.tmpx", ".hailo.ai-device.json.tmp",
        ".hailo.ai-device.json.toolong.tmp", ".hailo.ai-camera.json.a1B2c3.tmp",
        "hailo.ai-device.json.a1B2c3.tmp",   "nvidia.com-gpu.json"};
    for (const std::string& name : others) {
        put(folder_ / name, "");
    }
    file().write("x");
    file().remove();
    EXPECT_THAT(names(), ::testing::UnorderedElementsAreArray(others));
}

TEST_F(ASpecFile, IsNeverSeenInPart) {
    const std::string small = toJson(testing::leastSpec());
    const std::string large = toJson(testing::fullSpec());
    file().write(small);
    std::atomic<bool> written = false;
    std::size_t reads = 0;
    std::set<std::string> seen;
    std::thread reader([this, &written, &reads, &seen] {
        for (bool last = false; !last; ++reads) {
            last = written;
            seen.insert(get(file().path()));
        }
    });
    for (int round = 0; round < 500; ++round) {
        file().write(large);
        file().write(small);
    }
    written = true;
    reader.join();
    seen.insert({small, large});
    EXPECT_EQ(seen.size(), 2);
    EXPECT_GT(reads, 1);
}

/// What happens in a folder, as inotify tells: "MOVED_FROM .x.tmp".
class FolderWatch {
  public:
    explicit FolderWatch(const fs::path& folder)
        : inotify_(::inotify_init1(IN_CLOEXEC | IN_NONBLOCK)) {
        ::inotify_add_watch(inotify_, folder.c_str(),
                            IN_CREATE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE);
    }

    FolderWatch(const FolderWatch&) = delete;
    FolderWatch(FolderWatch&&) = delete;
    FolderWatch& operator=(const FolderWatch&) = delete;
    FolderWatch& operator=(FolderWatch&&) = delete;

    ~FolderWatch() { ::close(inotify_); }

    /// All so far, each as the event and whether it concerned a temporary file or which name.
    [[nodiscard]] std::vector<std::pair<unsigned, std::string>> events() const {
        std::vector<std::pair<unsigned, std::string>> events;
        alignas(inotify_event) std::array<char, 65536> buffer{};
        const auto size = ::read(inotify_, buffer.data(), buffer.size());
        for (std::ptrdiff_t at = 0; at < size;) {
            inotify_event event{};
            std::memcpy(&event, &buffer.at(static_cast<std::size_t>(at)), sizeof event);
            const auto name = static_cast<std::size_t>(at) + sizeof event;
            events.emplace_back(event.mask, withoutRandom(&buffer.at(name)));
            at += static_cast<std::ptrdiff_t>(sizeof event + event.len);
        }
        return events;
    }

  private:
    static std::string withoutRandom(const std::string& name) {
        return name.ends_with(".tmp") ? name.substr(0, name.size() - 10) + "XXXXXX.tmp" : name;
    }

    int inotify_;
};

TEST_F(ASpecFile, ArrivesByARenameWithinItsFolder) {
    for (const auto* content : {"first", "second"}) {
        const FolderWatch watch(folder_);
        file().write(content);
        const std::string temporary = ".hailo.ai-device.json.XXXXXX.tmp";
        EXPECT_THAT(watch.events(),
                    ElementsAre(std::pair(IN_CREATE, temporary), std::pair(IN_MODIFY, temporary),
                                std::pair(IN_MOVED_FROM, temporary),
                                std::pair(IN_MOVED_TO, "hailo.ai-device.json")));
    }
}

TEST_F(ASpecFile, CausesNoEventWhenNothingChanges) {
    file().write("x");
    const FolderWatch watch(folder_);
    file().write("x");
    EXPECT_THAT(watch.events(), IsEmpty());
}

} // namespace
} // namespace hdp::cdi
