// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/listen_address.hpp"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>
#include <string>

namespace hdp::config {
namespace {

std::string read(const std::string& text) {
    std::ostringstream result;
    result << parseListenAddress(text);
    return result.str();
}

TEST(AListenAddress, IsOfEitherFamily) {
    EXPECT_EQ(read("127.0.0.1:9460"), "127.0.0.1:9460");
    EXPECT_EQ(read("0.0.0.0:0"), "0.0.0.0:0");
    EXPECT_EQ(read("[::1]:9460"), "[::1]:9460");
}

TEST(AListenAddress, MayLackBracketsAsWhenAVariableIsExpanded) {
    EXPECT_EQ(read("fd00::7:9460"), "[fd00::7]:9460");
}

TEST(AListenAddress, IsRefusedWithAnExample) {
    for (const std::string bad :
         {"9460", ":9460", "localhost:9460", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
          "127.0.0.1:-1", "127.0.0.1:80 ", "[::1]", "::1", "[127.0.0.1:80", "\xff:1"}) {
        EXPECT_THROW(parseListenAddress(bad), std::invalid_argument) << bad;
    }
}

} // namespace
} // namespace hdp::config
