// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/cdi_publisher.hpp"

#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_extras.hpp"
#include "daemon/log.hpp"

#include <optional>
#include <utility>

namespace hdp {

namespace {

constexpr int mostRestores = 5;

} // namespace

CdiPublisher::CdiPublisher(Inotify& inotify,
                           const std::filesystem::path& folder,
                           std::string kind,
                           ContainerSettings container,
                           Simulation simulation,
                           OnChange onChange)
    : kind_(std::move(kind)),
      container_(std::move(container)),
      simulation_(std::move(simulation)),
      onChange_(std::move(onChange)),
      file_(folder, cdi::specFileName(kind_)),
      watch_(inotify, folder, [this](DirectoryWatch::Change change, std::string_view name) {
          onFolderChange(change, name);
      }) {}

void CdiPublisher::onInventory(const InventoryPtr& inventory) {
    inventory_ = inventory;
    publish();
    restores_ = 0;
}

void CdiPublisher::verify() {
    watch_.verify();
    described_.reset(); // what the host has for containers may have changed
    restores_ = 0;
    publish();
}

void CdiPublisher::onFolderChange(DirectoryWatch::Change change, std::string_view name) {
    const bool concernsFile = name == file_.path().filename().native();
    if ((change == DirectoryWatch::Change::Reset || concernsFile) && mayRestore()) {
        publish();
    }
}

void CdiPublisher::publish() {
    if (!inventory_) {
        return;
    }
    published_ = outage_.attempt(
        [this] {
            describe();
            store();
        },
        [this](const std::string& details) {
            log::error("the CDI file " + file_.path().string() + " is out of date: " + details +
                           "; make the folder writable for this daemon, or set --cdi-directory",
                       {{"HAILO_EVENT", "cdi-failure"}});
        });
    if (!published_) {
        tell(Change::Failed);
    }
}

void CdiPublisher::describe() {
    if (described_ != inventory_) {
        auto found = findCdiExtras(*inventory_, container_, simulation_);
        missing_.hold(std::move(found.missing), [](const std::string& sentence) {
            log::error(sentence, {{"HAILO_EVENT", "container-extras"}});
        });
        const auto spec = cdiSpecOf(*inventory_, kind_, found.extras);
        content_ = spec ? cdi::toJson(*spec) : "";
        described_ = inventory_;
    }
}

void CdiPublisher::store() {
    const auto path = file_.path().string();
    if (!content_.empty() && file_.write(content_)) {
        ++restores_;
        tell(Change::Written);
        log::info("wrote the CDI file " + path, {{"HAILO_EVENT", "cdi"}});
    } else if (content_.empty() && file_.remove()) {
        tell(Change::Removed);
        log::info("removed the CDI file " + path + ": no chip is left", {{"HAILO_EVENT", "cdi"}});
    }
}

bool CdiPublisher::mayRestore() {
    if (restores_ == mostRestores) {
        ++restores_; // says it once
        log::warning("somebody else keeps changing the CDI file " + file_.path().string() +
                         "; it is left alone until the next health check: stop the other daemon, "
                         "or give one of them another --cdi-kind",
                     {{"HAILO_EVENT", "cdi-contention"}});
    }
    return restores_ < mostRestores;
}

void CdiPublisher::tell(Change change) const {
    if (onChange_) {
        onChange_(change);
    }
}

} // namespace hdp
