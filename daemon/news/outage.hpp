// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string>

namespace hdp {

/// Something that is tried again and again, and may fail each time. Who reads the log is told each
/// cause once, until it worked again or another cause came. Loop thread only.
class Outage {
  public:
    /// Gets the whole text of the error.
    using Tell = std::function<void(const std::string& details)>;

    /// Whether the work came to its end. If it threw, the reason is told when it is news: of a
    /// std::system_error its code alone is compared, because its text may name a temporary file,
    /// which is another one each time.
    bool attempt(const std::function<void()>& work, const Tell& tell);

  private:
    void failed(const std::string& cause, const std::string& details, const Tell& tell);

    std::string cause_; ///< of the last failure; empty when the last attempt worked
};

} // namespace hdp
