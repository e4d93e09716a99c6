// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <vector>

namespace hdp::testing {

/// A unix socket's file in one of the states that a server leaves it in. The file stays.
class SocketFile {
  public:
    enum class State {
        Listening, ///< takes connections
        Full,      ///< takes no more connections for now
        Bound,     ///< not yet listening
        Dead       ///< its server is gone
    };

    /// Throws std::system_error named after the call.
    SocketFile(const std::filesystem::path& path, State state);
    SocketFile(const SocketFile&) = delete;
    SocketFile& operator=(const SocketFile&) = delete;
    ~SocketFile();

  private:
    int newDescriptor();

    std::vector<int> descriptors_;
};

} // namespace hdp::testing
