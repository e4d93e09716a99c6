// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/kubelet/backoff.hpp"
#include "daemon/kubelet/kubelet_identity.hpp"
#include "daemon/kubelet/register_call.hpp"
#include "daemon/kubelet/registrar.hpp"
#include "daemon/kubelet/retry_timer.hpp"
#include "daemon/kubelet/socket_names.hpp"
#include "daemon/kubelet/successors.hpp"
#include "daemon/plugin/plugin_socket.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>

namespace hdp {

// clang-format off
/// Registers by calling the kubelet: the way that the device plugin API describes.
///
///     state           what is true                                what ends it
///     KubeletAbsent   no kubelet.sock, or no folder for it        a new kubelet
///     KubeletStale    kubelet.sock refuses: its kubelet is dead,  1 ms … 10 s, a new kubelet
///                     or has bound and not yet listened
///     Serving         our socket accepts connections              at once: the Register call
///     Registering     the Register call is under way              its answer, 20 s, a new kubelet
///     AwaitingStream  accepted; ListAndWatch is to come           the stream, 10 s, a new kubelet
///     Live            the kubelet listens to at least one stream  the last stream's end,
///                                                                 a new kubelet, the end of a
///                                                                 daemon that came after us
///     StreamLost      no stream, and the kubelet never calls      0.2 s … 10 s, a stream,
///                     again by itself                             a new kubelet
///     BackingOff      the last attempt failed                     0.2 s … 10 s, a stream,
///                                                                 a new kubelet
///     Stopping        the daemon ends                             nothing
///
/// Every attempt begins with a connection to kubelet.sock: none leads to KubeletAbsent or
/// KubeletStale, one to Serving and Registering; an accepted call to AwaitingStream or Live, a
/// refused one to BackingOff.
///
/// A new kubelet is told by the inode of kubelet.sock. The creation of that socket, and never the
/// deletion of our own, means that a kubelet has started: it first wipes the folder.
/// Each attempt has a socket with a name of its own, as kubelets from 1.37 on want it.
// clang-format on
class Registration final : public Registrar {
  public:
    enum class State {
        KubeletAbsent,
        KubeletStale,
        Serving,
        Registering,
        AwaitingStream,
        Live,
        StreamLost,
        BackingOff,
        Stopping
    };

    struct Parameters {
        std::filesystem::path folder; ///< the kubelet's plugin folder
        std::string resource;
        v1beta1::DevicePluginOptions options;
        PluginSocket::OnConnection onConnection;
        std::function<std::uint64_t()> newestStream; ///< number of the newest stream so far
        std::string socketName{}; ///< what sockets are called by; empty: by the resource
        Events events{};
    };

    /// Does nothing until start().
    Registration(boost::asio::io_context& loop, Parameters parameters, Backoff::Random random);

    void start() override;
    void lookAgain() override;
    void onStreamOpened(std::uint64_t number) override;
    void onStreamEnded(std::uint64_t number) override;
    void stop() override;
    [[nodiscard]] std::string_view stateName() const override;

    [[nodiscard]] bool isLive() const override { return state_ == State::Live; }

    [[nodiscard]] State state() const { return state_; }

  private:
    [[nodiscard]] std::filesystem::path kubeletSocket() const;
    void attempt();
    void onNoConnection(const std::error_code& error);
    void registerOver(int descriptor);
    void onResult(const RegisterResult& result);
    void onAccepted();
    void onNoStream();
    void beLive();
    void loseStream();
    void backOff(const std::string& cause);
    void onTimer();
    void enter(State state);
    void lookAtSuccessors();

    boost::asio::io_context& loop_;
    Parameters parameters_;
    SocketNames names_;
    Successors successors_;
    Backoff retries_;
    Backoff connects_;
    State state_ = State::KubeletAbsent;
    KubeletIdentity kubelet_;
    std::uint64_t firstStream_ = 1; ///< streams from this number on belong to the current attempt
    std::set<std::uint64_t> streams_;
    std::chrono::steady_clock::time_point since_; ///< when the state was entered
    std::unique_ptr<PluginSocket> socket_;
    std::unique_ptr<RegisterCall> call_;
    RetryTimer timer_; ///< the next attempt
};

/// "live", "kubelet-absent" and so on.
std::string_view nameOf(Registration::State state);

} // namespace hdp
