// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/nearest.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace hdp::config {

namespace {

// No key is nearly as long, and the work grows with the square.
constexpr std::size_t longest = 100;

using Row = std::vector<std::size_t>;

/// The distances of the first i characters of the left to all beginnings of the right one.
Row nextRow(const Row& before,
            const Row& last,
            std::string_view left,
            std::string_view right,
            std::size_t i) {
    Row row(right.size() + 1, i);
    for (std::size_t j = 1; j <= right.size(); ++j) {
        const std::size_t replacement = left[i - 1] == right[j - 1] ? 0 : 1;
        row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + replacement});
        const bool isSwap =
            i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1];
        if (isSwap) {
            row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row;
}

} // namespace

std::size_t editDistance(std::string_view left, std::string_view right) {
    Row before;
    Row last(right.size() + 1);
    std::iota(last.begin(), last.end(), 0U);
    for (std::size_t i = 1; i <= left.size(); ++i) {
        auto row = nextRow(before, last, left, right, i);
        before = std::exchange(last, std::move(row));
    }
    return last.back();
}

std::string nearest(std::string_view word, const std::vector<std::string>& candidates) {
    constexpr std::size_t tolerance = 3;
    std::string best;
    std::size_t least = word.size() / tolerance + 1;
    for (const auto& candidate : word.size() > longest ? std::vector<std::string>{} : candidates) {
        const auto distance = editDistance(word, candidate);
        if (distance < least || (best.empty() && distance == least)) {
            best = candidate;
            least = distance;
        }
    }
    return best;
}

std::string suggestion(std::string_view word, const std::vector<std::string>& candidates) {
    const auto best = nearest(word, candidates);
    return best.empty() ? best : "; did you mean " + best + "?";
}

} // namespace hdp::config
