// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/handover.hpp"
#include "daemon/inventory/resource_devices.hpp"
#include "daemon/plugin/plugin_observer.hpp"
#include "daemon/plugin/preferred_allocation.hpp"
#include "daemon/plugin/stream_set.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <boost/asio/io_context.hpp>

#include <functional>

namespace hdp {

/// The DevicePlugin service of the kubelet's API v1beta1. Each call hops to the loop and is
/// answered there from the current chips of the resource; an AllocationError becomes
/// INVALID_ARGUMENT or FAILED_PRECONDITION with its sentence. Each Allocate call is one line in the
/// log, whatever came of it. All references must outlive the server.
class DevicePluginService final : public v1beta1::DevicePlugin::CallbackService {
  public:
    using OnAllocation = std::function<void(const AllocationReport& report)>;

    DevicePluginService(boost::asio::io_context& loop,
                        const ResourceDevices& devices,
                        const Handover& handover,
                        StreamSet& streams,
                        AllocationPolicy policy,
                        OnAllocation onAllocation = {});

    /// What GetDevicePluginOptions answers, and Register repeats.
    static v1beta1::DevicePluginOptions options();

    /// Follows another policy from now on. Loop thread.
    void follow(AllocationPolicy policy) { policy_ = policy; }

  private:
    using Context = grpc::CallbackServerContext;
    using Unary = grpc::ServerUnaryReactor;

    Unary* GetDevicePluginOptions(Context* context,
                                  const v1beta1::Empty* request,
                                  v1beta1::DevicePluginOptions* response) override;
    grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse>*
    ListAndWatch(Context* context, const v1beta1::Empty* request) override;
    Unary* GetPreferredAllocation(Context* context,
                                  const v1beta1::PreferredAllocationRequest* request,
                                  v1beta1::PreferredAllocationResponse* response) override;
    Unary* Allocate(Context* context,
                    const v1beta1::AllocateRequest* request,
                    v1beta1::AllocateResponse* response) override;
    Unary* PreStartContainer(Context* context,
                             const v1beta1::PreStartContainerRequest* request,
                             v1beta1::PreStartContainerResponse* response) override;

    grpc::Status answerAllocate(const v1beta1::AllocateRequest& request,
                                v1beta1::AllocateResponse& response,
                                AllocationReport report) const;
    void
    conclude(AllocationReport report, AllocationReport::Outcome outcome, std::string cause) const;
    grpc::Status answerPreferred(const v1beta1::PreferredAllocationRequest& request,
                                 v1beta1::PreferredAllocationResponse& response) const;

    boost::asio::io_context& loop_;
    const ResourceDevices& devices_;
    const Handover& handover_;
    StreamSet& streams_;
    AllocationPolicy policy_;
    OnAllocation onAllocation_;
};

} // namespace hdp
