// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/podman.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {

/// The pod that the Helm chart makes by default, read from
/// charts/manifests/hailo-device-plugin.yaml, which a test of the chart compares with what the
/// chart renders.
class ChartPod {
  public:
    struct Folder {
        std::filesystem::path onHost;
        std::filesystem::path inPod;
        bool readOnly = false;
    };

    /// Throws std::runtime_error for a file that lacks the daemon's objects.
    explicit ChartPod(const std::filesystem::path& manifests);

    /// The container's security context and its share of the host's namespaces, in podman's words.
    /// Of the seccomp profile RuntimeDefault podman's own is the like; SELinux is left out. Throws
    /// std::runtime_error for anything else that the context says.
    [[nodiscard]] Flags securityFlags() const;

    /// Its environment, of which only the name of the node is known, in podman's words.
    [[nodiscard]] Flags environmentFlags(const std::string& nodeName) const;

    [[nodiscard]] const std::vector<Folder>& folders() const { return folders_; }

    /// The daemon's file.
    [[nodiscard]] const std::string& config() const { return config_; }

    /// Where the folder with the daemon's file is.
    [[nodiscard]] const std::filesystem::path& configFolder() const { return configFolder_; }

    /// What its probes ask, as URLs on the loopback.
    [[nodiscard]] const std::vector<std::string>& probes() const { return probes_; }

  private:
    void readPod(const std::string& text);

    Flags security_;
    std::vector<Folder> folders_;
    std::vector<std::string> nodeNames_; ///< variables that have it
    std::vector<std::string> probes_;
    std::string config_;
    std::filesystem::path configFolder_;
};

} // namespace hdp::testing
