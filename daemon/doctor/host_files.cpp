// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/host_files.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hdp::doctor {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t largestFile = std::size_t{1024} * 1024;
constexpr std::string_view spaces = " \t\r\n";

std::string trimmed(std::string_view text) {
    const auto start = text.find_first_not_of(spaces);
    if (start == std::string_view::npos) {
        return {};
    }
    return std::string{text.substr(start, text.find_last_not_of(spaces) - start + 1)};
}

bool isRegular(int descriptor) {
    struct stat status {};

    return ::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode);
}

std::string readAll(int descriptor) {
    std::string content;
    std::array<char, 4096> buffer{};
    ssize_t length = 0;
    while (content.size() < largestFile &&
           (length = ::read(descriptor, buffer.data(), buffer.size())) > 0) {
        content.append(buffer.data(), static_cast<std::size_t>(length));
    }
    return content;
}

} // namespace

std::optional<std::string> readFile(const fs::path& path) {
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        return std::nullopt;
    }
    const bool isReadable = isRegular(descriptor);
    auto content = isReadable ? readAll(descriptor) : std::string{};
    ::close(descriptor);
    return isReadable ? std::optional{std::move(content)} : std::nullopt;
}

std::string firstLine(const fs::path& path) {
    const auto content = readFile(path).value_or("");
    return trimmed(std::string_view{content}.substr(0, content.find('\n')));
}

std::vector<std::string> settingLines(const std::string& text) {
    std::vector<std::string> lines;
    std::string_view rest{text};
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\n'), rest.size());
        const auto line = rest.substr(0, end);
        lines.push_back(trimmed(line.substr(0, line.find('#'))));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return lines;
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
    std::vector<fs::path> entries;
    std::error_code error;
    fs::directory_iterator each{folder, error};
    while (!error && each != fs::directory_iterator{}) {
        entries.push_back(each->path());
        each.increment(error);
    }
    std::ranges::sort(entries);
    return entries;
}

bool isThere(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

} // namespace hdp::doctor
