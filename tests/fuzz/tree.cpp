// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/tree.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <fstream>
#include <system_error>

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace hdp::testing {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t mostLines = 80;
constexpr std::size_t bigSize = 64UL * 1024;

std::string_view take(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

/// Takes one byte, which may be written as an escape.
char takeByte(std::string_view& text) {
    unsigned value = static_cast<unsigned char>(text.front());
    std::size_t length = 1;
    if (text.starts_with("\\n") || text.starts_with("\\\\")) {
        value = text[1] == 'n' ? '\n' : '\\';
        length = 2;
    } else if (text.starts_with("\\x") && text.size() >= 4) {
        std::from_chars(text.data() + 2, text.data() + 4, value, 16);
        length = 4;
    }
    text.remove_prefix(length);
    return static_cast<char>(value);
}

std::string unescaped(std::string_view text) {
    std::string bytes;
    while (!text.empty()) {
        bytes += takeByte(text);
    }
    return bytes;
}

/// A path that stays below the root: nothing for others.
fs::path safe(const std::string& text) {
    const auto path = fs::path{text.substr(0, text.find('\0'))}.lexically_normal().relative_path();
    return path.empty() || *path.begin() == ".." || *path.begin() == "." ? fs::path{} : path;
}

void makeFile(const fs::path& path, std::string_view content) {
    std::ofstream{path, std::ios::binary} << content;
}

/// Takes root; without, there is no node.
void makeNode(const fs::path& path, std::string_view numbers) {
    unsigned number[2]{}; // NOLINT(*-avoid-c-arrays)
    for (auto& each : number) {
        const auto digits = take(numbers, ':');
        std::from_chars(digits.data(), digits.data() + digits.size(), each);
    }
    static_cast<void>(::mknod(path.c_str(), S_IFCHR | 0600U, makedev(number[0], number[1])));
}

} // namespace

Tree::Tree(std::string_view description) {
    std::vector<Line> lines;
    while (!description.empty() && lines.size() < mostLines) {
        lines.push_back(lineOf(take(description, '\n')));
    }
    // Links last, so that nothing is made through one.
    std::ranges::for_each(lines, [this](const Line& line) { make(line); });
    std::ranges::for_each(lines, [this](const Line& line) { makeLink(line); });
}

Tree::Line Tree::lineOf(std::string_view text) {
    const auto kind = take(text, ' ');
    const auto path = take(text, ' ');
    return {std::string{kind}, safe(unescaped(path)), unescaped(text)};
}

void Tree::make(const Line& line) {
    if (line.path.empty() || line.kind == "link") {
        return;
    }
    std::error_code ignored;
    const auto path = root() / line.path;
    fs::create_directories(line.kind == "folder" ? path : path.parent_path(), ignored);
    if (fs::exists(fs::symlink_status(path, ignored))) {
        return;
    }
    if (line.kind == "file") {
        makeFile(path, line.content);
    } else if (line.kind == "big") {
        makeFile(path, std::string(bigSize, line.content.empty() ? '\0' : line.content.front()));
    } else if (line.kind == "pipe") {
        hasPipes_ = ::mkfifo(path.c_str(), 0600) == 0 || hasPipes_;
    } else if (line.kind == "node") {
        makeNode(path, line.content);
    }
}

void Tree::makeLink(const Line& line) const {
    if (line.path.empty() || line.kind != "link") {
        return;
    }
    const auto target = line.content.substr(0, line.content.find('\0'));
    if (target.starts_with('/') || safe((line.path.parent_path() / target).string()).empty()) {
        return;
    }
    std::error_code ignored;
    const auto path = root() / line.path;
    fs::create_directories(path.parent_path(), ignored);
    fs::create_symlink(target, path, ignored);
}

} // namespace hdp::testing
