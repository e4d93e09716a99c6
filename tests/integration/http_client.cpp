// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/http_client.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <system_error>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

int require(int result, const char* call) {
    if (result < 0) {
        throw std::system_error(errno, std::generic_category(), call);
    }
    return result;
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

} // namespace

std::uint16_t httpPortOf(DaemonProcess& daemon) {
    constexpr std::string_view words = "status and metrics are at http://127.0.0.1:";
    if (!daemon.says(words)) {
        return 0;
    }
    const auto log = daemon.log();
    return static_cast<std::uint16_t>(std::stoul(log.substr(log.rfind(words) + words.size(), 5)));
}

HttpClient::HttpClient(std::uint16_t port)
    : descriptor_(require(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
    const timeval patience{DaemonProcess::patience.count(), 0};
    require(::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience),
            "setsockopt");
    require(::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience),
            "setsockopt");
    const auto address = loopback(port);
    require(::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address),
            "connect");
}

TakenPort::TakenPort()
    : descriptor_(require(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), "socket")) {
    auto address = loopback(0);
    auto* const raw = reinterpret_cast<sockaddr*>(&address);
    socklen_t size = sizeof address;
    require(::bind(descriptor_, raw, size), "bind");
    require(::listen(descriptor_, 1), "listen");
    require(::getsockname(descriptor_, raw, &size), "getsockname");
    number_ = ntohs(address.sin_port);
}

TakenPort::~TakenPort() {
    ::close(descriptor_);
}

HttpClient::~HttpClient() {
    ::close(descriptor_);
}

bool HttpClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::string HttpClient::readUntil(std::string_view text) {
    std::array<char, 4096> part{};
    while (read_.find(text) == std::string::npos) {
        const auto size = ::recv(descriptor_, part.data(), part.size(), 0);
        if (size <= 0) {
            return std::exchange(read_, {});
        }
        read_.append(part.data(), static_cast<std::size_t>(size));
    }
    const auto end = read_.find(text) + text.size();
    auto result = read_.substr(0, end);
    read_.erase(0, end);
    return result;
}

std::string HttpClient::readBytes(std::size_t count) {
    std::array<char, 4096> part{};
    ssize_t size = 0;
    while (read_.size() < count && (size = ::recv(descriptor_, part.data(), part.size(), 0)) > 0) {
        read_.append(part.data(), static_cast<std::size_t>(size));
    }
    auto result = read_.substr(0, count);
    read_.erase(0, count);
    return result;
}

std::string HttpClient::readAll() {
    std::array<char, 4096> part{};
    for (ssize_t size = 0; (size = ::recv(descriptor_, part.data(), part.size(), 0)) > 0;) {
        read_.append(part.data(), static_cast<std::size_t>(size));
    }
    return std::exchange(read_, {});
}

bool HttpClient::isClosed() {
    std::array<char, 4096> part{};
    ssize_t size = 0;
    while ((size = ::recv(descriptor_, part.data(), part.size(), 0)) > 0) {
    }
    return size == 0 || errno == ECONNRESET;
}

HttpAnswer request(std::uint16_t port, std::string_view target, std::string_view method) {
    HttpClient client{port};
    if (!client.send(std::string{method} + " " + std::string{target} +
                     " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")) {
        return {};
    }
    auto header = client.readUntil("\r\n\r\n");
    const auto status = header.starts_with("HTTP/1.1 ") ? std::stoi(header.substr(9, 3)) : 0;
    const auto length = header.find("Content-Length:");
    auto body = method == "HEAD" || length == std::string::npos
                    ? client.readAll()
                    : client.readBytes(std::stoul(header.substr(length + 15)));
    return {status, std::move(header), std::move(body)};
}

} // namespace hdp::testing
