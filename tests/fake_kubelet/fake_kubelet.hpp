// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/allocation.hpp"
#include "tests/fake_kubelet/capacity.hpp"
#include "tests/fake_kubelet/kubelet_options.hpp"
#include "tests/fake_kubelet/message.hpp"
#include "tests/fake_kubelet/misbehaviour.hpp"
#include "tests/fake_kubelet/registration.hpp"
#include "tests/fake_kubelet/stream_probe.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <grpcpp/support/status.h>

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

class KubeletProcess;
class KubeletState;
class PluginConnections;
class PodAdmitter;

/// A kubelet as a device plugin sees it: the device manager's side of the v1beta1 API, with its
/// texts, its time limits and its bugs, and nothing else of Kubernetes. It can be killed and
/// started again on the same directory; what it tells about registrations, arrivals and panics
/// goes on over all its lives. Any thread may call it. The waits end with the event they wait for
/// and throw std::runtime_error when time is up.
class FakeKubelet {
  public:
    using Clock = std::chrono::steady_clock;
    using Duration = std::chrono::milliseconds;
    using Devices = v1beta1::ListAndWatchResponse;
    static constexpr Duration patience = std::chrono::seconds(10);

    explicit FakeKubelet(KubeletOptions options);
    ~FakeKubelet(); ///< kills it
    FakeKubelet(const FakeKubelet&) = delete;
    FakeKubelet& operator=(const FakeKubelet&) = delete;
    FakeKubelet(FakeKubelet&&) = delete;
    FakeKubelet& operator=(FakeKubelet&&) = delete;

    /// Reads the checkpoint, wipes the directory, listens on kubelet.sock. Does nothing when it is
    /// running. Not to be called by two threads at once, no more than kill(). Throws
    /// std::system_error.
    void start();
    /// Ends like a killed process: all connections break, kubelet.sock stays behind, refusing.
    void kill();
    void restart();
    [[nodiscard]] bool isRunning() const;

    /// All Register calls so far, in the order of their answers.
    [[nodiscard]] std::vector<Registration> registrations() const;
    /// The n-th accepted registration of the resource, counted from 1.
    Registration waitForRegistration(const std::string& resource,
                                     std::size_t number = 1,
                                     Duration timeout = patience);

    /// Dial-backs under way: Register calls that wait for the plugin.
    [[nodiscard]] std::size_t dialling() const;

    /// The newest list since the start; nothing before the first.
    [[nodiscard]] std::optional<Message> lastMessage(const std::string& resource) const;
    [[nodiscard]] Devices deviceList(const std::string& resource) const;
    [[nodiscard]] std::size_t messageCount(const std::string& resource) const;
    /// When each list of the resource arrived.
    [[nodiscard]] std::vector<Clock::time_point> arrivals(const std::string& resource) const;
    /// Looks at the newest list only, whenever one arrives, and answers the one that satisfies.
    Message waitForDevices(const std::string& resource,
                           const std::function<bool(const Devices&)>& predicate,
                           Duration timeout = patience);
    /// The message of that number or the newest when later ones have come already.
    Message
    waitForMessage(const std::string& resource, std::size_t number, Duration timeout = patience);
    /// ListAndWatch streams that are open now, superseded ones included.
    [[nodiscard]] std::size_t openStreams(const std::string& resource) const;

    /// As in the node status; nothing for a resource it does not know or no longer knows.
    [[nodiscard]] std::optional<Capacity> capacity(const std::string& resource) const;
    [[nodiscard]] std::map<std::string, Capacity> capacities() const;
    void waitForCapacity(const std::string& resource,
                         std::optional<Capacity> expected,
                         Duration timeout = patience);

    /// Admits a container: GetPreferredAllocation, then Allocate. Blocks as long as the plugin.
    Allocation allocate(const ContainerRequest& request);
    /// What happens at each start of an admitted container: PreStartContainer, cached response.
    Allocation startContainer(const ContainerResource& key);
    /// The pod has ended; its devices are free.
    void forgetPod(const std::string& podUid);
    /// While the pod sources are not ready, as in the first moments of a kubelet, containers that
    /// the checkpoint knew at the start count as running and are admitted without a question.
    void setSourcesReady(bool ready);

    /// How it treats Register calls from now on, over all its lives; {} for as it should.
    void misbehave(Misbehaviour misbehaviour);
    /// Closes the connection to the plugin that was registered last, in the middle of its stream.
    /// Throws std::runtime_error when there is none.
    void hangUpOn(const std::string& resource);

    /// The text of the first panic that a real kubelet would have died of.
    [[nodiscard]] std::optional<std::string> panicked() const;

    /// Calls past all bookkeeping, for requests no kubelet would send. They throw
    /// std::runtime_error when no plugin is registered for the resource.
    grpc::Status rawAllocate(const std::string& resource,
                             const v1beta1::AllocateRequest& request,
                             v1beta1::AllocateResponse& response);
    grpc::Status rawPreferred(const std::string& resource,
                              const v1beta1::PreferredAllocationRequest& request,
                              v1beta1::PreferredAllocationResponse& response);
    std::unique_ptr<StreamProbe> openSecondStream(const std::string& resource);

    /// Evaluates the predicate, which may ask this kubelet anything, after each change.
    [[nodiscard]] bool waitUntil(const std::function<bool()>& predicate,
                                 Duration timeout = patience) const;

  private:
    [[nodiscard]] std::shared_ptr<PluginClient> endpoint(const std::string& resource) const;
    void require(const std::function<bool()>& predicate,
                 Duration timeout,
                 const std::string& what) const;

    const std::unique_ptr<KubeletState> state_;
    const std::unique_ptr<PluginConnections> plugins_;
    const std::unique_ptr<PodAdmitter> admitter_;
    std::unique_ptr<KubeletProcess> process_;
};

} // namespace hdp::testing
