// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp {

/// A file or folder of the host that containers see.
struct ContainerMount {
    std::filesystem::path hostPath;
    std::filesystem::path containerPath;
    bool readOnly = true;

    friend bool operator==(const ContainerMount&, const ContainerMount&) = default;
};

/// What every container with a chip gets besides its chips. docs/containers.md says what arrives by
/// which handover.
struct ContainerSettings {
    std::vector<std::string> env{};                   ///< "NAME=VALUE"; wins over what we set
    std::map<std::string, std::string> annotations{}; ///< for the runtime, through the kubelet
    std::vector<ContainerMount> mounts{};
    std::string devicePermissions = "rw"; ///< cgroup access to the nodes: "rw" or "rwm"
    std::uint32_t nodeMode = 0666;        ///< of nodes that CDI makes: Hailo's udev rule has it so
    std::optional<std::uint32_t> nodeGroup{}; ///< of nodes that CDI makes
    /// Holds libhailort.so.<driver version>, itself or in a folder <driver version>: HailoRT
    /// refuses a driver of any other version.
    std::optional<std::filesystem::path> libraryDirectory{};
    /// Where HailoRT writes what "hailortcli monitor" shows.
    std::optional<std::filesystem::path> monitorDirectory{};

    friend bool operator==(const ContainerSettings&, const ContainerSettings&) = default;
};

/// Where a container sees the library directory and the monitor directory.
inline constexpr auto libraryContainerPath = "/opt/hailort";
inline constexpr auto monitorContainerPath = "/tmp/hmon_files";

/// Each reads one text and throws std::invalid_argument with the cause.
std::string parseEnvironment(std::string_view text);                        ///< NAME=VALUE
std::pair<std::string, std::string> parseAnnotation(std::string_view text); ///< KEY=VALUE
ContainerMount parseContainerMount(std::string_view text); ///< HOST:CONTAINER[:ro|rw]
std::uint32_t parseNodeMode(std::string_view text);        ///< octal, "0660"

/// Throws std::invalid_argument with the cause for the first that cannot be.
void validate(const ContainerSettings& settings);

} // namespace hdp
