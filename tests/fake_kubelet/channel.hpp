// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>

namespace grpc {
class Channel;
} // namespace grpc

namespace hdp::testing {

/// The receive limit of grpc-go, which no kubelet raises: a longer message ends its stream.
constexpr int maxMessageBytes = 4194304;

/// What a plugin reads in the :authority header.
enum class Authority {
    Localhost,  ///< device plugin calls
    SocketPath, ///< calls to a registration socket of the plugin watcher, percent-encoded
};

/// A channel of its own to a unix socket: it shares no connection with other channels of the
/// process. Connects with the first call.
std::shared_ptr<grpc::Channel> openChannel(const std::filesystem::path& socket,
                                           Authority authority = Authority::Localhost);

} // namespace hdp::testing
