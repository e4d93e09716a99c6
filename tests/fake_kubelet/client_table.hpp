// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace hdp::testing {

class PluginClient;
using ClientPtr = std::shared_ptr<PluginClient>;

/// What the end of a ListAndWatch stream does when the resource has been registered again since.
enum class Takeover {
    DisconnectsCurrent, ///< up to 1.36: the newest plugin loses its connection and is not told
    KeepsCurrent,       ///< from 1.37: only the plugin whose stream ended
};

/// The plugins that the kubelet tracks as connected to a resource. Up to 1.36 it remembers one
/// only, the newest; the others stay connected and untracked. From 1.37 on it keeps all of them
/// and finds them by socket path, so that two on one path are mistaken for each other.
class ClientTable {
  public:
    explicit ClientTable(Takeover takeover);

    void add(const ClientPtr& client);
    /// Stops tracking it, or, up to 1.36, whatever is tracked for its resource.
    void remove(const PluginClient& client);
    /// Stops tracking, and returns, what the kubelet takes for the plugin whose stream ended.
    ClientPtr takeEnded(const std::string& resource, const std::filesystem::path& socket);
    /// The one that was added last and is still tracked.
    [[nodiscard]] ClientPtr newest(const std::string& resource) const;

  private:
    using Clients = std::vector<ClientPtr>;

    [[nodiscard]] Clients::iterator find(Clients& clients, const std::filesystem::path& socket);

    Takeover takeover_;
    std::map<std::string, Clients> clients_;
};

} // namespace hdp::testing
