// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/bus_socket.hpp"
#include "daemon/dbus/dbus_names.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace hdp::testing {
namespace {

const std::string chips = "/ai/hailo/DevicePlugin1/chips/";

TEST(ThePathOfAChip, FollowsItsAddress) {
    EXPECT_EQ(dbus::pathOf("0000:01:00.0"), chips + "_0000_01_00_0");
    EXPECT_EQ(dbus::pathOf("10000:0a:1f.7"), chips + "_10000_0a_1f_7");
}

TEST(ThePathOfASimulatedDevice, TellsNamesApartThatLookAlike) {
    EXPECT_EQ(dbus::pathOf("sim-n1-0"), chips + "sim_2dn1_2d0");
    EXPECT_NE(dbus::pathOf("a-b-0"), dbus::pathOf("a.b-0"));
    EXPECT_NE(dbus::pathOf("a_2d"), dbus::pathOf("a-"));
}

TEST(ThePathOfAnything, HasNoLetterThatPathsMustNotHave) {
    std::string id;
    for (int byte = 1; byte < 256; ++byte) {
        id += static_cast<char>(byte);
    }

    const auto name = dbus::pathOf(id).substr(chips.size());

    EXPECT_EQ(name.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                     "0123456789_"),
              std::string::npos);
}

TEST(ABusAddress, NamesASocket) {
    EXPECT_EQ(dbus::socketIn("unix:path=/run/dbus/system_bus_socket"),
              "/run/dbus/system_bus_socket");
    EXPECT_EQ(dbus::socketIn("unix:path=/a,guid=0123"), "/a");
    EXPECT_EQ(dbus::socketIn("unix:guid=0123,path=/a"), "/a");
    EXPECT_EQ(dbus::socketIn("unix:path=/a;unix:path=/b"), "/a");
}

TEST(ABusAddress, OfAnotherTransportNamesNone) {
    EXPECT_FALSE(dbus::socketIn("unix:path=/" + std::string(107, 'a')));
    EXPECT_TRUE(dbus::socketIn("unix:path=/" + std::string(106, 'a')));
    for (const char* address :
         {"", "unix:path=relative", "unix:", "unix:abstract=/a", "tcp:host=localhost,port=1",
          "unixexec:path=ssh", "unix:path=/a%20b", ";", "unix:,,,"}) {
        EXPECT_FALSE(dbus::socketIn(address)) << address;
    }
}

} // namespace
} // namespace hdp::testing
