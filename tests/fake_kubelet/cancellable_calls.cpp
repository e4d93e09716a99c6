// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/cancellable_calls.hpp"

namespace hdp::testing {

CancellableCalls::Call::Call(CancellableCalls& calls, const grpc::ServerContext* caller)
    : calls_(calls),
      context_(caller != nullptr ? grpc::ClientContext::FromServerContext(*caller)
                                 : std::make_unique<grpc::ClientContext>()) {
    const std::lock_guard lock(calls_.mutex_);
    calls_.contexts_.insert(context_.get());
    if (calls_.cancelled_) {
        context_->TryCancel();
    }
}

CancellableCalls::Call::~Call() {
    const std::lock_guard lock(calls_.mutex_);
    calls_.contexts_.erase(context_.get());
}

void CancellableCalls::cancelAll() {
    const std::lock_guard lock(mutex_);
    cancelled_ = true;
    for (auto* context : contexts_) {
        context->TryCancel();
    }
}

} // namespace hdp::testing
