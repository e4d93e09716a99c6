// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/bystanders.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

/// Other programs that live in the folders that the daemon shares: files, some with names much like
/// its own, and the socket of a plugin that listens. The daemon must never touch them; when their
/// folder is wiped they come again.
class Neighbours {
  public:
    Neighbours(const std::filesystem::path& kubeletFolder, const std::filesystem::path& cdiFolder);

    /// Makes those that are missing, with their folders.
    void place();

    /// What happened to one of them since, as a sentence; nothing if nothing did.
    [[nodiscard]] std::optional<std::string> harm() const;

    /// Whether the file is one of them.
    [[nodiscard]] bool contains(const std::filesystem::path& path) const;

  private:
    /// Those whose files are gone go on for a while, as plugins that do not notice do.
    void listen();

    std::vector<std::filesystem::path> files_;
    std::filesystem::path socket_;
    boost::asio::io_context loop_;
    std::deque<boost::asio::local::stream_protocol::acceptor> acceptors_; ///< the newest last
    Bystanders seen_;
};

} // namespace hdp::testing
