// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <grpcpp/support/status.h>

#include <string>

namespace hdp::testing {

/// The text that a failed call has in a kubelet's own messages, as grpc-go prints it:
/// "rpc error: code = NotFound desc = no such device".
std::string goError(const grpc::Status& status);

} // namespace hdp::testing
