// SPDX-License-Identifier: Apache-2.0
#include "tests/support/uevent_listener.hpp"

#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

class Socket {
  public:
    Socket() : descriptor_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {}

    Socket(const Socket&) = delete;
    Socket(Socket&&) = delete;
    Socket& operator=(const Socket&) = delete;
    Socket& operator=(Socket&&) = delete;

    ~Socket() { ::close(descriptor_); }

    [[nodiscard]] int get() const { return descriptor_; }

  private:
    int descriptor_;
};

} // namespace

bool hasRoomWithin(int milliseconds, const std::filesystem::path& listener) {
    const Socket socket;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    listener.string().copy(address.sun_path, sizeof address.sun_path - 1);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): what the socket interface wants
    if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        return true; // a listener that has gone
    }
    pollfd writable{socket.get(), POLLOUT, 0};
    return ::poll(&writable, 1, milliseconds) != 0;
}

} // namespace hdp::testing
