// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/neighbours.hpp"

#include "tests/support/fixture.hpp"

#include <algorithm>

#include <fcntl.h>

namespace hdp::testing {

namespace fs = std::filesystem;

Neighbours::Neighbours(const fs::path& kubeletFolder, const fs::path& cdiFolder)
    : files_{cdiFolder / "vendor.example-nic.json", cdiFolder / "hailo.ai-device.json.orig",
             cdiFolder / ".hailo.ai-device.json.note", kubeletFolder / "notes"},
      socket_(kubeletFolder / "example.com_nic.sock") {}

void Neighbours::place() {
    seen_ = {};
    for (const auto& file : files_) {
        if (!fs::exists(file)) {
            writeFile(file, "{\"of\": \"" + file.filename().string() + "\"}\n");
        }
        seen_.adopt(file);
    }
    if (!fs::exists(socket_)) {
        listen();
    }
    seen_.adopt(socket_);
}

std::optional<std::string> Neighbours::harm() const {
    const auto changed = seen_.changed();
    return changed.empty() ? std::nullopt
                           : std::optional{"what is not the daemon's: " + changed.front()};
}

bool Neighbours::contains(const fs::path& path) const {
    return path == socket_ || std::ranges::find(files_, path) != files_.end();
}

void Neighbours::listen() {
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
