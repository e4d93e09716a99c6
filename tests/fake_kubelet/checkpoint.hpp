// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/pod_devices.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace hdp::testing {

/// What survives the kubelet: the file kubelet_internal_checkpoint, in the kubelet's own format
/// except for the checksum, which only Go can compute.
struct Checkpoint {
    PodDevices::Assignments assignments;
    std::map<std::string, std::set<std::string>> registered; ///< healthy ids by resource

    /// Nothing when there is no file or it makes no sense: the kubelet goes on without it.
    static std::optional<Checkpoint> read(const std::filesystem::path& file);

    /// Writes a file named with a leading dot beside it and renames that, so that a watcher of
    /// the folder sees what it sees on a node. Throws std::system_error.
    void write(const std::filesystem::path& file) const;
};

} // namespace hdp::testing
