// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/plugin_directory.hpp"

#include <system_error>
#include <utility>
#include <vector>

namespace hdp::testing {

namespace {

std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> entries;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        entries.push_back(entry.path());
    }
    return entries;
}

} // namespace

PluginDirectory::PluginDirectory(std::filesystem::path path, WipeRule rule)
    : path_(std::move(path)), rule_(rule) {}

void PluginDirectory::prepare() const {
    std::filesystem::create_directories(path_);
    for (const auto& entry : entriesOf(path_)) {
        if (isWiped(entry)) {
            std::filesystem::remove(entry);
        }
    }
}

bool PluginDirectory::isWiped(const std::filesystem::path& entry) const {
    if (entry == checkpoint()) {
        return false;
    }
    std::error_code error;
    if (rule_ == WipeRule::UpTo132) {
        const auto status = std::filesystem::symlink_status(entry, error);
        return !error && !std::filesystem::is_directory(status);
    }
    return std::filesystem::is_socket(entry, error);
}

} // namespace hdp::testing
