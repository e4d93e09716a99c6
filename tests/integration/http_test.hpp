// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/eventually.hpp"
#include "tests/integration/http_client.hpp"
#include "tests/integration/node.hpp"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

inline const MockChip chip{.address = {0, 1, 0, 0}, .index = 0};
inline const MockChip later{.address = {0, 2, 0, 0}, .index = 1, .upstream = {{0, 0, 0x1d, 0}}};
inline constexpr auto chipId = "0000:01:00.0";
inline constexpr auto laterId = "0000:02:00.0";

/// A node with one chip whose daemon tells its status over HTTP.
class HttpTest : public ::testing::Test {
  protected:
    HttpTest() { node.hardware.plug(chip); }

    /// With a kubelet that listens.
    void start(const std::vector<std::string>& flags = {}) {
        node.kubelet.start();
        startAlone(flags);
        node.kubelet.waitForRegistration(Node::resource);
        ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));
    }

    void startAlone(const std::vector<std::string>& flags = {}) {
        std::vector<std::string> all{"--http-listen", "127.0.0.1:0"};
        all.insert(all.end(), flags.begin(), flags.end());
        node.startDaemon(all);
        port = httpPortOf(node.daemon());
        ASSERT_NE(port, 0) << node.daemon().log();
    }

    [[nodiscard]] HttpAnswer get(std::string_view target) const { return request(port, target); }

    [[nodiscard]] bool metricsHave(const std::string& text) const {
        return get("/metrics").body.find(text) != std::string::npos;
    }

    [[nodiscard]] bool metricsComeToHave(const std::string& text) const {
        return eventually([&] { return metricsHave(text); });
    }

    Node node;
    std::uint16_t port = 0;
};

} // namespace hdp::testing
