// SPDX-License-Identifier: Apache-2.0
#include "daemon/systemd/notify_socket.hpp"

namespace hdp::systemd {

void NotifySocket::send(std::string_view assignments) const {
    if (!address_.empty()) {
        static_cast<void>(socket_.send(address_, assignments));
    }
}

} // namespace hdp::systemd
