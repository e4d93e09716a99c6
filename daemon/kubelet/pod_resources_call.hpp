// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/kubelet/pod_resources.hpp"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>

namespace hdp {

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
