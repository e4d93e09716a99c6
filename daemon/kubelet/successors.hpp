// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <set>
#include <string>

namespace hdp {

/// The sockets of other daemons for the same resource, in the kubelet's plugin folder, that came
/// after our own: a replacement starts while we still run. When such a one ends instead of us, a
/// kubelet up to 1.36 counts no device any more and tells us nothing, because our stream goes on.
class Successors {
  public:
    Successors(std::filesystem::path folder, std::string prefix);

    /// What is in the folder now came before ours, or is ours.
    void begin();

    /// Whether one that an earlier look saw has ended since. The file of one that was killed is
    /// removed.
    [[nodiscard]] bool hasOneEnded();

  private:
    std::filesystem::path folder_;
    std::string prefix_;
    std::set<std::filesystem::path> before_;
    std::set<std::filesystem::path> known_;
};

} // namespace hdp
