// SPDX-License-Identifier: Apache-2.0
/// A stand-in for what HailoRT does in VDevice(): it lists a class folder of sysfs, asks each entry
/// who it is, and opens the device node of each. It gives up where HailoRT gives up, and else
/// prints each chip with its node and the node's number. Linked statically, for containers that
/// hold nothing else.
///
///     hailort_scan CLASS-FOLDER ADDRESS-ATTRIBUTE [TYPE-ATTRIBUTE]
///
/// After libhailort 4.23.0: driver_os_specific.cpp:25-139 for the scan, vdevice.cpp:823-866 for
/// the opening of each; pcie_device.cpp refuses mixed accelerator types.
#include <cerrno>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <system_error>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;

struct Names {
    std::string classFolder;
    std::string address;
    std::optional<std::string> type;
};

struct Chip {
    std::string address;
    std::string type; ///< empty if the driver does not tell
    std::string node;
};

/// HailoRT takes a line for whole only if the file ends with it.
std::string attribute(const fs::path& path) {
    std::ifstream file{path};
    if (!file) {
        throw std::runtime_error("Failed open " + path.string());
    }
    std::string line;
    std::getline(file, line);
    if (!file.eof()) {
        throw std::runtime_error(path.string() + " does not end where its first line ends");
    }
    return line;
}

/// In the order of readdir, as HailoRT does it.
std::vector<Chip> scan(const Names& names) {
    std::vector<Chip> chips;
    for (const auto& entry : fs::directory_iterator{"/sys/class/" + names.classFolder}) {
        chips.push_back({attribute(entry.path() / names.address),
                         names.type ? attribute(entry.path() / *names.type) : std::string{},
                         "/dev/" + entry.path().filename().string()});
    }
    return chips;
}

void requireOneType(const std::vector<Chip>& chips) {
    std::set<std::string> types;
    for (const auto& chip : chips) {
        types.insert(chip.type);
    }
    if (types.size() > 1) {
        throw std::runtime_error("Found devices of different accelerator types");
    }
}

std::string numberOf(int descriptor) {
    struct stat status {};

    if (::fstat(descriptor, &status) != 0 || !S_ISCHR(status.st_mode)) {
        return "not a character device";
    }
    return std::to_string(major(status.st_rdev)) + ":" + std::to_string(minor(status.st_rdev));
}

std::string open(const Chip& chip) {
    const int descriptor = ::open(chip.node.c_str(), O_RDWR | O_CLOEXEC);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "Failed to open device file " + chip.node);
    }
    auto number = numberOf(descriptor);
    ::close(descriptor);
    return number;
}

void makeVirtualDevice(const Names& names) {
    const auto chips = scan(names);
    if (chips.empty()) {
        throw std::runtime_error("Hailo devices not found");
    }
    requireOneType(chips);
    for (const auto& chip : chips) {
        std::cout << chip.address << " " << chip.node << " " << open(chip) << "\n";
    }
}

} // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.size() < 2 || words.size() > 3) {
        std::fputs("usage: hailort_scan CLASS-FOLDER ADDRESS-ATTRIBUTE [TYPE-ATTRIBUTE]\n", stderr);
        return 2;
    }
    try {
        makeVirtualDevice(
            {words[0], words[1], words.size() == 3 ? std::optional{words[2]} : std::nullopt});
        return 0;
    } catch (const std::exception& error) {
        std::cerr << "hailort_scan: " << error.what() << "\n";
        return 1;
    }
}
