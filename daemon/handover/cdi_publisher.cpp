// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/cdi_publisher.hpp"

#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/log.hpp"

#include <stdexcept>
#include <utility>

namespace hdp {

CdiPublisher::CdiPublisher(Inotify& inotify, const std::filesystem::path& folder, std::string kind)
    : kind_(std::move(kind)),
      file_(folder, cdi::specFileName(kind_)),
      watch_(inotify, folder, [this](DirectoryWatch::Change change, std::string_view name) {
          onFolderChange(change, name);
      }) {}

void CdiPublisher::onInventory(const InventoryPtr& inventory) {
    const auto spec = cdiSpecOf(*inventory, kind_);
    content_ = spec ? std::optional{cdi::toJson(*spec)} : std::nullopt;
    hasInventory_ = true;
    publish();
}

void CdiPublisher::verify() {
    watch_.verify();
    publish();
}

void CdiPublisher::onFolderChange(DirectoryWatch::Change change, std::string_view name) {
    if (change == DirectoryWatch::Change::Reset || name == file_.path().filename().native()) {
        publish();
    }
}

void CdiPublisher::publish() {
    if (!hasInventory_) {
        return;
    }
    try {
        if (store()) {
            log::info(content_
                          ? "wrote the CDI file " + file_.path().string()
                          : "removed the CDI file " + file_.path().string() + ": no chip is left",
                      {{"HAILO_EVENT", "cdi"}});
        }
        published_ = true;
        failure_.clear();
    } catch (const std::exception& error) {
        fail(error.what());
    }
}

bool CdiPublisher::store() {
    return content_ ? file_.write(*content_) : file_.remove();
}

void CdiPublisher::fail(const std::string& cause) {
    published_ = false;
    if (std::exchange(failure_, cause) != cause) {
        log::error("the CDI file " + file_.path().string() + " is out of date: " + cause +
                       "; make the folder writable for this daemon, or set --cdi-directory",
                   {{"HAILO_EVENT", "cdi-failure"}});
    }
}

} // namespace hdp
