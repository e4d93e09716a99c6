// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <set>
#include <string>

namespace hdp {

/// Sentences about what lasts. Each is told when it begins to hold, and not while it does. Loop
/// thread only.
class Standing {
  public:
    using Tell = std::function<void(const std::string& sentence)>;

    /// From now on these hold and no others.
    void hold(std::set<std::string> sentences, const Tell& tell);

  private:
    std::set<std::string> sentences_;
};

} // namespace hdp
