// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/configuration.hpp"
#include "daemon/files/directory_watch.hpp"
#include "daemon/files/inotify.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace hdp::config {

/// Reads the configuration again when something happens in the folder of its file, and on SIGHUP.
/// The folder and not the file is watched, because Kubernetes changes a ConfigMap by renaming a
/// link beside it. What is bad is refused with one line in the log, and the old configuration stays
/// in force; so it does when the file is gone. Loop thread only.
class Reloader {
  public:
    /// What came of reading the configuration.
    enum class Outcome { Unchanged, Applied, Renewed, Refused };

    struct Reactions {
        /// Nothing but live settings changed.
        std::function<void(const Options&)> apply;
        /// Something changed that needs another daemon. Called once; then nothing is read any more.
        std::function<void(const Configuration&)> renew;
        /// Someone asked by SIGHUP; and has the answer, unless it is another daemon's to give.
        std::function<void()> begin = [] {};
        std::function<void()> end = [] {};
        /// Each time that it was read; before the reaction to it.
        std::function<void(Outcome)> onRead = [](Outcome) {};
    };

    /// The configuration is what is in force. Soon after it is compared with the file for the first
    /// time, since that may have changed before anyone watched.
    Reloader(boost::asio::io_context& loop,
             Inotify& inotify,
             Sources sources,
             Configuration configuration,
             Reactions reactions);
    Reloader(const Reloader&) = delete;
    Reloader& operator=(const Reloader&) = delete;
    ~Reloader() = default;

    /// Notices what inotify does not tell: DirectoryWatch::verify.
    void verify();

    /// Nothing is waited for any more. A later SIGHUP is ignored.
    void stop();

  private:
    /// Whether someone asked and waits for an answer.
    enum class Occasion { Change, Request };

    void awaitHangup();
    void answer();
    void readSoon();
    void read(Occasion occasion);
    void consider(Configuration next, Occasion occasion);
    void apply(Configuration next, const std::string& changes);
    void refuse(const std::string& cause, Occasion occasion);
    [[nodiscard]] std::string describe(const std::vector<const Setting*>& changed,
                                       const Options& next) const;

    Sources sources_;
    Configuration inForce_;
    Reactions reactions_;
    std::string lastRefusal_;
    bool stopped_ = false;
    boost::asio::signal_set hangup_;
    boost::asio::steady_timer settled_;
    std::optional<DirectoryWatch> watch_;
};

} // namespace hdp::config
