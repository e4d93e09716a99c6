// SPDX-License-Identifier: Apache-2.0
// The content of one attribute of sysfs, and every small text of hotplug's that comes from outside.
#include "hotplug/attribute.hpp"

#include "cdi/text.hpp"
#include "daemon/log/entry.hpp"
#include "hotplug/driver_generation.hpp"
#include "hotplug/pci_address.hpp"
#include "hotplug/pci_id.hpp"
#include "hotplug/vital_signs_text.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <cctype>
#include <string>

namespace hdp::testing {

namespace {

std::string_view withoutBreak(std::string_view content) {
    return content.substr(0, content.size() - (content.ends_with('\n') ? 1 : 0));
}

/// What attribute.hpp promises, in terms of the log's idea of what is printable.
bool shouldBeGood(std::string_view content) {
    const auto text = withoutBreak(content);
    return content.size() <= 4096 && !text.empty() && log::printable(text) == text;
}

void tryAttribute(std::string_view content) {
    const auto attribute = hotplug::attributeOf(content);
    require(attribute.isGood() == shouldBeGood(content), "good content is good, other is bad");
    if (attribute.isGood()) {
        require(attribute.text == withoutBreak(content), "good content is passed on as it is");
        require(cdi::isText(attribute.text), "all notions of UTF-8 agree");
    } else {
        require(attribute.text.empty(), "bad content is not passed on");
        requireSentence(attribute.fault);
    }
}

std::string lower(std::string_view text) {
    std::string result{text};
    std::ranges::transform(result, result.begin(), [](unsigned char character) {
        return static_cast<char>(std::tolower(character));
    });
    return result;
}

void tryNames(std::string_view text) {
    if (const auto address = hotplug::parsePciAddress(text)) {
        require(toString(*address) == lower(text), "an address is written as it was read");
    }
    if (const auto id = hotplug::parsePciId(text)) {
        require(hotplug::parsePciId(toString(*id)) == id, "an id is read as it was written");
        requireSentence(hotplug::modelOf(*id));
    }
    if (const auto* generation = hotplug::generationOf(text)) {
        require(hotplug::isHailoDriver(generation->pciDriver), "a generation has a driver");
    }
}

void tryVitalSigns(std::string_view text) {
    if (const auto line = hotplug::parseVitalSignsLine(text)) {
        require(hotplug::parseVitalSignsLine(toString(*line)) == line,
                "vital signs are read as they were written", text);
    }
}

} // namespace

void tryOut(std::string_view input) {
    tryAttribute(input);
    tryNames(input);
    tryVitalSigns(input);
}

} // namespace hdp::testing
