// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>
#include <sstream>
#include <string>
#include <string_view>

namespace spdlog {
class logger;
}

namespace hdp::testing {

/// Keeps what the daemon logs, from level debug up, for as long as it lives.
class CapturedLog {
  public:
    CapturedLog();
    CapturedLog(const CapturedLog&) = delete;
    CapturedLog& operator=(const CapturedLog&) = delete;
    ~CapturedLog();

    [[nodiscard]] std::string text() const { return stream_.str(); }

    /// How often the words were logged.
    [[nodiscard]] std::size_t count(std::string_view words) const;

  private:
    std::ostringstream stream_;
    std::shared_ptr<spdlog::logger> before_;
};

} // namespace hdp::testing
