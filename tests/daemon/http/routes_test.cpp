// SPDX-License-Identifier: Apache-2.0
#include "daemon/http/routes.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hdp::http {
namespace {

class RoutesTest : public ::testing::Test {
  protected:
    RoutesTest() {
        routes.add("/", [] { return Answer{.body = "root"}; });
        routes.add("/metrics", [] { return Answer{.body = "metrics"}; });
    }

    Routes routes;
};

using TheRoutes = RoutesTest;

TEST_F(TheRoutes, AnswerTheirPaths) {
    EXPECT_EQ(routes.answer("GET", "/").body, "root");
    EXPECT_EQ(routes.answer("HEAD", "/metrics").body, "metrics");
    EXPECT_EQ(routes.answer("GET", "/metrics?a=/../b").body, "metrics");
}

TEST_F(TheRoutes, KnowNothingElse) {
    for (const std::string target :
         {"", "*", "/metrics/", "//metrics", "/METRICS", "/../metrics", "/%6detrics", "metrics",
          "http://node/metrics", "/etc/passwd", "/..%2f..%2fetc/passwd", "/\xff\xfe"}) {
        const auto answer = routes.answer("GET", target);
        EXPECT_EQ(answer.status, statusNotFound) << target;
        EXPECT_EQ(answer.body, "There is nothing at this path; see / for what there is.\n");
    }
}

TEST_F(TheRoutes, ChangeNothing) {
    for (const std::string method : {"POST", "PUT", "DELETE", "OPTIONS", "get", "", "\xff"}) {
        EXPECT_EQ(routes.answer(method, "/").status, statusMethodNotAllowed) << method;
    }
}

} // namespace
} // namespace hdp::http
