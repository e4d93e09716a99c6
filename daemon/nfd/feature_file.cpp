// SPDX-License-Identifier: Apache-2.0
#include "daemon/nfd/feature_file.hpp"

#include "daemon/log.hpp"
#include "daemon/nfd/node_labels.hpp"

#include <exception>
#include <system_error>
#include <utility>

namespace hdp {

FeatureFile::FeatureFile(std::filesystem::path folder)
    : file_(std::move(folder), "hailo-device-plugin") {}

void FeatureFile::onInventory(const InventoryPtr& inventory) {
    auto found = nodeLabelsOf(*inventory);
    report(std::move(found.refused));
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

void FeatureFile::report(std::set<std::string> refused) {
    for (const auto& sentence : refused) {
        if (!refused_.contains(sentence)) {
            log::warning(sentence, {{"HAILO_EVENT", "node-label"}});
        }
    }
    refused_ = std::move(refused);
}

void FeatureFile::publish() {
    try {
        store();
        failure_.clear();
    } catch (const std::system_error& error) {
        // Its text may name a temporary file and is another one each time.
        fail(error.code().message(), error.what());
    } catch (const std::exception& error) {
        fail(error.what(), error.what());
    }
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

void FeatureFile::fail(const std::string& cause, const std::string& details) {
    if (std::exchange(failure_, cause) != cause) {
        log::error("the feature file " + file_.path().string() + " is out of date: " + details +
                       "; make the folder writable for this daemon, or set --nfd-directory",
                   {{"HAILO_EVENT", "feature-file-failure"}});
    }
}

} // namespace hdp
