// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::testing {

const std::string KubeletTest::resource = "hailo.ai/device";

PluginFolder::PluginFolder() {
    auto pattern = (std::filesystem::temp_directory_path() / "kubelet-XXXXXX").string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw std::system_error(errno, std::generic_category(), "mkdtemp");
    }
    path_ = pattern;
}

PluginFolder::~PluginFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

FakeKubelet& KubeletTest::startKubelet(KubeletOptions options) {
    options.directory = folder();
    kubelet_.emplace(std::move(options));
    kubelet_->start();
    return *kubelet_;
}

grpc::Status KubeletTest::registerPlugin(const SamplePlugin& plugin) {
    return registerWith(kubeletSocket(), plugin.registerRequest(resource));
}

void KubeletTest::connect(const SamplePlugin& plugin) {
    const auto seen = kubelet_->messageCount(resource);
    const auto status = registerPlugin(plugin);
    ASSERT_TRUE(status.ok()) << status.error_message();
    kubelet_->waitForMessage(resource, seen + 1);
}

int connectError(const std::filesystem::path& socket) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, socket.c_str(), sizeof address.sun_path - 1);
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected =
        ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    const int error = connected ? 0 : errno;
    ::close(descriptor);
    return error;
}

} // namespace hdp::testing
