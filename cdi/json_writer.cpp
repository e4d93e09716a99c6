// SPDX-License-Identifier: Apache-2.0
#include "cdi/json_writer.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace hdp::cdi {

namespace {

bool isPlain(char letter) {
    return static_cast<unsigned char>(letter) >= ' ' && letter != '"' && letter != '\\';
}

} // namespace

void JsonWriter::write(std::string_view text) {
    if (std::ranges::all_of(text, isPlain)) {
        text_ += '"';
        text_ += text;
        text_ += '"';
    } else {
        text_ += nlohmann::json(text).dump();
    }
}

void JsonWriter::next(char opening) {
    text_ += isEmpty_ ? opening : ',';
    isEmpty_ = false;
    startLine(depth_ + 1);
}

void JsonWriter::close(char opening, char closing) {
    if (isEmpty_) {
        text_ += opening;
    } else {
        startLine(depth_);
    }
    text_ += closing;
}

void JsonWriter::startLine(std::size_t depth) {
    text_ += '\n';
    text_.append(2 * depth, ' ');
}

} // namespace hdp::cdi
