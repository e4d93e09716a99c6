// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>

namespace hdp::testing {

/// The daemon's configuration file. Each version that is written differs from all before, so that
/// the daemon's log tells which one is in force.
class DaemonConfig {
  public:
    explicit DaemonConfig(std::filesystem::path file);

    bool ticks = false; ///< a health check each second, else none in the time of a test
    std::string policy = "packed";
    std::string handover = "cdi-cri, device-specs";

    /// Puts it into the file in one go: who reads one that is being written in place takes the
    /// defaults. The answer is what the daemon writes when it is in force, or when it
    /// begins anew with it.
    std::string write();

    /// Puts something into the file that no daemon should take, and says what.
    std::string spoil(std::size_t way);

  private:
    std::filesystem::path file_;
    int version_ = 86400; ///< the grace of tombstones in seconds: none ends during a test
};

} // namespace hdp::testing
