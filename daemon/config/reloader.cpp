// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/reloader.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <stdexcept>
#include <system_error>
#include <utility>

namespace hdp::config {

namespace {

using namespace std::chrono_literals;

// A writer that is not atomic makes several events; the first of them shows half a file.
constexpr auto settleTime = 100ms;

/// A file that is written in place is empty for a moment, which means the defaults.
bool isBeingWritten(const std::filesystem::path& file) {
    std::error_code absent;
    const auto written = std::filesystem::last_write_time(file, absent);
    const auto age = std::filesystem::file_time_type::clock::now() - written;
    return !absent && age >= 0s && age < settleTime;
}

std::string keysOf(const std::vector<const Setting*>& changed) {
    std::string keys;
    for (const auto* setting : changed) {
        keys += (keys.empty() ? "" : ",") + setting->words.key;
    }
    return keys;
}

} // namespace

Reloader::Reloader(boost::asio::io_context& loop,
                   Inotify& inotify,
                   Sources sources,
                   Configuration configuration,
                   Reactions reactions)
    : sources_(std::move(sources)),
      inForce_(std::move(configuration)),
      reactions_(std::move(reactions)),
      hangup_(loop, SIGHUP),
      settled_(loop) {
    watch_.emplace(inotify, std::filesystem::absolute(sources_.file).parent_path(),
                   [this](DirectoryWatch::Change, std::string_view) { readSoon(); });
    if (!watch_->problem().empty()) {
        log::error("a change of " + sources_.file.string() +
                       " is noticed on SIGHUP only: " + watch_->problem(),
                   {{"HAILO_EVENT", "watch-failure"}});
    }
    awaitHangup();
    readSoon();
}

void Reloader::verify() {
    if (watch_) {
        watch_->verify();
    }
}

void Reloader::stop() {
    stopped_ = true;
    watch_.reset();
    settled_.cancel();
    hangup_.cancel();
}

void Reloader::awaitHangup() {
    hangup_.async_wait([this](const boost::system::error_code& error, int) {
        if (!error && !stopped_) {
            awaitHangup();
            answer();
        }
    });
}

void Reloader::answer() {
    reactions_.begin();
    read(Occasion::Request);
    if (!stopped_) {
        reactions_.end();
    }
}

void Reloader::readSoon() {
    settled_.expires_after(settleTime);
    settled_.async_wait([this](const boost::system::error_code& error) {
        if (error || stopped_) {
            return;
        }
        if (isBeingWritten(sources_.file)) {
            readSoon();
        } else {
            read(Occasion::Change);
        }
    });
}

void Reloader::read(Occasion occasion) {
    try {
        auto next = load(sources_);
        if (inForce_.fileText && !next.fileText) {
            return refuse(sources_.file.string() + ": the file is gone", occasion);
        }
        consider(std::move(next), occasion);
    } catch (const std::invalid_argument& error) {
        refuse(error.what(), occasion);
    }
}

void Reloader::consider(Configuration next, Occasion occasion) {
    const bool wasRefused = !std::exchange(lastRefusal_, {}).empty();
    const auto changed = differences(inForce_.options, next.options);
    if (changed.empty()) {
        reactions_.onRead(Outcome::Unchanged);
        inForce_ = std::move(next);
        if (wasRefused || occasion == Occasion::Request) {
            log::info(sources_.file.string() + " was read; nothing in force changes",
                      {{"HAILO_EVENT", "config-unchanged"}});
        }
        return;
    }
    const auto changes = describe(changed, next.options);
    if (std::ranges::all_of(changed, &Setting::isLive)) {
        return apply(std::move(next), changes);
    }
    log::info("beginning anew with another configuration: " + changes,
              {{"HAILO_EVENT", "config-renewal"}, {"HAILO_CONFIG", keysOf(changed)}});
    stop();
    reactions_.onRead(Outcome::Renewed);
    reactions_.renew(next);
}

void Reloader::apply(Configuration next, const std::string& changes) {
    const auto keys = keysOf(differences(inForce_.options, next.options));
    const auto tell = [&] {
        log::info("another configuration is in force: " + changes,
                  {{"HAILO_EVENT", "config-applied"}, {"HAILO_CONFIG", keys}});
    };
    // Said at the more talkative of the two levels.
    const bool getsQuieter = next.options.logLevel > inForce_.options.logLevel;
    if (getsQuieter) {
        tell();
    }
    inForce_ = std::move(next);
    reactions_.onRead(Outcome::Applied);
    reactions_.apply(inForce_.options);
    if (!getsQuieter) {
        tell();
    }
}

void Reloader::refuse(const std::string& cause, Occasion occasion) {
    const bool isNews = std::exchange(lastRefusal_, cause) != cause;
    if (isNews || occasion == Occasion::Request) {
        reactions_.onRead(Outcome::Refused);
        log::error("the configuration is refused and the old one stays in force: " + cause,
                   {{"HAILO_EVENT", "config-refused"}});
    }
}

std::string Reloader::describe(const std::vector<const Setting*>& changed,
                               const Options& next) const {
    std::string sentence;
    for (const auto* setting : changed) {
        sentence += (sentence.empty() ? "" : "; ") + setting->words.key + " is \"" +
                    setting->summary(next) + "\" instead of \"" +
                    setting->summary(inForce_.options) + "\"";
    }
    return sentence;
}

} // namespace hdp::config
