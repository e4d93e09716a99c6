// SPDX-License-Identifier: Apache-2.0
#include "daemon/view/text_table.hpp"

#include <algorithm>
#include <cstddef>

namespace hdp {

namespace {

constexpr std::size_t gap = 2;

std::string shown(const std::string& cell) {
    return cell.empty() ? "-" : cell;
}

std::vector<std::size_t> widths(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t column = 0; column < row.size(); ++column) {
            widths[column] = std::max(widths[column], shown(row[column]).size());
        }
    }
    return widths;
}

} // namespace

std::string textTable(const std::vector<std::vector<std::string>>& rows) {
    const auto columns = widths(rows);
    std::string text;
    for (const auto& row : rows) {
        std::string line;
        std::size_t start = 0;
        for (std::size_t column = 0; column < row.size(); ++column) {
            line.resize(start, ' ');
            line += shown(row[column]);
            start += columns[column] + gap;
        }
        text += line + "\n";
    }
    return text;
}

} // namespace hdp
