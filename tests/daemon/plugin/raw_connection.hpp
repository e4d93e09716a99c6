// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace hdp::testing {

/// A client of a unix socket that says what it likes.
class RawConnection {
  public:
    /// Throws std::system_error named connect.
    explicit RawConnection(const std::filesystem::path& path);
    RawConnection(const RawConnection&) = delete;
    RawConnection& operator=(const RawConnection&) = delete;
    ~RawConnection();

    void write(std::string_view bytes) const;

    /// What comes next; empty at the end.
    [[nodiscard]] std::string read() const;

  private:
    int descriptor_;
};

} // namespace hdp::testing
