// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/setting.hpp"
#include "daemon/options.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hdp::config {

/// Where settings come from besides Options' defaults, each of them stronger than the one before.
struct Sources {
    std::filesystem::path file = "/etc/hailo-device-plugin/config.yaml";
    bool isFileNamed = false;                         ///< then it must be there
    std::map<std::string, std::string> environment{}; ///< the variables HDP_… and their texts
    std::map<std::string, std::vector<std::string>>
        flags{}; ///< "--log-level" and what it was given
};

/// What was read from the sources.
struct Configuration {
    Options options{};
    /// Where each setting has its value from: "default", "/etc/…/config.yaml:7", "HDP_LOG_LEVEL" or
    /// "--log-level". By the setting's key.
    std::map<std::string, std::string> origins{};
    std::optional<std::string> fileText{}; ///< nothing if there is no file
    std::vector<std::string> warnings{};   ///< of what was left out of account
};

/// Reads the file, the environment and the flags. Throws std::invalid_argument with one sentence
/// that names the place, the setting, the bad value and what is allowed.
Configuration load(const Sources& sources);

/// The settings that differ, in the order of the table.
std::vector<const Setting*> differences(const Options& left, const Options& right);

/// The effective values as YAML that load() would read, with the origin of each in a comment.
std::string printed(const Configuration& configuration);

} // namespace hdp::config
