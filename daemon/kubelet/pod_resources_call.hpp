// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace hdp {

/// A device that the kubelet gave to a container.
struct Holding {
    std::string resource;
    std::string id;
    std::string podNamespace;
    std::string pod;
    std::string container;

    friend bool operator==(const Holding&, const Holding&) = default;
};

/// Which devices of all resources the kubelet's pods hold, or why that is not known.
struct PodResources {
    std::set<HeldDevice> held;
    std::vector<Holding> holdings; ///< the same, with those who hold them
    std::string error;             ///< empty: what is held is the whole truth
};

/// One List call to the kubelet's podresources service (v1, from 1.20 on), with a deadline of 2 s.
/// Loop thread only. Destruction cancels the call and forgets its result; what gRPC still needs
/// lives on, and keeps the loop turning, until gRPC is done.
class PodResourcesCall {
  public:
    using OnResult = std::function<void(const PodResources& result)>;

    /// Takes ownership of the connected descriptor. The result comes on the loop, never from within
    /// here.
    PodResourcesCall(boost::asio::io_context& loop, int descriptor, OnResult onResult);
    PodResourcesCall(const PodResourcesCall&) = delete;
    PodResourcesCall& operator=(const PodResourcesCall&) = delete;
    ~PodResourcesCall();

  private:
    struct Call;

    std::shared_ptr<Call> call_;
};

} // namespace hdp
