// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/class_views.hpp"

#include "daemon/handover/digest.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

namespace hdp {

namespace fs = std::filesystem;

namespace {

/// Attributes of one chip, by name.
using Attributes = std::map<std::string, std::string>;

/// What a view holds: the attributes of each chip, by the name of its folder.
using Content = std::map<std::string, Attributes>;

Attributes attributesOf(const hotplug::ClassDevice& device) {
    Attributes attributes;
    const auto add = [&attributes](const char* name, const std::optional<std::string>& value) {
        if (value) {
            attributes.emplace(name, *value);
        }
    };
    add("board_location", device.boardLocation);
    add("device_id", device.deviceId);
    add("accelerator_type", device.acceleratorType);
    return attributes;
}

Content contentFor(const std::vector<const hotplug::Device*>& set) {
    Content content;
    for (const auto* device : set) {
        content.emplace(device->classDevice->name, attributesOf(*device->classDevice));
    }
    return content;
}

std::string nameFor(const std::vector<const hotplug::Device*>& set, const Content& content) {
    std::string text;
    for (const auto* device : set) {
        const auto& node = device->classDevice->name;
        text.append(toString(device->address)).append("=").append(node).append(",");
        for (const auto& [name, value] : content.at(node)) {
            text.append(name).append("=").append(value).append(",");
        }
    }
    return set.front()->classDevice->classFolder + "-" + digestOf(text);
}

std::optional<std::string> read(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) {
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

bool holds(const fs::path& view, const Content& content) {
    return std::ranges::all_of(content, [&view](const auto& chip) {
        const auto folder = view / chip.first;
        return fs::is_directory(folder) &&
               std::ranges::all_of(chip.second, [&folder](const auto& attribute) {
                   return read(folder / attribute.first) == attribute.second;
               });
    });
}

// Modes are set by name, because the umask may be strict and a container's user need not be root.
void write(const fs::path& path, const std::string& value) {
    std::ofstream file{path, std::ios::binary};
    file << value;
    if (!file.flush()) {
        throw std::system_error(errno, std::generic_category(), "write " + path.string());
    }
    fs::permissions(path, fs::perms{0644});
}

void fill(const fs::path& folder, const Content& content) {
    for (const auto& [node, attributes] : content) {
        fs::create_directory(folder / node);
        fs::permissions(folder / node, fs::perms{0755});
        for (const auto& [name, value] : attributes) {
            write(folder / node / name, value);
        }
    }
    fs::permissions(folder, fs::perms{0755});
}

fs::path temporaryFolderIn(const fs::path& folder) {
    auto name = (folder / ".making.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), "mkdtemp " + name);
    }
    return name;
}

void make(const fs::path& view, const Content& content) {
    fs::create_directories(view.parent_path());
    const auto temporary = temporaryFolderIn(view.parent_path());
    try {
        fill(temporary, content);
        fs::remove_all(view);
        fs::rename(temporary, view);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(temporary, ignored);
        if (!holds(view, content)) { // another daemon may have made it meanwhile
            throw;
        }
    }
}

} // namespace

ClassViews::ClassViews(fs::path folder) : folder_(std::move(folder)) {}

std::vector<ClassView>
ClassViews::viewsFor(const std::vector<const hotplug::Device*>& devices) const {
    std::map<std::string, std::vector<const hotplug::Device*>> sets;
    for (const auto* device : devices) {
        sets[device->classDevice->classFolder].push_back(device);
    }
    std::vector<ClassView> views;
    for (auto& [classFolder, set] : sets) {
        std::ranges::sort(set, {}, [](const hotplug::Device* device) { return device->address; });
        const auto content = contentFor(set);
        const auto view = folder_ / nameFor(set, content);
        if (!holds(view, content)) {
            make(view, content);
        }
        views.push_back({classFolder, view});
    }
    return views;
}

} // namespace hdp
