// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/command.hpp"
#include "tests/support/temporary_directory.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <nlohmann/json.hpp>

#include <string_view>

namespace hdp::testing {

/// A container as runc gets it: an OCI runtime specification and a root filesystem.
class OciBundle {
  public:
    /// Starts from what runc itself proposes, with this host's /sys in place of a sysfs, to run the
    /// stand-in of HailoRT's scan.
    explicit OciBundle(std::string_view driverVersion = "4.23.0");

    nlohmann::json spec;

    /// Adds the nodes, mounts and environment of a response, as containerd and CRI-O do before they
    /// ask the CDI library. Throws std::runtime_error when a link leads nowhere.
    void add(const v1beta1::ContainerAllocateResponse& response);

    /// Runs it to its end.
    [[nodiscard]] Outcome run() const;

  private:
    TemporaryDirectory folder_;
};

} // namespace hdp::testing
