// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/registration_service.hpp"

#include <chrono>
#include <thread>

namespace hdp::testing {

RegistrationService::RegistrationService(KubeletState& state, PluginConnections& plugins)
    : state_(state), plugins_(plugins) {}

grpc::Status RegistrationService::Register(grpc::ServerContext* context,
                                           const v1beta1::RegisterRequest* request,
                                           v1beta1::Empty* /*response*/) {
    while (isMute() && !context->IsCancelled()) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    const auto error = plugins_.registerPlugin(*request, *context);
    const auto lock = state_.lock();
    if (!state_.running) {
        return {grpc::StatusCode::UNAVAILABLE, "Socket closed"};
    }
    return error ? grpc::Status(grpc::StatusCode::UNKNOWN, *error) : grpc::Status::OK;
}

bool RegistrationService::isMute() {
    const auto lock = state_.lock();
    return state_.running && !state_.misbehaviour.answers;
}

} // namespace hdp::testing
