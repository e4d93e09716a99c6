// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/kubelet/backoff.hpp"
#include "daemon/kubelet/kubelet_identity.hpp"
#include "daemon/kubelet/register_call.hpp"
#include "daemon/plugin/plugin_socket.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

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
/// Keeps one resource registered with the kubelet of this node, for as long as the daemon runs and
/// whatever the kubelet does. Loop thread only.
///
///     state           what is true                                what ends it
///     KubeletAbsent   no kubelet.sock, or no folder for it        a new kubelet
///     KubeletStale    kubelet.sock refuses: its kubelet is dead,  1 ms … 10 s, a new kubelet
///                     or has bound and not yet listened
///     Serving         our socket accepts connections              at once: the Register call
///     Registering     the Register call is under way              its answer, 20 s, a new kubelet
///     AwaitingStream  accepted; ListAndWatch is to come           the stream, 10 s, a new kubelet
///     Live            the kubelet listens to at least one stream  the last stream's end,
///                                                                 a new kubelet
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
class Registration {
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
    };

    /// The name of a socket as long as one can get, to check a folder's path against the limit of
    /// 107 bytes.
    static std::string longestSocketName(std::string_view resource);

    /// Does nothing until start().
    Registration(boost::asio::io_context& loop, Parameters parameters, Backoff::Random random);
    Registration(const Registration&) = delete;
    Registration& operator=(const Registration&) = delete;
    ~Registration() = default;

    void start();

    /// The folder changed, or time has passed: compare what is there with what was.
    void lookAgain();

    void onStreamOpened(std::uint64_t number);
    void onStreamEnded(std::uint64_t number);

    /// Stops listening, removes our socket and cancels what is under way. Streams are left to their
    /// owner.
    void stop();

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
    void attemptAfter(std::chrono::milliseconds delay);
    void after(std::chrono::milliseconds delay, void (Registration::*step)());
    void enter(State state);
    void say(const std::string& sentence, bool isProblem);
    [[nodiscard]] std::filesystem::path nextSocketPath();

    boost::asio::io_context& loop_;
    Parameters parameters_;
    std::string processTag_; ///< tells this process's sockets from those of others in the folder
    Backoff retries_;
    Backoff connects_;
    State state_ = State::KubeletAbsent;
    KubeletIdentity kubelet_;
    std::uint64_t attempts_ = 0;
    std::uint64_t firstStream_ = 1; ///< streams from this number on belong to the current attempt
    std::set<std::uint64_t> streams_;
    std::chrono::steady_clock::time_point since_; ///< when the state was entered
    std::string lastSentence_;
    std::unique_ptr<PluginSocket> socket_;
    std::unique_ptr<RegisterCall> call_;
    boost::asio::steady_timer timer_;
    std::uint64_t timerTurn_ = 0;
};

/// "live", "kubelet-absent" and so on.
std::string_view nameOf(Registration::State state);

} // namespace hdp
