// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// How many bytes a body was said to have, and how many of them came: all or none.
struct Length {
    std::size_t told = 0;
    std::size_t came = 0;
};

/// What a strict client of HTTP/1.1 makes of a server's bytes.
struct Answers {
    std::vector<unsigned> statuses;
    std::vector<Length> lengths;
    bool isFeed = false;     ///< the last answer has no end
    std::size_t last = 0;    ///< where the last answer begins
    std::string_view rest{}; ///< what follows it
};

/// Requires that the bytes are whole answers, one after the other, each with the headers that all
/// of ours have, and that a body has the length that was told or is left out, as for HEAD.
Answers answersIn(std::string_view bytes);

} // namespace hdp::testing
