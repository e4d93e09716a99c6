// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::http {

inline constexpr unsigned statusOk = 200;
inline constexpr unsigned statusBadRequest = 400;
inline constexpr unsigned statusNotFound = 404;
inline constexpr unsigned statusMethodNotAllowed = 405;
inline constexpr unsigned statusHeaderTooLarge = 431;
inline constexpr unsigned statusUnavailable = 503;

inline constexpr std::string_view plainText = "text/plain; charset=utf-8";

/// What a client gets back.
struct Answer {
    unsigned status = statusOk;
    std::string_view contentType = plainText; ///< of a constant
    std::string body{};
    bool isFeed = false; ///< what the EventFeed says follows, for as long as the client listens
};

/// One sentence for a person, and a line break for a terminal.
inline Answer sentence(unsigned status, std::string_view words) {
    return {.status = status, .body = std::string{words} + "\n"};
}

} // namespace hdp::http
