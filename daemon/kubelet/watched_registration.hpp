// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/kubelet/backoff.hpp"
#include "daemon/kubelet/registrar.hpp"
#include "daemon/kubelet/retry_timer.hpp"
#include "daemon/kubelet/socket_names.hpp"
#include "daemon/plugin/plugin_socket.hpp"

#include <boost/asio/io_context.hpp>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace hdp {

// clang-format off
/// Registers by offering a socket in plugins_registry, which the kubelet's plugin watcher finds: the
/// way of CSI and DRA drivers, which the device manager knows too (Kubernetes 1.31 to 1.36). A
/// kubelet that starts looks for sockets by itself and wipes none.
///
///     state       what is true                                    what ends it
///     Unoffered   the folder does not take our socket             0.2 s … 10 s, a change of the folder
///     Offered     our socket waits for a kubelet                  its GetInfo call; deletion
///     Asked       the kubelet asked; ListAndWatch is to come      the stream, 10 s
///     Live        the kubelet listens to at least one stream      the last stream's end
///     StreamLost  no stream, and a living kubelet never calls     0.2 s … 10 s, GetInfo, a stream
///                 again as long as the socket stays
///     Stopping    the daemon ends                                 nothing
///
/// To be registered again, the socket is removed and offered under another name. The kubelet takes
/// up to a second to notice.
// clang-format on
class WatchedRegistration final : public Registrar {
  public:
    enum class State { Unoffered, Offered, Asked, Live, StreamLost, Stopping };

    struct Parameters {
        std::filesystem::path folder; ///< plugins_registry
        std::string resource;
        PluginSocket::OnConnection onConnection;
        std::string socketName{}; ///< what sockets are called by; empty: by the resource
        Events events{};
    };

    /// Does nothing until start().
    WatchedRegistration(boost::asio::io_context& loop,
                        Parameters parameters,
                        Backoff::Random random);

    void start() override;
    void lookAgain() override;
    void onStreamOpened(std::uint64_t number) override;
    void onStreamEnded(std::uint64_t number) override;
    void stop() override;
    [[nodiscard]] std::string_view stateName() const override;

    [[nodiscard]] bool isLive() const override { return state_ == State::Live; }

    /// What the plugin watcher says, see WatcherService.
    void onAsked();
    void onDecided(const std::string& error);

    [[nodiscard]] State state() const { return state_; }

  private:
    void offer();
    void enter(State state);

    boost::asio::io_context& loop_;
    PluginSocket::OnConnection onConnection_;
    SocketNames names_;
    Backoff retries_;
    State state_ = State::Unoffered;
    std::set<std::uint64_t> streams_;
    std::unique_ptr<PluginSocket> socket_;
    RetryTimer timer_; ///< the next offer
};

/// "offered", "stream-lost" and so on.
std::string_view nameOf(WatchedRegistration::State state);

} // namespace hdp
