// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/client_table.hpp"

#include "tests/fake_kubelet/plugin_client.hpp"

#include <algorithm>

namespace hdp::testing {

ClientTable::ClientTable(Takeover takeover) : takeover_(takeover) {}

void ClientTable::add(const ClientPtr& client) {
    auto& clients = clients_[client->resource()];
    if (takeover_ == Takeover::DisconnectsCurrent) {
        clients.clear();
    }
    clients.push_back(client);
}

void ClientTable::remove(const PluginClient& client) {
    takeEnded(client.resource(), client.socket());
}

ClientPtr ClientTable::takeEnded(const std::string& resource, const std::filesystem::path& socket) {
    auto& clients = clients_[resource];
    const auto found = find(clients, socket);
    if (found == clients.end()) {
        return nullptr;
    }
    ClientPtr ended = *found;
    clients.erase(found);
    return ended;
}

ClientPtr ClientTable::newest(const std::string& resource) const {
    const auto found = clients_.find(resource);
    return found == clients_.end() || found->second.empty() ? nullptr : found->second.back();
}

ClientTable::Clients::iterator ClientTable::find(Clients& clients,
                                                 const std::filesystem::path& socket) {
    if (takeover_ == Takeover::DisconnectsCurrent) {
        return clients.begin();
    }
    return std::ranges::find_if(
        clients, [&socket](const ClientPtr& client) { return client->socket() == socket; });
}

} // namespace hdp::testing
