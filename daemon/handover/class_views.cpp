// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/class_views.hpp"

#include "daemon/handover/digest.hpp"
#include "daemon/handover/own_folder.hpp"
#include "daemon/handover/unfinished_view.hpp"

#include <algorithm>
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

using Attributes = UnfinishedView::Attributes;

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
    return !fs::is_symlink(view) && std::ranges::all_of(content, [&view](const auto& chip) {
        const auto folder = view / chip.first;
        return fs::is_directory(folder) &&
               std::ranges::all_of(chip.second, [&folder](const auto& attribute) {
                   return read(folder / attribute.first) == attribute.second;
               });
    });
}

void make(const fs::path& view, const Content& content) {
    requireOwnFolder(view.parent_path());
    try {
        UnfinishedView unfinished{view.parent_path()};
        for (const auto& [node, attributes] : content) {
            unfinished.add(node, attributes);
        }
        unfinished.finish(view);
    } catch (const std::system_error&) {
        if (!holds(view, content)) { // another daemon may have made it meanwhile
            throw;
        }
    }
}

} // namespace

ClassViews::ClassViews(fs::path folder) : folder_(std::move(folder)) {
    UnfinishedView::removeAbandoned(folder_);
}

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
