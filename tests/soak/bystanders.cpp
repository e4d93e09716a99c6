// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/bystanders.hpp"

#include "tests/support/fixture.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <fcntl.h>
#include <sys/stat.h>

namespace hdp::testing {

namespace fs = std::filesystem;

Bystanders::Bystanders(fs::path kubeletFolder, fs::path cdiFolder)
    : files_{cdiFolder / "vendor.example-nic.json", cdiFolder / "hailo.ai-device.json.orig",
             cdiFolder / ".hailo.ai-device.json.note", kubeletFolder / "notes"},
      socket_(kubeletFolder / "example.com_nic.sock") {}

void Bystanders::place() {
    for (const auto& file : files_) {
        if (!fs::exists(file)) {
            writeFile(file, "{\"of\": \"" + file.filename().string() + "\"}\n");
        }
        states_[file] = stateOf(file);
    }
    if (!fs::exists(socket_)) {
        listen();
    }
    states_[socket_] = stateOf(socket_);
}

std::optional<std::string> Bystanders::harm() const {
    for (const auto& [path, state] : states_) {
        if (!fs::exists(path)) {
            return path.string() + ", which is not the daemon's, is gone";
        }
        if (stateOf(path) != state) {
            return path.string() + ", which is not the daemon's, was changed";
        }
    }
    return std::nullopt;
}

bool Bystanders::contains(const fs::path& path) const {
    return states_.contains(path);
}

Bystanders::State Bystanders::stateOf(const fs::path& path) {
    struct stat status {};

    if (::lstat(path.c_str(), &status) != 0) {
        return {};
    }
    constexpr std::int64_t perSecond = 1'000'000'000;
    std::string content;
    if (S_ISREG(status.st_mode)) {
        std::ifstream file{path};
        content.assign(std::istreambuf_iterator<char>{file}, {});
    }
    return {status.st_ino, status.st_ctim.tv_sec * perSecond + status.st_ctim.tv_nsec, content};
}

void Bystanders::listen() {
    constexpr std::size_t most = 8;
    if (acceptors_.size() == most) {
        acceptors_.pop_front();
    }
    auto& acceptor = acceptors_.emplace_back(loop_);
    acceptor.open({});
    ::fcntl(acceptor.native_handle(), F_SETFD, FD_CLOEXEC); // NOLINT: POSIX has it variadic
    acceptor.bind(boost::asio::local::stream_protocol::endpoint{socket_.string()});
    acceptor.listen();
}

} // namespace hdp::testing
