// SPDX-License-Identifier: Apache-2.0
#include "daemon/nfd/feature_file.hpp"

#include "daemon/log.hpp"
#include "daemon/nfd/node_labels.hpp"

#include <utility>

namespace hdp {

FeatureFile::FeatureFile(std::filesystem::path folder)
    : file_(std::move(folder), "hailo-device-plugin") {}

void FeatureFile::onInventory(const InventoryPtr& inventory) {
    auto found = nodeLabelsOf(*inventory);
    refused_.hold(std::move(found.refused), [](const std::string& sentence) {
        log::warning(sentence, {{"HAILO_EVENT", "node-label"}});
    });
    auto content = featureFileOf(found.labels);
    if (content_ != content) {
        content_ = std::move(content);
        publish();
    }
}

void FeatureFile::verify() {
    if (content_) {
        publish();
    }
}

void FeatureFile::publish() {
    outage_.attempt([this] { store(); },
                    [this](const std::string& details) {
                        log::error("the feature file " + file_.path().string() +
                                       " is out of date: " + details +
                                       "; make the folder writable for this daemon, or set "
                                       "--nfd-directory",
                                   {{"HAILO_EVENT", "feature-file-failure"}});
                    });
}

void FeatureFile::store() {
    const auto path = file_.path().string();
    if (!content_->empty() && file_.write(*content_)) {
        log::info("wrote the feature file " + path, {{"HAILO_EVENT", "feature-file"}});
    } else if (content_->empty() && file_.remove()) {
        log::info("removed the feature file " + path + ": no chip is left",
                  {{"HAILO_EVENT", "feature-file"}});
    }
}

} // namespace hdp
