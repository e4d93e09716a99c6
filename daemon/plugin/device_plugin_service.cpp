// SPDX-License-Identifier: Apache-2.0
#include "daemon/plugin/device_plugin_service.hpp"

#include "cdi/text.hpp"
#include "daemon/handover/allocation_error.hpp"
#include "daemon/log.hpp"
#include "daemon/plugin/allocation.hpp"

#include <boost/asio/post.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <string>
#include <utility>

namespace hdp {

namespace {

grpc::Status statusOf(const AllocationError& error) {
    const auto code = error.kind() == AllocationError::Kind::InvalidRequest
                          ? grpc::StatusCode::INVALID_ARGUMENT
                          : grpc::StatusCode::FAILED_PRECONDITION;
    return {code, error.what()};
}

/// Runs a call's work on the loop and finishes the call with its status. Request and response live
/// until then.
template <class Work>
grpc::ServerUnaryReactor*
onLoop(boost::asio::io_context& loop, grpc::CallbackServerContext& context, Work work) {
    auto* reactor = context.DefaultReactor();
    boost::asio::post(loop, [reactor, work = std::move(work)] { reactor->Finish(work()); });
    return reactor;
}

/// As many ids of a request as a line of the log may hold.
std::string idsOf(const v1beta1::AllocateRequest& request) {
    constexpr std::size_t longestId = 63;
    constexpr std::size_t longest = 1024;
    std::string ids;
    for (const auto& container : request.container_requests()) {
        for (const auto& id : container.devices_ids()) {
            if (ids.size() > longest) {
                return ids + ",…";
            }
            ids.append(ids.empty() ? "" : ",").append(cdi::printable(id.substr(0, longestId)));
        }
    }
    return ids;
}

/// Every chip handed out is on record, and every refusal.
void audit(const AllocationReport& report) {
    const auto tell =
        report.outcome == AllocationReport::Outcome::Granted ? log::info : log::warning;
    tell(sentenceOf(report), {{"HAILO_EVENT", "allocation"},
                              {"HAILO_OUTCOME", nameOf(report.outcome)},
                              {"HAILO_RESOURCE", report.resource},
                              {"HAILO_DEVICE", report.ids},
                              {"HAILO_HANDOVER", report.handover}});
}

} // namespace

DevicePluginService::DevicePluginService(boost::asio::io_context& loop,
                                         const ResourceDevices& devices,
                                         const Handover& handover,
                                         StreamSet& streams,
                                         AllocationPolicy policy,
                                         OnAllocation onAllocation)
    : loop_(loop),
      devices_(devices),
      handover_(handover),
      streams_(streams),
      policy_(policy),
      onAllocation_(std::move(onAllocation)) {}

v1beta1::DevicePluginOptions DevicePluginService::options() {
    v1beta1::DevicePluginOptions options;
    options.set_get_preferred_allocation_available(true);
    return options;
}

grpc::ServerUnaryReactor* DevicePluginService::GetDevicePluginOptions(
    Context* context, const v1beta1::Empty* /*request*/, v1beta1::DevicePluginOptions* response) {
    *response = options();
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse>*
DevicePluginService::ListAndWatch(Context* /*context*/, const v1beta1::Empty* /*request*/) {
    return ListAndWatchStream::open(loop_, streams_);
}

grpc::ServerUnaryReactor*
DevicePluginService::GetPreferredAllocation(Context* context,
                                            const v1beta1::PreferredAllocationRequest* request,
                                            v1beta1::PreferredAllocationResponse* response) {
    return onLoop(loop_, *context,
                  [this, request, response] { return answerPreferred(*request, *response); });
}

grpc::ServerUnaryReactor* DevicePluginService::Allocate(Context* context,
                                                        const v1beta1::AllocateRequest* request,
                                                        v1beta1::AllocateResponse* response) {
    AllocationReport report{.resource = handover_.resource(),
                            .ids = idsOf(*request),
                            .handover = handover_.modesText(),
                            .begin = std::chrono::steady_clock::now()};
    return onLoop(loop_, *context, [this, request, response, report = std::move(report)] {
        return answerAllocate(*request, *response, report);
    });
}

grpc::ServerUnaryReactor*
DevicePluginService::PreStartContainer(Context* context,
                                       const v1beta1::PreStartContainerRequest* /*request*/,
                                       v1beta1::PreStartContainerResponse* /*response*/) {
    // Not asked for in our options, and nothing to do: a chip needs no reset between containers.
    auto* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
}

grpc::Status DevicePluginService::answerAllocate(const v1beta1::AllocateRequest& request,
                                                 v1beta1::AllocateResponse& response,
                                                 AllocationReport report) const {
    using Outcome = AllocationReport::Outcome;
    try {
        response = allocate(*devices_.current(), handover_, request);
        conclude(std::move(report), Outcome::Granted, {});
        return grpc::Status::OK;
    } catch (const AllocationError& error) {
        conclude(std::move(report), Outcome::Refused, error.what());
        return statusOf(error);
    } catch (const std::exception& error) {
        conclude(std::move(report), Outcome::Failed, error.what());
        return {grpc::StatusCode::INTERNAL, error.what()};
    }
}

void DevicePluginService::conclude(AllocationReport report,
                                   AllocationReport::Outcome outcome,
                                   std::string cause) const {
    report.outcome = outcome;
    report.cause = std::move(cause);
    report.duration = std::chrono::steady_clock::now() - report.begin;
    audit(report);
    if (onAllocation_) {
        onAllocation_(report);
    }
}

grpc::Status
DevicePluginService::answerPreferred(const v1beta1::PreferredAllocationRequest& request,
                                     v1beta1::PreferredAllocationResponse& response) const {
    try {
        response = preferredAllocation(*devices_.current(), policy_, request);
        return grpc::Status::OK;
    } catch (const AllocationError& error) {
        return statusOf(error);
    }
}

} // namespace hdp
