// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "deviceplugin_v1beta1.pb.h"

#include <boost/asio/io_context.hpp>

#include <functional>
#include <memory>
#include <string>

namespace hdp {

/// What came of a Register call: accepted, or the kubelet's or gRPC's own words why not.
struct RegisterResult {
    bool accepted = false;
    std::string error;
};

/// One Register call to a kubelet, with a deadline of 20 s: the kubelet connects back within the
/// call and gives up after 10 s. Loop thread only. Destruction cancels the call and forgets its
/// result; what gRPC still needs lives on, and keeps the loop turning, until gRPC is done.
class RegisterCall {
  public:
    using OnResult = std::function<void(const RegisterResult& result)>;

    /// Takes ownership of the connected descriptor. The result comes on the loop, never from within
    /// here.
    RegisterCall(boost::asio::io_context& loop,
                 int descriptor,
                 const v1beta1::RegisterRequest& request,
                 OnResult onResult);
    RegisterCall(const RegisterCall&) = delete;
    RegisterCall& operator=(const RegisterCall&) = delete;
    ~RegisterCall();

  private:
    struct Call;

    std::shared_ptr<Call> call_;
};

} // namespace hdp
