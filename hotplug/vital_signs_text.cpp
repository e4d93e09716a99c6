// SPDX-License-Identifier: Apache-2.0
#include "hotplug/vital_signs_text.hpp"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>

namespace hdp::hotplug {

namespace {

/// Takes what stands before the separator off the text; all of it if there is none.
std::string_view take(std::string_view& text, char separator) {
    const auto end = std::min(text.find(separator), text.size());
    const auto part = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return part;
}

template <class Number>
bool takeNumber(std::string_view& text, char separator, Number& number) {
    const auto part = take(text, separator);
    const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), number);
    return error == std::errc{} && end == part.data() + part.size();
}

bool parse(std::string_view text, PcieLink& link) {
    return takeNumber(text, '/', link.width) && takeNumber(text, 'x', link.bestWidth) &&
           takeNumber(text, '/', link.speed) && takeNumber(text, ' ', link.bestSpeed);
}

bool parse(std::string_view text, AerCounts& errors) {
    return takeNumber(text, '/', errors.correctable) && takeNumber(text, '/', errors.nonFatal) &&
           takeNumber(text, ' ', errors.fatal);
}

bool takeMember(std::string_view member, VitalSigns& signs) {
    const auto key = take(member, '=');
    if (key == "config") {
        signs.isConfigSpaceDead = member == "dead";
        return signs.isConfigSpaceDead || member == "alive";
    }
    if (key == "link") {
        return parse(member, signs.link.emplace());
    }
    if (key == "errors") {
        return parse(member, signs.errors.emplace());
    }
    signs.powerState = member;
    return key == "power" && !member.empty();
}

std::string textOf(const PcieLink& link) {
    return std::to_string(link.width) + "/" + std::to_string(link.bestWidth) + "x" +
           std::to_string(link.speed) + "/" + std::to_string(link.bestSpeed);
}

std::string textOf(const AerCounts& errors) {
    return std::to_string(errors.correctable) + "/" + std::to_string(errors.nonFatal) + "/" +
           std::to_string(errors.fatal);
}

} // namespace

std::string toString(const VitalSignsLine& line) {
    const auto& signs = line.signs;
    auto text = toString(line.address) + " config=" + (signs.isConfigSpaceDead ? "dead" : "alive");
    if (signs.link) {
        text += " link=" + textOf(*signs.link);
    }
    if (signs.errors) {
        text += " errors=" + textOf(*signs.errors);
    }
    if (!signs.powerState.empty()) {
        text += " power=" + signs.powerState;
    }
    return text;
}

std::optional<VitalSignsLine> parseVitalSignsLine(std::string_view text) {
    const auto address = parsePciAddress(take(text, ' '));
    if (!address || !text.starts_with("config=")) {
        return std::nullopt;
    }
    VitalSignsLine line{*address, {}};
    while (!text.empty()) {
        if (!takeMember(take(text, ' '), line.signs)) {
            return std::nullopt;
        }
    }
    return line;
}

} // namespace hdp::hotplug
