// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/kubelet_state.hpp"
#include "tests/fake_kubelet/plugin_connections.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

namespace hdp::testing {

/// The service on kubelet.sock. Answers after the plugin was dialled back, and every refusal with
/// UNKNOWN and the kubelet's text.
class RegistrationService final : public v1beta1::Registration::Service {
  public:
    RegistrationService(KubeletState& state, PluginConnections& plugins);

    grpc::Status Register(grpc::ServerContext* context,
                          const v1beta1::RegisterRequest* request,
                          v1beta1::Empty* response) override;

  private:
    bool isMute();

    KubeletState& state_;
    PluginConnections& plugins_;
};

} // namespace hdp::testing
