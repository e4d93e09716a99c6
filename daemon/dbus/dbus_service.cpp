// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/dbus_service.hpp"

#include "daemon/dbus/bus_probe.hpp"
#include "daemon/dbus/bus_socket.hpp"
#include "daemon/dbus/presence.hpp"
#include "daemon/files/directory_watch.hpp"
#include "daemon/log.hpp"

#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <chrono>
#include <exception>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>

namespace hdp {

namespace {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

constexpr auto busPatience = 1s;
constexpr auto shortestPause = 50ms;
// Longer ones are not waited for: the next verify() comes.
constexpr auto longestPause = 5s;
// A machine that has not gone down by then, and whose bus is gone, will not.
constexpr auto longestFarewell = 5min;

} // namespace

/// A bus, or the wait for one.
class DbusService::Parts {
  public:
    Parts(boost::asio::io_context& loop, Inotify& inotify, fs::path socket, Reactions reactions)
        : loop_(loop),
          socket_(std::move(socket)),
          reactions_(std::move(reactions)),
          timer_(loop),
          watch_(inotify,
                 socket_.parent_path(),
                 [this](DirectoryWatch::Change change, std::string_view name) {
                     onFolder(change, name);
                 }) {
        connect();
    }

    void show(const InventoryPtr& inventory) {
        inventory_ = inventory;
        if (presence_) {
            presence_->show(*inventory);
        }
    }

    void verify() {
        watch_.verify();
        connect();
        endFarewell();
    }

  private:
    using Clock = std::chrono::steady_clock;

    void onFolder(DirectoryWatch::Change change, std::string_view name);
    void connect();
    void onProbe(const std::string& error);
    void enter();
    void onLost(const std::string& error);
    void retry(const std::string& error);
    void onGoingDown(bool isGoingDown);
    void endFarewell();
    void say(const std::string& sentence);

    boost::asio::io_context& loop_;
    fs::path socket_;
    Reactions reactions_;
    InventoryPtr inventory_ = std::make_shared<const Inventory>();
    std::string said_;
    bool isGoingDown_ = false;
    Clock::time_point lostAt_;
    Clock::duration pause_ = shortestPause;
    boost::asio::steady_timer timer_;
    std::shared_ptr<bool> isWanted_ = std::make_shared<bool>(true); ///< a handler may be queued
    DirectoryWatch watch_;
    std::optional<dbus::BusProbe> probe_;
    std::optional<dbus::Presence> presence_;
};

void DbusService::Parts::onFolder(DirectoryWatch::Change change, std::string_view name) {
    const bool isSocket = change == DirectoryWatch::Change::Created && name == socket_.filename();
    if (isSocket || change == DirectoryWatch::Change::Reset) {
        pause_ = shortestPause;
        connect();
    }
}

void DbusService::Parts::connect() {
    if (presence_ || probe_) {
        return;
    }
    timer_.cancel();
    std::error_code ignored;
    if (!fs::exists(socket_, ignored)) {
        return say("there is no system bus at " + socket_.string() +
                   "; the daemon works without, and joins it when it comes");
    }
    probe_.emplace(loop_, socket_, busPatience,
                   [this](const std::string& error) { onProbe(error); });
}

void DbusService::Parts::onProbe(const std::string& error) {
    probe_.reset();
    if (!error.empty()) {
        return retry(error);
    }
    enter();
}

void DbusService::Parts::enter() {
    try {
        presence_.emplace(
            loop_, inventory_,
            dbus::Presence::Reactions{reactions_.rescan,
                                      [this](bool isGoingDown) { onGoingDown(isGoingDown); },
                                      [this](const std::string& error) { onLost(error); }});
        pause_ = shortestPause;
        said_.clear();
    } catch (const std::exception& error) {
        retry(error.what());
    }
}

void DbusService::Parts::onLost(const std::string& error) {
    presence_.reset();
    lostAt_ = Clock::now();
    log::info("the system bus is gone (" + error + "); the daemon works without until it returns",
              {{"HAILO_EVENT", "dbus"}});
    retry(error);
}

void DbusService::Parts::retry(const std::string& error) {
    say("the system bus at " + socket_.string() + " cannot be joined: " + error +
        "; the daemon works without, and tries again");
    if (pause_ > longestPause) {
        return;
    }
    timer_.expires_after(std::exchange(pause_, pause_ * 2));
    timer_.async_wait([this, wanted = std::weak_ptr{isWanted_}](const auto& failure) {
        if (!failure && wanted.lock()) {
            connect();
        }
    });
}

void DbusService::Parts::onGoingDown(bool isGoingDown) {
    if (std::exchange(isGoingDown_, isGoingDown) != isGoingDown) {
        reactions_.goingDown(isGoingDown);
    }
}

void DbusService::Parts::endFarewell() {
    // Who says that the machine stays up after all can be heard no more.
    if (isGoingDown_ && !presence_ && Clock::now() - lostAt_ > longestFarewell) {
        onGoingDown(false);
    }
}

void DbusService::Parts::say(const std::string& sentence) {
    if (std::exchange(said_, sentence) != sentence) {
        log::debug(sentence, {{"HAILO_EVENT", "dbus"}});
    }
}

DbusService::DbusService(boost::asio::io_context& loop,
                         Inotify& inotify,
                         DbusMode mode,
                         Reactions reactions) {
    if (mode == DbusMode::Off) {
        return;
    }
    const auto address = dbus::systemBusAddress();
    if (auto socket = dbus::socketIn(address)) {
        parts_ = std::make_unique<Parts>(loop, inotify, *std::move(socket), std::move(reactions));
    } else {
        log::info("the system bus is at " + address +
                      ", which is no unix:path= address, so the daemon does not join it",
                  {{"HAILO_EVENT", "dbus"}});
    }
}

DbusService::~DbusService() = default;

void DbusService::onInventory(const InventoryPtr& inventory) {
    if (parts_) {
        parts_->show(inventory);
    }
}

void DbusService::verify() {
    if (parts_) {
        parts_->verify();
    }
}

void DbusService::stop() {
    parts_.reset();
}

} // namespace hdp
