// SPDX-License-Identifier: Apache-2.0
#include "daemon/kubelet/register_call.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <grpcpp/client_context.h>
#include <grpcpp/create_channel_posix.h>

#include <chrono>
#include <utility>

namespace hdp {

namespace {

constexpr std::chrono::seconds deadline{20};

} // namespace

struct RegisterCall::Call {
    Call(boost::asio::io_context& loop_,
         int descriptor,
         v1beta1::RegisterRequest request_,
         OnResult onResult_)
        : loop(loop_),
          work(boost::asio::make_work_guard(loop_)),
          stub(v1beta1::Registration::NewStub(
              grpc::CreateInsecureChannelFromFd("localhost", descriptor))),
          request(std::move(request_)),
          onResult(std::move(onResult_)) {
        context.set_deadline(std::chrono::system_clock::now() + deadline);
    }

    void finish(const grpc::Status& status) {
        if (onResult) {
            std::exchange(onResult, {})({status.ok(), status.error_message()});
        }
    }

    boost::asio::io_context& loop;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work;
    std::unique_ptr<v1beta1::Registration::Stub> stub;
    grpc::ClientContext context;
    v1beta1::RegisterRequest request;
    v1beta1::Empty response;
    OnResult onResult; ///< empty once the owner lost interest; loop thread
};

RegisterCall::RegisterCall(boost::asio::io_context& loop,
                           int descriptor,
                           const v1beta1::RegisterRequest& request,
                           OnResult onResult)
    : call_(std::make_shared<Call>(loop, descriptor, request, std::move(onResult))) {
    // The last reference dies on the loop: a channel must not be destroyed within a reaction.
    auto onDone = [call = call_](const grpc::Status& status) mutable {
        auto& target = call->loop;
        boost::asio::post(target, [call = std::move(call), status] { call->finish(status); });
    };
    call_->stub->async()->Register(&call_->context, &call_->request, &call_->response,
                                   std::move(onDone));
}

RegisterCall::~RegisterCall() {
    call_->onResult = {};
    call_->context.TryCancel();
}

} // namespace hdp
