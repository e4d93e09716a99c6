// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/kubelet_state.hpp"

#include "podresources_v1.grpc.pb.h"

namespace hdp::testing {

/// Who holds which device, as monitoring agents ask the kubelet. A pod is named after its UID and
/// lives in the namespace "default". One entry per device and NUMA node, like the real one.
class PodResourcesService final : public v1::PodResourcesLister::Service {
  public:
    explicit PodResourcesService(KubeletState& state);

    grpc::Status List(grpc::ServerContext* context,
                      const v1::ListPodResourcesRequest* request,
                      v1::ListPodResourcesResponse* response) override;
    grpc::Status GetAllocatableResources(grpc::ServerContext* context,
                                         const v1::AllocatableResourcesRequest* request,
                                         v1::AllocatableResourcesResponse* response) override;
    grpc::Status Get(grpc::ServerContext* context,
                     const v1::GetPodResourcesRequest* request,
                     v1::GetPodResourcesResponse* response) override;

  private:
    KubeletState& state_;
};

} // namespace hdp::testing
