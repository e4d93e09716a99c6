// SPDX-License-Identifier: Apache-2.0
#include "tests/kernel/slot.hpp"

#include <cerrno>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

/// In one write, because each is a command.
void write(const fs::path& file, std::string_view text) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "open " + file.string());
    }
    const auto written = ::write(descriptor, text.data(), text.size());
    const int error = errno;
    ::close(descriptor);
    if (written < 0) {
        throw std::system_error(error, std::generic_category(), "write " + file.string());
    }
}

std::string read(const fs::path& file) {
    std::ifstream stream{file};
    return {std::istreambuf_iterator<char>{stream}, {}};
}

bool belongsTo(const fs::path& classDevice, const std::string& address) {
    return read(classDevice / "board_location") == address ||
           read(classDevice / "device_id") == address;
}

} // namespace

Slot::Slot(std::string address) : address_(std::move(address)) {}

Slot::~Slot() {
    try {
        pullOut();
        setFirmwareLoads(true);
    } catch (const std::system_error&) { // NOLINT(bugprone-empty-catch): the next test will tell
    }
}

void Slot::plug(std::uint16_t deviceId) {
    control("chip", deviceId);
}

void Slot::pullOut() {
    control("chip", 0);
}

void Slot::setDead(bool isDead) {
    control("dead", isDead ? 1 : 0);
}

void Slot::setLinkWidth(unsigned lanes) {
    control("link_width", lanes);
}

void Slot::setLinkSpeed(unsigned code) {
    control("link_speed", code);
}

void Slot::setFirmwareLoads(bool loads) {
    control("firmware", loads ? 1 : 0);
}

void Slot::report(Error error) {
    control("error", static_cast<unsigned>(error));
}

void Slot::bind(const std::string& driver) const {
    write(fs::path{"/sys/bus/pci/drivers"} / driver / "bind", address_);
}

void Slot::unbind(const std::string& driver) const {
    write(fs::path{"/sys/bus/pci/drivers"} / driver / "unbind", address_);
}

std::string Slot::deviceNode() const {
    for (const fs::path folder : {"/sys/class/hailo_chardev", "/sys/class/hailo1x"}) {
        std::error_code absent;
        for (const auto& entry : fs::directory_iterator(folder, absent)) {
            if (belongsTo(entry.path(), address_)) {
                return "/dev/" + entry.path().filename().string();
            }
        }
    }
    return {};
}

void Slot::control(const std::string& name, unsigned value) const {
    write(fs::path{"/sys/kernel/debug/hailo_bus"} / address_ / name, std::to_string(value));
}

} // namespace hdp::testing
