// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/node_links.hpp"

#include "daemon/log.hpp"

#include <exception>
#include <system_error>
#include <utility>
#include <vector>

namespace hdp {

namespace fs = std::filesystem;

NodeLinks::NodeLinks(fs::path folder) : folder_(std::move(folder)) {}

void NodeLinks::onInventory(const InventoryPtr& inventory) {
    inventory_ = inventory;
    update();
}

fs::path NodeLinks::pathOf(std::string_view id) const {
    return folder_ / id;
}

void NodeLinks::verify() {
    if (inventory_) {
        update();
    }
}

void NodeLinks::update() {
    try {
        fs::create_directories(folder_);
        removeStrangers();
        for (const auto& status : inventory_->devices) {
            link(status);
        }
        current_ = true;
        failure_.clear();
    } catch (const std::exception& error) {
        fail(error.what());
    }
}

void NodeLinks::link(const DeviceStatus& status) const {
    if (!status.device.classDevice) {
        return;
    }
    const auto target = fs::path{"/dev"} / status.device.classDevice->name;
    const auto path = pathOf(status.id);
    std::error_code absent;
    if (fs::read_symlink(path, absent) == target) {
        return;
    }
    // A rename replaces the old link in one step: no container start sees none.
    const auto fresh = folder_ / ("." + status.id);
    fs::remove(fresh);
    fs::create_symlink(target, fresh);
    fs::rename(fresh, path);
}

void NodeLinks::removeStrangers() const {
    std::vector<fs::path> strangers;
    for (const auto& entry : fs::directory_iterator(folder_)) {
        if (!isWanted(entry.path().filename().native())) {
            strangers.push_back(entry.path());
        }
    }
    for (const auto& stranger : strangers) {
        fs::remove(stranger);
    }
}

bool NodeLinks::isWanted(std::string_view name) const {
    const auto* status = inventory_->find(name);
    return status != nullptr && status->device.classDevice.has_value();
}

void NodeLinks::fail(const std::string& cause) {
    current_ = false;
    if (std::exchange(failure_, cause) != cause) {
        log::error("the links to device nodes in " + folder_.string() +
                       " are out of date: " + cause +
                       "; make the folder writable for this daemon, or set --state-directory",
                   {{"HAILO_EVENT", "node-links-failure"}});
    }
}

} // namespace hdp
