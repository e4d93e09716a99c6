// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/go_error.hpp"

#include <array>
#include <cstddef>

namespace hdp::testing {

namespace {

constexpr std::array codeNames{
    "OK",       "Canceled",        "Unknown",          "InvalidArgument",   "DeadlineExceeded",
    "NotFound", "AlreadyExists",   "PermissionDenied", "ResourceExhausted", "FailedPrecondition",
    "Aborted",  "OutOfRange",      "Unimplemented",    "Internal",          "Unavailable",
    "DataLoss", "Unauthenticated",
};

} // namespace

std::string goError(const grpc::Status& status) {
    const auto code = static_cast<std::size_t>(status.error_code());
    const std::string name =
        code < codeNames.size() ? codeNames[code] : "Code(" + std::to_string(code) + ")";
    return "rpc error: code = " + name + " desc = " + status.error_message();
}

} // namespace hdp::testing
