// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/listen_address.hpp"

#include "cdi/text.hpp"

#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string_view>

namespace hdp::config {

namespace {

std::optional<std::uint16_t> portIn(std::string_view text) {
    std::uint16_t port = 0;
    const auto* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, port);
    const bool isNumber = result.ec == std::errc{} && result.ptr == end;
    return isNumber ? std::optional{port} : std::nullopt;
}

std::string_view withoutBrackets(std::string_view host) {
    const bool hasBrackets = host.size() > 1 && host.front() == '[' && host.back() == ']';
    return hasBrackets ? host.substr(1, host.size() - 2) : host;
}

} // namespace

boost::asio::ip::tcp::endpoint parseListenAddress(const std::string& text) {
    const std::string_view all{text};
    const auto colon = all.rfind(':');
    if (colon != std::string_view::npos) {
        boost::system::error_code error;
        const auto address =
            boost::asio::ip::make_address(withoutBrackets(all.substr(0, colon)), error);
        const auto port = portIn(all.substr(colon + 1));
        if (!error && port) {
            return {address, *port};
        }
    }
    throw std::invalid_argument(cdi::inQuotes(text) +
                                " is no address and port, as in 127.0.0.1:9182 or [::]:9182");
}

} // namespace hdp::config
