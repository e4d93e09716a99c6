// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/files/directory_watch.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/loop_runner.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp::testing {

/// One watch on a folder that is not there at first, and what it reports.
class DirectoryWatchTest : public ::testing::Test {
  protected:
    using Change = DirectoryWatch::Change;
    using Report = std::pair<Change, std::string>;

    void watch(const std::filesystem::path& path) {
        watch_ = std::make_unique<DirectoryWatch>(
            inotify, path, [this](Change change, std::string_view name) {
                reports.emplace_back(change, std::string{name});
            });
    }

    /// Waits for a report, and forgets all those up to now.
    bool hears(Change change, const std::string& name = {}) {
        const Report wanted{change, name};
        const bool heard =
            runUntil(loop, [&] { return std::ranges::find(reports, wanted) != reports.end(); });
        reports.clear();
        return heard;
    }

    /// That the folder itself is watched, and not one above it.
    bool hearsOfNewFiles() {
        writeFile(folder / "proof", "");
        const bool heard = hears(Change::Created, "proof");
        std::filesystem::remove(folder / "proof");
        return heard && hears(Change::Deleted, "proof");
    }

    TemporaryDirectory base;
    std::filesystem::path folder = base.path() / "folder";
    boost::asio::io_context loop;
    Inotify inotify{loop};
    std::unique_ptr<DirectoryWatch> watch_;
    std::vector<Report> reports;
};

} // namespace hdp::testing
