// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/node_links.hpp"

#include "daemon/handover/own_folder.hpp"
#include "daemon/log.hpp"

#include <system_error>
#include <utility>
#include <vector>

namespace hdp {

namespace fs = std::filesystem;

namespace {

bool leadsTo(const fs::path& link, const fs::path& target) {
    std::error_code noLink;
    return !target.empty() && fs::read_symlink(link, noLink) == target;
}

/// A folder in its place is somebody else's.
void removeLink(const fs::path& link) {
    if (!fs::is_directory(fs::symlink_status(link))) {
        fs::remove(link);
    }
}

NodeLinks::Targets targetsIn(const Inventory& inventory) {
    NodeLinks::Targets targets;
    for (const auto& status : inventory.devices) {
        if (status.device.classDevice) {
            targets.emplace(status.id, fs::path{"/dev"} / status.device.classDevice->name);
        }
    }
    return targets;
}

} // namespace

NodeLinks::NodeLinks(fs::path folder) : folder_(std::move(folder)) {}

void NodeLinks::onInventory(const InventoryPtr& inventory) {
    const auto before = std::exchange(targets_, targetsIn(*inventory));
    if (!current_) {
        update();
    } else if (before != targets_) {
        change(*before);
    }
}

fs::path NodeLinks::pathOf(std::string_view id) const {
    return folder_ / id;
}

void NodeLinks::verify() {
    if (targets_) {
        update();
    }
}

// In both, all wrong links go before any new one comes: after a swap of nodes each would lead to
// the other chip.

void NodeLinks::update() {
    attempt([this] {
        requireOwnFolder(folder_);
        removeWrongLinks();
        for (const auto& [id, target] : *targets_) {
            link(id, target);
        }
    });
}

void NodeLinks::change(const Targets& before) {
    attempt([this, &before] {
        for (const auto& [id, target] : before) {
            if (targetFor(id) != target) {
                removeLink(pathOf(id));
            }
        }
        for (const auto& [id, target] : *targets_) {
            if (const auto old = before.find(id); old == before.end() || old->second != target) {
                link(id, target);
            }
        }
    });
}

void NodeLinks::attempt(const std::function<void()>& work) {
    current_ = outage_.attempt(work, [this](const std::string& details) {
        log::error("the links to device nodes in " + folder_.string() +
                       " are out of date: " + details +
                       "; give the daemon a folder that nobody else may write to, or set "
                       "--state-directory",
                   {{"HAILO_EVENT", "node-links-failure"}});
    });
}

void NodeLinks::link(const std::string& id, const fs::path& target) const {
    const auto path = pathOf(id);
    std::error_code error;
    fs::create_symlink(target, path, error);
    if (error && !leadsTo(path, target)) {
        throw fs::filesystem_error("symlink", target, path, error);
    }
}

void NodeLinks::removeWrongLinks() const {
    std::vector<fs::path> wrong;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        const auto target = targetFor(entry.path().filename().native());
        const bool isFolder = entry.symlink_status().type() == fs::file_type::directory;
        if (!isFolder && !leadsTo(entry.path(), target)) {
            wrong.push_back(entry.path());
        }
    }
    for (const auto& path : wrong) {
        fs::remove(path);
    }
}

fs::path NodeLinks::targetFor(const std::string& name) const {
    const auto target = targets_->find(name);
    return target == targets_->end() ? fs::path{} : target->second;
}

} // namespace hdp
