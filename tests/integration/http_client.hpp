// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/daemon_process.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace hdp::testing {

/// The port of 127.0.0.1 at which the daemon says that its status is; waits for that. 0 if it does
/// not say so.
std::uint16_t httpPortOf(DaemonProcess& daemon);

/// One connection over TCP to a daemon, which sends any bytes. Reading has the patience of
/// DaemonProcess.
class HttpClient {
  public:
    /// Throws std::system_error named after the call.
    explicit HttpClient(std::uint16_t port);
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;
    ~HttpClient();

    /// False if the daemon does not take it any more.
    [[nodiscard]] bool send(std::string_view bytes) const;

    /// Everything until the text comes, or the end of the connection.
    std::string readUntil(std::string_view text);

    /// So many bytes, or fewer if the connection ends.
    std::string readBytes(std::size_t count);

    /// Everything until the end of the connection.
    std::string readAll();

    /// Whether the daemon has closed it, which is waited for.
    [[nodiscard]] bool isClosed();

  private:
    int descriptor_;
    std::string read_; ///< and not asked for yet
};

/// A port of 127.0.0.1 on which somebody else listens.
class TakenPort {
  public:
    TakenPort();
    TakenPort(const TakenPort&) = delete;
    TakenPort& operator=(const TakenPort&) = delete;
    ~TakenPort();

    [[nodiscard]] std::uint16_t number() const { return number_; }

  private:
    int descriptor_;
    std::uint16_t number_ = 0;
};

/// An answer, apart.
struct HttpAnswer {
    int status = 0; ///< 0: none came
    std::string header;
    std::string body;
};

/// Asks on a connection of its own.
HttpAnswer request(std::uint16_t port, std::string_view target, std::string_view method = "GET");

} // namespace hdp::testing
