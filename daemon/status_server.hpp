// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/status/facts.hpp"
#include "daemon/status/history.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>

namespace hdp {

/// What the daemon tells over HTTP: whether it lives and is ready, metrics, chips, and a page for
/// people. Off where no address is configured. A port that cannot be had is said once, and the
/// daemon does without until verify() finds it free. In a build without HTTP nothing is told, which
/// is said where an address is configured. Loop thread only.
class StatusServer {
  public:
    struct Sources {
        std::function<status::Facts()> facts;
        std::function<void()> onInterest; ///< somebody wants to know the facts, now and soon again
        status::History& history;         ///< must outlive the server
    };

    /// The address is what the setting http.listen is, and may be empty.
    StatusServer(boost::asio::io_context& loop, const std::string& address, Sources sources);
    StatusServer(const StatusServer&) = delete;
    StatusServer& operator=(const StatusServer&) = delete;
    ~StatusServer();

    /// Listens unless it does.
    void verify();

    /// The facts are others: pages that are open show it.
    void tell();

    /// Ends all connections.
    void stop();

  private:
    struct Parts;

    std::unique_ptr<Parts> parts_; ///< null: off
};

} // namespace hdp
