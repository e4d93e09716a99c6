// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <functional>
#include <thread>

namespace hdp::testing {

/// A listening unix socket whose file outlives it, as that of a killed process does: afterwards
/// connect() is refused while the file is still there. gRPC's own listener would unlink it.
class ListeningSocket {
  public:
    /// Takes a connected, non-blocking descriptor and owns it. Called on the accepting thread.
    using OnConnection = std::function<void(int descriptor)>;

    /// Binds and accepts until destruction. Throws std::system_error.
    ListeningSocket(const std::filesystem::path& path, OnConnection onConnection);
    ~ListeningSocket();
    ListeningSocket(const ListeningSocket&) = delete;
    ListeningSocket& operator=(const ListeningSocket&) = delete;
    ListeningSocket(ListeningSocket&&) = delete;
    ListeningSocket& operator=(ListeningSocket&&) = delete;

  private:
    void acceptUntilShutdown() const;

    int descriptor_;
    OnConnection onConnection_;
    std::thread thread_;
};

} // namespace hdp::testing
