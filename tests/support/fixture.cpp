// SPDX-License-Identifier: Apache-2.0
#include "tests/support/fixture.hpp"

#include <charconv>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace hdp::testing {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(std::string_view what, std::string_view line) {
    throw std::invalid_argument(std::string(what) + ": " + std::string(line));
}

/// umockdev knows \n and \\ in attributes.
std::string unescape(std::string_view text) {
    std::string plain;
    for (std::size_t index = 0; index < text.size(); ++index) {
        if (text[index] == '\\' && index + 1 < text.size()) {
            ++index;
            plain += text[index] == 'n' ? '\n' : text[index];
        } else {
            plain += text[index];
        }
    }
    return plain;
}

std::string decodeHex(std::string_view hex) {
    std::string bytes;
    for (; hex.size() >= 2; hex.remove_prefix(2)) {
        unsigned byte = 0;
        const auto [end, error] = std::from_chars(hex.data(), hex.data() + 2, byte, 16);
        if (error != std::errc{} || end != hex.data() + 2) {
            refuse("not hexadecimal", hex);
        }
        bytes += static_cast<char>(byte);
    }
    return bytes;
}

std::pair<std::string, std::string> splitAt(char separator, std::string_view text) {
    const auto position = std::min(text.find(separator), text.size());
    const auto rest = std::min(position + 1, text.size());
    return {std::string(text.substr(0, position)), std::string(text.substr(rest))};
}

void parseLine(std::string_view line, DeviceBlock& block) {
    if (line.size() < 4 || line.substr(1, 2) != ": ") {
        refuse("not a line of a device", line);
    }
    auto [key, value] = splitAt('=', line.substr(3));
    switch (line.front()) {
    case 'P':
        block.path = key;
        break;
    case 'N':
        block.node = key;
        break;
    case 'E':
        block.subsystem = key == "SUBSYSTEM" ? value : block.subsystem;
        block.properties.emplace_back(key, value);
        break;
    case 'A':
        block.attributes.emplace_back(key, unescape(value));
        break;
    case 'H':
        block.attributes.emplace_back(key, decodeHex(value));
        break;
    case 'L':
        block.links.emplace_back(key, value);
        break;
    default:
        refuse("unknown kind of line", line);
    }
}

/// Takes "# module <name> <version> driver <driver>"; any other comment is for people.
void parseComment(const std::string& line, Fixture& fixture) {
    std::istringstream words(line);
    std::string hash;
    std::string keyword;
    std::string driverKeyword;
    MockModule module;
    words >> hash >> keyword;
    if (keyword != "module") {
        return;
    }
    words >> module.name >> module.version >> driverKeyword >> module.driver;
    if (!words || driverKeyword != "driver") {
        refuse("not a module", line);
    }
    fixture.modules.push_back(std::move(module));
}

/// The way from a folder below /sys back to /sys.
std::string upFrom(const fs::path& path) {
    std::string up;
    for (const auto& part : path.relative_path()) {
        up += part.empty() ? "" : "../";
    }
    return up;
}

void link(const fs::path& target, const fs::path& path) {
    fs::create_directories(path.parent_path());
    fs::remove(path);
    fs::create_symlink(target, path);
}

void materialiseDevice(const DeviceBlock& block, const fs::path& sysRoot) {
    const fs::path folder = sysRoot / fs::path(block.path).relative_path();
    const std::string name = folder.filename();
    const bool isPci = block.subsystem == "pci";
    std::string uevent;
    for (const auto& [key, value] : block.properties) {
        if (key != "SUBSYSTEM") {
            uevent.append(key).append("=").append(value).append("\n");
        }
    }
    writeFile(folder / "uevent", uevent);
    for (const auto& [key, value] : block.attributes) {
        writeFile(folder / key, value);
    }
    for (const auto& [key, target] : block.links) {
        link(target, folder / key);
    }
    const fs::path subsystem = isPci ? "bus/pci" : "class/" + block.subsystem;
    link(upFrom(block.path) + subsystem.string(), folder / "subsystem");
    const fs::path list = isPci ? subsystem / "devices" : subsystem;
    link(upFrom(list) + block.path.substr(1), sysRoot / list / name);
}

} // namespace

DeviceBlock parseBlock(std::string_view text) {
    DeviceBlock block;
    block.text = text;
    std::istringstream lines{block.text};
    for (std::string line; std::getline(lines, line);) {
        parseLine(line, block);
    }
    if (!block.path.starts_with("/devices/") || block.subsystem.empty()) {
        refuse("a device needs a path and a subsystem", text);
    }
    return block;
}

Fixture Fixture::parse(std::string_view text) {
    Fixture fixture;
    std::string paragraph;
    std::istringstream lines{std::string(text) + "\n\n"};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with('#')) {
            parseComment(line, fixture);
        } else if (!line.empty()) {
            paragraph += line + "\n";
        } else if (!paragraph.empty()) {
            fixture.devices.push_back(parseBlock(paragraph));
            paragraph.clear();
        }
    }
    return fixture;
}

Fixture Fixture::load(std::string_view name) {
    const fs::path path = fs::path(HDP_FIXTURES) / (std::string(name) + ".umockdev");
    std::ifstream file(path);
    if (!file) {
        refuse("no such fixture", path.string());
    }
    return parse(std::string(std::istreambuf_iterator<char>(file), {}));
}

void writeFile(const fs::path& path, std::string_view content) {
    fs::create_directories(path.parent_path());
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    if (!file.write(content.data(), static_cast<std::streamsize>(content.size())).flush()) {
        throw std::system_error(errno, std::generic_category(), path.string());
    }
}

void materialise(const MockModule& module, const fs::path& sysRoot) {
    writeFile(sysRoot / "module" / module.name / "version", module.version + "\n");
    link("../../../../module/" + module.name,
         sysRoot / "bus/pci/drivers" / module.driver / "module");
}

void materialise(const Fixture& fixture, const fs::path& root) {
    fs::create_directories(root / "sys");
    for (const MockModule& module : fixture.modules) {
        materialise(module, root / "sys");
    }
    for (const DeviceBlock& block : fixture.devices) {
        materialiseDevice(block, root / "sys");
    }
}

} // namespace hdp::testing
