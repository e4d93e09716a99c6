// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/class_views.hpp"

#include "daemon/handover/digest.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <map>
#include <optional>
#include <system_error>
#include <utility>

#include <stdlib.h>

namespace hdp {

namespace fs = std::filesystem;

namespace {

std::string keyOf(const std::vector<const hotplug::Device*>& set) {
    std::string names;
    for (const auto* device : set) {
        names += toString(device->address) + "=" + device->classDevice->name + ",";
    }
    return set.front()->classDevice->classFolder + "-" + digestOf(names);
}

void writeAttribute(const fs::path& path, const std::optional<std::string>& value) {
    if (!value) {
        return;
    }
    std::ofstream file{path, std::ios::binary};
    file << *value;
    if (!file.flush()) {
        throw std::system_error(errno, std::generic_category(), "write " + path.string());
    }
}

fs::path temporaryFolderIn(const fs::path& folder) {
    auto name = (folder / ".making.XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), "mkdtemp " + name);
    }
    fs::permissions(name, fs::perms{0755});
    return name;
}

} // namespace

ClassViews::ClassViews(fs::path folder) : folder_(std::move(folder)) {}

std::vector<ClassView>
ClassViews::viewsFor(const std::vector<const hotplug::Device*>& devices) const {
    std::map<std::string, Set> sets;
    for (const auto* device : devices) {
        sets[device->classDevice->classFolder].push_back(device);
    }
    std::vector<ClassView> views;
    for (auto& [classFolder, set] : sets) {
        std::ranges::sort(set, {}, [](const hotplug::Device* device) { return device->address; });
        views.push_back({classFolder, make(set)});
    }
    return views;
}

fs::path ClassViews::make(const Set& set) const {
    auto view = folder_ / keyOf(set);
    if (fs::exists(view)) {
        return view;
    }
    fs::create_directories(folder_);
    const auto temporary = temporaryFolderIn(folder_);
    try {
        fill(temporary, set);
        fs::rename(temporary, view);
    } catch (...) {
        std::error_code ignored;
        fs::remove_all(temporary, ignored);
        throw;
    }
    return view;
}

void ClassViews::fill(const fs::path& folder, const Set& set) {
    for (const auto* device : set) {
        const auto& classDevice = *device->classDevice;
        const auto place = folder / classDevice.name;
        fs::create_directory(place);
        writeAttribute(place / "board_location", classDevice.boardLocation);
        writeAttribute(place / "device_id", classDevice.deviceId);
        writeAttribute(place / "accelerator_type", classDevice.acceleratorType);
    }
}

} // namespace hdp
