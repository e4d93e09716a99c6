// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/daemon_config.hpp"

#include "tests/support/fixture.hpp"

#include <utility>

namespace hdp::testing {

DaemonConfig::DaemonConfig(std::filesystem::path file) : file_(std::move(file)) {}

std::string DaemonConfig::write() {
    const auto version = std::to_string(++version_);
    const auto fresh = file_.parent_path() / "fresh";
    writeFile(fresh, "health: {interval: " + std::string{ticks ? "1" : "86400"} +
                         "}\nallocation: {policy: " + policy + "}\nhandover: [" + handover +
                         "]\nkubelet: {tombstone-grace: " + version + "}\n");
    std::filesystem::rename(fresh, file_);
    return "kubelet.tombstone-grace is \"" + version + "\"";
}

std::string DaemonConfig::spoil(std::size_t way) {
    const auto version = std::to_string(++version_);
    switch (way) {
    case 0:
        writeFile(file_, "log: {level: loud-" + version + "}\n");
        return "a value that is not allowed";
    case 1:
        writeFile(file_, "health: [\n" + version);
        return "no YAML";
    case 2:
        writeFile(file_, std::string(1U << 16U, '\0') + version);
        return "zeros";
    case 3:
        std::filesystem::remove_all(file_.parent_path());
        return "no folder";
    default:
        std::filesystem::remove(file_);
        return "no file";
    }
}

} // namespace hdp::testing
