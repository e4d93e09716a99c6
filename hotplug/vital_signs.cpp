// SPDX-License-Identifier: Apache-2.0
#include "hotplug/vital_signs.hpp"

#include "hotplug/folder.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>

namespace hdp::hotplug {

namespace {

constexpr double megaPerGiga = 1000.0;

template <class Number>
Number numberAt(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

unsigned lanes(const Attribute& attribute) {
    return numberAt<unsigned>(attribute.text);
}

/// Reads "8.0 GT/s PCIe"; "Unknown" is a link that is down, and so is what no link can be.
unsigned speed(const Attribute& attribute) {
    const auto rate = numberAt<double>(attribute.text);
    const bool isRate = rate > 0 && rate < megaPerGiga;
    return isRate ? static_cast<unsigned>(std::lround(rate * megaPerGiga)) : 0;
}

/// The kernel writes one word.
std::string firstWord(const Attribute& attribute) {
    return attribute.text.substr(0, attribute.text.find(' '));
}

/// The lesser of two maxima, of which either may not be told.
unsigned lesser(unsigned left, unsigned right) {
    return left == 0 || right == 0 ? std::max(left, right) : std::min(left, right);
}

std::optional<PcieLink> readLink(const Folder& function) {
    const Attribute width = function.attribute("current_link_width");
    const Attribute rate = function.attribute("current_link_speed");
    if (!width.isGood() || !rate.isGood()) {
        return std::nullopt;
    }
    PcieLink link;
    link.width = lanes(width);
    link.speed = speed(rate);
    link.bestWidth = lesser(lanes(function.attribute("max_link_width")),
                            lanes(function.attribute("../max_link_width")));
    link.bestSpeed = lesser(speed(function.attribute("max_link_speed")),
                            speed(function.attribute("../max_link_speed")));
    return link;
}

/// The last line holds the sum: "TOTAL_ERR_FATAL 0". Its lines are no text attribute, which has
/// one.
std::optional<std::uint64_t> total(const Folder& function, const std::string& kind) {
    constexpr std::size_t maximumSize = 4096;
    std::string text = function.bytes("aer_dev_" + kind, maximumSize);
    const auto start = text.rfind("TOTAL_ERR_");
    const auto space = start == std::string::npos ? start : text.find(' ', start);
    if (space == std::string::npos) {
        return std::nullopt;
    }
    return numberAt<std::uint64_t>(std::string_view{text}.substr(space + 1));
}

std::optional<AerCounts> readErrors(const Folder& function) {
    const auto correctable = total(function, "correctable");
    const auto nonFatal = total(function, "nonfatal");
    const auto fatal = total(function, "fatal");
    if (!correctable && !nonFatal && !fatal) {
        return std::nullopt;
    }
    return AerCounts{correctable.value_or(0), nonFatal.value_or(0), fatal.value_or(0)};
}

} // namespace

std::optional<VitalSigns> readVitalSigns(const std::filesystem::path& sysRoot,
                                         const PciAddress& address) {
    const auto function = Folder::open(sysRoot / "bus/pci/devices" / toString(address));
    if (!function) {
        return std::nullopt;
    }
    VitalSigns signs;
    signs.isConfigSpaceDead = function->bytes("config", 4) == "\xff\xff\xff\xff";
    signs.link = readLink(*function);
    signs.errors = readErrors(*function);
    signs.powerState = firstWord(function->attribute("power_state"));
    return signs;
}

} // namespace hdp::hotplug
