// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace hdp {

/// Names for the sockets of one resource in a folder of the kubelet, each used once:
/// "hailo.ai_device-1f3a9c02-7.sock", or with what the settings want before the first dash; with a
/// part that tells this process from others. Kubelets from 1.37 on tell registrations apart by the
/// path.
class SocketNames {
  public:
    SocketNames(std::filesystem::path folder, std::string_view resource);

    /// A path that was not given before.
    [[nodiscard]] std::filesystem::path next();

    /// What the names of all daemons for this resource begin with.
    [[nodiscard]] const std::string& prefix() const { return prefix_; }

    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }

    /// The same for a resource, without a folder.
    static std::string prefixFor(std::string_view resource);

    /// A name as long as one can get, to check a folder's path against the limit of 107 bytes.
    static std::string longest(std::string_view resource);

  private:
    std::filesystem::path folder_;
    std::string prefix_;
    std::string process_;
    std::uint64_t count_ = 0;
};

} // namespace hdp
