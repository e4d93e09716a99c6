// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/dbus_names.hpp"

#include "hotplug/pci_address.hpp"

#include <algorithm>

namespace hdp::dbus {

namespace {

bool isPlain(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

std::string escaped(std::string_view id) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const char letter : id) {
        if (isPlain(letter)) {
            text += letter;
            continue;
        }
        const auto byte = static_cast<unsigned char>(letter);
        text += '_';
        text += digits[byte >> 4U];
        text += digits[byte & 0xfU];
    }
    return text;
}

} // namespace

std::string pathOf(std::string_view id) {
    const std::string folder = std::string{rootPath} + "/chips/";
    if (!hotplug::parsePciAddress(id)) {
        return folder + escaped(id);
    }
    std::string name = "_" + std::string{id};
    std::ranges::replace_if(
        name, [](char letter) { return !isPlain(letter); }, '_');
    return folder + name;
}

} // namespace hdp::dbus
