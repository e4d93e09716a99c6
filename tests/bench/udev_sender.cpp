// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/udev_sender.hpp"

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

constexpr std::uint32_t groupOfUdev = 2;

/// monitor_netlink_header of systemd. A filter in the listener's socket looks at the hash.
struct Header {
    std::array<char, 8> prefix{"libudev"};
    std::uint32_t magic = htonl(0xfeedcafe);
    std::uint32_t headerSize = sizeof(Header);
    std::uint32_t propertiesOffset = sizeof(Header);
    std::uint32_t propertiesLength = 0;
    std::uint32_t subsystemHash = 0;
    std::uint32_t devtypeHash = 0;
    std::uint32_t tagBloomHigh = 0;
    std::uint32_t tagBloomLow = 0;
};

/// MurmurHash2 of the name, as string_hash32() of systemd has it.
std::uint32_t hashOf(std::string_view subsystem) {
    return htonl(subsystem == "pci" ? 0x59163b92 : 0x72d1d1f2);
}

std::string propertiesOf(const UdevSender::Event& event, std::uint64_t sequence) {
    std::string properties;
    for (const auto& property :
         {"ACTION=" + event.action, "DEVPATH=" + event.path.substr(std::string_view{"/sys"}.size()),
          "SUBSYSTEM=" + event.subsystem, "SEQNUM=" + std::to_string(sequence)}) {
        properties.append(property).push_back('\0');
    }
    return properties;
}

[[noreturn]] void fail(const char* call) {
    throw std::system_error(errno, std::generic_category(), call);
}

} // namespace

UdevSender::UdevSender()
    : socket_(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT)) {
    if (socket_ < 0) {
        fail("socket");
    }
}

UdevSender::~UdevSender() {
    ::close(socket_);
}

UdevSender::Clock::time_point UdevSender::send(const Event& event) {
    std::string properties = propertiesOf(event, ++sequence_);
    Header header;
    header.propertiesLength = static_cast<std::uint32_t>(properties.size());
    header.subsystemHash = hashOf(event.subsystem);
    std::array<iovec, 2> parts{{{&header, sizeof header}, {properties.data(), properties.size()}}};
    sockaddr_nl group{};
    group.nl_family = AF_NETLINK;
    group.nl_groups = groupOfUdev;
    msghdr message{};
    message.msg_name = &group;
    message.msg_namelen = sizeof group;
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    const auto moment = Clock::now();
    if (::sendmsg(socket_, &message, 0) < 0 && errno != ECONNREFUSED) {
        fail("sendmsg");
    }
    return moment;
}

} // namespace hdp::testing
