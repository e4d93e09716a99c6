// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

/// Files and a socket of others in the folders that the daemon shares, some with names much like
/// its own. The daemon must never touch them.
class Bystanders {
  public:
    Bystanders(std::filesystem::path kubeletFolder, std::filesystem::path cdiFolder);

    /// Makes those that are missing, with their folders.
    void place();

    /// What happened to one of them since, as a sentence; nothing if nothing did.
    [[nodiscard]] std::optional<std::string> harm() const;

    /// Whether the file is one of them.
    [[nodiscard]] bool contains(const std::filesystem::path& path) const;

  private:
    /// What would tell that somebody wrote, replaced or changed the mode of a file.
    struct State {
        std::uint64_t inode = 0;
        std::int64_t changedAt = 0; ///< ns
        std::string content;

        friend bool operator==(const State&, const State&) = default;
    };

    static State stateOf(const std::filesystem::path& path);
    /// Those whose files are gone go on for a while, as plugins that do not notice do.
    void listen();

    std::vector<std::filesystem::path> files_;
    std::filesystem::path socket_;
    boost::asio::io_context loop_;
    std::deque<boost::asio::local::stream_protocol::acceptor> acceptors_; ///< the newest last
    std::map<std::filesystem::path, State> states_;
};

} // namespace hdp::testing
