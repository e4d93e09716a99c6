// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mock_chip.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <set>
#include <sstream>
#include <stdexcept>

namespace hdp::testing {

namespace {

using hotplug::DriverGeneration;
using hotplug::PciAddress;
using Version = std::array<unsigned, 3>;

Version parseVersion(std::string_view text) {
    Version version{};
    char dot = '.';
    std::istringstream stream{std::string(text)};
    stream >> version[0] >> dot >> version[1] >> dot >> version[2];
    if (!stream) {
        throw std::invalid_argument("not a driver version: " + std::string(text));
    }
    return version;
}

/// Four hex digits.
std::string hex(unsigned value) {
    std::array<char, sizeof "ffff"> text{};
    std::snprintf(text.data(), text.size(), "%04x", value & 0xffffU);
    return text.data();
}

std::string upper(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char digit) {
        return static_cast<char>(std::toupper(digit));
    });
    return text;
}

/// "/sys/devices/pci0000:00": the host bridge that the function's bus hangs on.
std::string hostBridgePath(const PciAddress& function) {
    const std::string text = toString(function);
    return "/sys/devices/pci" + text.substr(0, text.rfind(':'));
}

std::string withoutSys(const std::string& path) {
    return path.substr(std::string_view("/sys").size());
}

/// The first 64 bytes of config space as a type 0 header, in hex.
std::string configHeader(const hotplug::PciId& id) {
    const auto little = [](unsigned value) { return hex((value & 0xffU) << 8U | value >> 8U); };
    const std::string ids = little(id.vendor) + little(id.device);
    return upper(ids + "060410000100400b" + std::string(64, '0') + ids + std::string(32, '0'));
}

/// A link from inside the folder at path to a place below /sys.
std::string linkTo(const std::string& place, const std::string& path) {
    std::string up;
    for (const char character : withoutSys(path)) {
        up += character == '/' ? "../" : "";
    }
    return up + place;
}

std::string bridgeBlock(const std::string& path) {
    const std::string address = path.substr(path.rfind('/') + 1);
    return "P: " + withoutSys(path) +
           "\nE: DRIVER=pcieport\nE: PCI_CLASS=60400\nE: PCI_ID=8086:A338\nE: PCI_SLOT_NAME=" +
           address +
           "\nE: SUBSYSTEM=pci\nA: vendor=0x8086\\n\nA: device=0xa338\\n\nA: class=0x060400\\n\n";
}

} // namespace

const DriverGeneration& generationOf(std::string_view version) {
    const Version wanted = parseVersion(version);
    for (const DriverGeneration& generation : hotplug::driverGenerations()) {
        if (parseVersion(generation.firstVersion) <= wanted &&
            wanted <= parseVersion(generation.lastVersion)) {
            return generation;
        }
    }
    throw std::invalid_argument("no generation has driver version " + std::string(version));
}

const DriverGeneration& MockChip::generation() const {
    return generationOf(driverVersion);
}

hotplug::PciId MockChip::id() const {
    return {hotplug::hailoVendor, deviceId.value_or(generation().deviceIds.front())};
}

MockModule MockChip::module() const {
    return {std::string(generation().module), driverVersion, std::string(generation().pciDriver)};
}

hotplug::DeviceNumber MockChip::nodeNumber() const {
    // Any major number does; drivers get theirs at load time.
    const unsigned major = generation().pciDriver == "hailo" ? 511 : 510;
    return number.value_or(hotplug::DeviceNumber{major, index});
}

std::string MockChip::nodeName() const {
    return std::string(generation().nodePrefix) + std::to_string(index);
}

std::vector<std::string> MockChip::bridgePaths() const {
    std::vector<std::string> paths;
    for (const PciAddress& bridge : upstream) {
        paths.push_back((paths.empty() ? hostBridgePath(bridge) : paths.back()) + "/" +
                        toString(bridge));
    }
    return paths;
}

std::string MockChip::pciPath() const {
    const std::string parent = upstream.empty() ? hostBridgePath(address) : bridgePaths().back();
    return parent + "/" + toString(address);
}

std::string MockChip::classPath() const {
    const std::string parent = generation().hasPciParent ? pciPath() : "/sys/devices/virtual";
    return parent + "/" + std::string(generation().classFolder) + "/" + nodeName();
}

std::string MockChip::pciBlock() const {
    const std::string device = hex(id().device);
    const std::string driver{generation().pciDriver};
    std::ostringstream block;
    block << "P: " << withoutSys(pciPath()) << "\n"
          << (isBound ? "E: DRIVER=" + driver + "\n" : "") << "E: PCI_CLASS=B4000\n"
          << "E: PCI_ID=1E60:" << upper(device) << "\nE: PCI_SLOT_NAME=" << toString(address)
          << "\nE: SUBSYSTEM=pci\nA: vendor=0x1e60\\n\nA: device=0x" << device << "\\n\n"
          << "A: class=0x0b4000\\n\nA: numa_node=" << numaNode
          << "\\n\nA: enable=" << (isBound ? 1 : 0)
          << "\\n\nA: power_state=D3hot\\n\nA: current_link_speed=8.0 GT/s PCIe\\n\n"
          << "A: current_link_width=4\\n\nA: max_link_speed=8.0 GT/s PCIe\\n\nA: "
             "max_link_width=4\\n\n"
          << "H: config=" << configHeader(id()) << "\n"
          << (isBound ? "L: driver=" + linkTo("bus/pci/drivers/" + driver, pciPath()) + "\n" : "");
    return block.str();
}

std::string MockChip::classBlock() const {
    const auto [major, minor] = nodeNumber();
    const bool hasBoardLocation = generation().addressAttribute == "board_location";
    std::ostringstream block;
    block << "P: " << withoutSys(classPath()) << "\nN: " << nodeName() << "=00\n"
          << "E: DEVNAME=/dev/" << nodeName() << "\nE: MAJOR=" << major << "\nE: MINOR=" << minor
          << "\nE: SUBSYSTEM=" << generation().classFolder << "\n"
          << (hasBoardLocation ? "A: board_location=" + toString(address) + "\n" : "")
          << "A: device_id=" << (hasBoardLocation ? toString(id()) : toString(address)) << "\n"
          << (generation().hasAcceleratorType ? "A: accelerator_type=0\n" : "")
          << "A: dev=" << major << ":" << minor << "\\n\n"
          << (generation().hasPciParent ? "L: device=../../../" + toString(address) + "\n" : "");
    return block.str();
}

std::vector<std::string> MockChip::bridgeBlocks() const {
    std::vector<std::string> blocks;
    for (const std::string& path : bridgePaths()) {
        blocks.push_back(bridgeBlock(path));
    }
    return blocks;
}

Fixture fixtureOf(const std::vector<MockChip>& chips) {
    Fixture fixture;
    std::set<std::string> bridges;
    for (const MockChip& chip : chips) {
        for (const std::string& block : chip.bridgeBlocks()) {
            if (bridges.insert(block).second) {
                fixture.devices.push_back(parseBlock(block));
            }
        }
        fixture.devices.push_back(parseBlock(chip.pciBlock()));
        if (chip.isBound) {
            fixture.modules.push_back(chip.module());
            fixture.devices.push_back(parseBlock(chip.classBlock()));
        }
    }
    return fixture;
}

} // namespace hdp::testing
