// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/channel.hpp"

#include <grpcpp/grpcpp.h>

#include <string>
#include <string_view>

namespace hdp::testing {

namespace {

std::string percentEncoded(std::string_view path) {
    std::string encoded;
    for (const char c : path) {
        encoded += c == '/' ? std::string("%2F") : std::string(1, c);
    }
    return encoded;
}

} // namespace

std::shared_ptr<grpc::Channel> openChannel(const std::filesystem::path& socket,
                                           Authority authority) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    arguments.SetInt(GRPC_ARG_ENABLE_HTTP_PROXY, 0);
    arguments.SetMaxReceiveMessageSize(maxMessageBytes);
    arguments.SetString(GRPC_ARG_DEFAULT_AUTHORITY, authority == Authority::Localhost
                                                        ? "localhost"
                                                        : percentEncoded(socket.string()));
    return grpc::CreateCustomChannel("unix:" + socket.string(), grpc::InsecureChannelCredentials(),
                                     arguments);
}

} // namespace hdp::testing
