// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/ip/tcp.hpp>

#include <string>

namespace hdp::config {

/// Reads "127.0.0.1:9182", "[::1]:9182" or, as $(POD_IP):9182 may expand to, "fd00::1:9182": what
/// follows the last colon is the port. No host names, because to resolve one may take for ever.
/// Throws std::invalid_argument with one sentence.
boost::asio::ip::tcp::endpoint parseListenAddress(const std::string& text);

} // namespace hdp::config
