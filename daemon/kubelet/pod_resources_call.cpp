// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/pod_resources_call.hpp"

#include "podresources_v1.grpc.pb.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel_posix.h>
#include <grpcpp/support/channel_arguments.h>

#include <chrono>
#include <utility>

namespace hdp {

namespace {

constexpr std::chrono::seconds deadline{2};

// What Kubernetes' own clients allow: a node with many pods has more to tell than gRPC's 4 MiB.
constexpr int largestAnswer = 16 * 1024 * 1024;

std::shared_ptr<grpc::Channel> channelOver(int descriptor) {
    grpc::ChannelArguments arguments;
    arguments.SetMaxReceiveMessageSize(largestAnswer);
    return grpc::CreateCustomInsecureChannelFromFd("localhost", descriptor, arguments);
}

} // namespace

struct PodResourcesCall::Call {
    Call(boost::asio::io_context& loop_, int descriptor, OnResult onResult_)
        : loop(loop_),
          work(boost::asio::make_work_guard(loop_)),
          stub(v1::PodResourcesLister::NewStub(channelOver(descriptor))),
          onResult(std::move(onResult_)) {
        context.set_deadline(std::chrono::system_clock::now() + deadline);
    }

    void finish(const grpc::Status& status) {
        if (!onResult) {
            return;
        }
        const auto report = std::exchange(onResult, {});
        if (status.ok()) {
            report(podResourcesIn(response));
        } else {
            report({{}, status.error_message()});
        }
    }

    boost::asio::io_context& loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
    std::unique_ptr<v1::PodResourcesLister::Stub> stub;
    grpc::ClientContext context;
    v1::ListPodResourcesRequest request;
    v1::ListPodResourcesResponse response;
    OnResult onResult; ///< empty once the owner lost interest; loop thread
};

PodResourcesCall::PodResourcesCall(boost::asio::io_context& loop, int descriptor, OnResult onResult)
    : call_(std::make_shared<Call>(loop, descriptor, std::move(onResult))) {
    // The last reference dies on the loop: a channel must not be destroyed within a reaction.
    auto onDone = [call = call_](const grpc::Status& status) mutable {
        auto& target = call->loop;
        boost::asio::post(target, [call = std::move(call), status] { call->finish(status); });
    };
    call_->stub->async()->List(&call_->context, &call_->request, &call_->response,
                               std::move(onDone));
}

PodResourcesCall::~PodResourcesCall() {
    call_->onResult = {};
    call_->context.TryCancel();
}

} // namespace hdp
