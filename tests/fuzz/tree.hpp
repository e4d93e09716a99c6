// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/temporary_directory.hpp"

#include <cstddef>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// A tree of files that a text describes, a line for each, in a folder of its own that is gone with
/// the object. What cannot be made is left out, and nothing is made outside of the folder.
///
///     file sys/bus/pci/devices/0000:01:00.0/vendor 0x1e60\n
///     link sys/bus/pci/devices/0000:01:00.0/driver ../../drivers/hailo
///     folder sys/class/hailo1x
///     pipe sys/class/hailo1x/h1x-0/dev
///     big sys/class/hailo1x/h1x-0/device_id
///     node dev/hailo0 510:0
///
/// \n, \\ and \xNN stand for bytes that a line cannot hold. A big file has 64 KiB.
class Tree {
  public:
    explicit Tree(std::string_view description);

    [[nodiscard]] const std::filesystem::path& root() const { return folder_.path(); }

    /// Whether a read of a file may wait for a writer.
    [[nodiscard]] bool hasPipes() const { return hasPipes_; }

  private:
    struct Line {
        std::string kind;
        std::filesystem::path path; ///< relative to the root
        std::string content;
    };

    static Line lineOf(std::string_view text);
    void make(const Line& line);
    void makeLink(const Line& line) const;

    TemporaryDirectory folder_;
    bool hasPipes_ = false;
};

} // namespace hdp::testing
