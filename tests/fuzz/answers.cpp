// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/answers.hpp"

#include "daemon/log/entry.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <map>
#include <string>

namespace hdp::testing {

namespace {

using Fields = std::map<std::string_view, std::string_view>;

/// Takes a line that has its break.
std::string_view takeLine(std::string_view& bytes) {
    const auto end = bytes.find("\r\n");
    require(end != std::string_view::npos, "a line of a header has its end", bytes);
    const auto line = bytes.substr(0, end);
    require(log::printable(line) == line, "a header is text", line);
    bytes.remove_prefix(end + 2);
    return line;
}

std::size_t numberIn(std::string_view digits) {
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    require(error == std::errc{} && end == digits.data() + digits.size(), "a number is one",
            digits);
    return number;
}

unsigned takeStatus(std::string_view& bytes) {
    const auto line = takeLine(bytes);
    require(line.starts_with("HTTP/1.0 ") || line.starts_with("HTTP/1.1 "), "a status line is one",
            line);
    require(line.size() > 13 && line[12] == ' ', "a status has three digits and a reason", line);
    return static_cast<unsigned>(numberIn(line.substr(9, 3)));
}

Fields takeFields(std::string_view& bytes) {
    Fields fields;
    for (auto line = takeLine(bytes); !line.empty(); line = takeLine(bytes)) {
        const auto colon = line.find(": ");
        require(colon != std::string_view::npos && colon > 0, "a field has a name", line);
        require(fields.emplace(line.substr(0, colon), line.substr(colon + 2)).second,
                "each field is there once", line);
    }
    for (const auto* name :
         {"Content-Type", "Cache-Control", "X-Content-Type-Options", "Content-Security-Policy"}) {
        require(fields.contains(name), "each answer says how it may be used", name);
    }
    return fields;
}

} // namespace

Answers answersIn(std::string_view bytes) {
    Answers answers{{}, {}, false, 0, bytes};
    auto& rest = answers.rest;
    while (!rest.empty() && !answers.isFeed) {
        answers.last = bytes.size() - rest.size();
        const auto status = takeStatus(rest);
        const auto fields = takeFields(rest);
        answers.statuses.push_back(status);
        require((status == 405) == fields.contains("Allow"), "who may not is told what he may");
        answers.isFeed = fields.at("Content-Type") == "text/event-stream";
        require(answers.isFeed != fields.contains("Content-Length"), "only a feed has no end");
        // A body of ours never begins so.
        const bool hasBody = !answers.isFeed && !rest.empty() && !rest.starts_with("HTTP/1.");
        const auto length = answers.isFeed ? 0 : numberIn(fields.at("Content-Length"));
        require(!hasBody || length <= rest.size(), "a body is there as a whole", rest);
        answers.lengths.push_back({length, hasBody ? length : 0});
        rest.remove_prefix(answers.lengths.back().came);
    }
    return answers;
}

} // namespace hdp::testing
