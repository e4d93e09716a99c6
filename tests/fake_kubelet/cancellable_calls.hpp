// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/client_context.h>
#include <grpcpp/server_context.h>

#include <memory>
#include <mutex>
#include <set>

namespace hdp::testing {

/// The calls that one client has under way, so that another thread can end them all at once.
/// Any thread.
class CancellableCalls {
  public:
    /// One call, known to the set while it exists.
    class Call {
      public:
        /// With a caller, the call inherits its deadline and its cancellation.
        explicit Call(CancellableCalls& calls, const grpc::ServerContext* caller = nullptr);
        ~Call();
        Call(const Call&) = delete;
        Call& operator=(const Call&) = delete;
        Call(Call&&) = delete;
        Call& operator=(Call&&) = delete;

        [[nodiscard]] grpc::ClientContext& context() { return *context_; }

      private:
        CancellableCalls& calls_;
        std::unique_ptr<grpc::ClientContext> context_;
    };

    /// Cancels what is under way and whatever begins later.
    void cancelAll();

  private:
    std::mutex mutex_;
    bool cancelled_ = false;
    std::set<grpc::ClientContext*> contexts_;
};

} // namespace hdp::testing
