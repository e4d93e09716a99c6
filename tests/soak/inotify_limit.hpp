// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace hdp::testing {

/// As long as it exists, nobody in this user namespace gets another inotify watch or instance.
/// Those that are there go on.
class InotifyLimit {
  public:
    /// Throws std::runtime_error where the limits are not this user namespace's to set.
    InotifyLimit();
    InotifyLimit(const InotifyLimit&) = delete;
    InotifyLimit& operator=(const InotifyLimit&) = delete;
    ~InotifyLimit();

  private:
    std::string watches_;
    std::string instances_;
};

} // namespace hdp::testing
