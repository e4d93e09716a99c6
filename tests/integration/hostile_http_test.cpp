// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/http_test.hpp"
#include "tests/support/process_stats.hpp"

#include <gmock/gmock.h>

#include <list>
#include <string>
#include <string_view>

namespace hdp::testing {
namespace {

using namespace std::string_view_literals;
using ::testing::AnyOf;

/// Clients who mean harm, beside a kubelet that must not notice.
class HostileHttpTest : public HttpTest {
  protected:
    HostileHttpTest() { start(); }

    /// The first line of what is answered to these bytes.
    [[nodiscard]] std::string answerTo(std::string_view bytes) const {
        HttpClient client{port};
        static_cast<void>(client.send(bytes)); // refused in the middle of it, perhaps
        return client.readUntil("\r\n");
    }

    /// Whether a plug still reaches the kubelet, and a person the status.
    [[nodiscard]] bool works() {
        node.hardware.plug(later);
        return node.kubeletSees({{chipId, "Healthy"}, {laterId, "Healthy"}}) &&
               get("/healthz").status == 200;
    }
};

using AHostileClient = HostileHttpTest;

constexpr auto badRequest = "HTTP/1.1 400 Bad Request\r\n";
constexpr auto notFound = "HTTP/1.1 404 Not Found\r\n";

TEST_F(AHostileClient, IsToldWhatIsNoRequest) {
    EXPECT_EQ(answerTo("\xff\xfe\x00\x01\r\n\r\n"sv), badRequest);
    EXPECT_EQ(answerTo("GET\r\n\r\n"), badRequest);
    EXPECT_EQ(answerTo("GET / HTTP/9.9\r\n\r\n"), badRequest);
    EXPECT_EQ(answerTo("GET / HTTP/1.1\r\nno colon\r\n\r\n"), badRequest);
    EXPECT_EQ(answerTo("GET / HTTP/1.1\r\nContent-Length: -1\r\n\r\n"), badRequest);
    EXPECT_EQ(answerTo("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 a TLS hello\r\n\r\n"sv),
              badRequest);
    EXPECT_TRUE(works());
}

TEST_F(AHostileClient, GetsNoFile) {
    for (const std::string target :
         {"/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/devices/../../etc/passwd",
          "//etc/passwd", "/status.css%00.html"}) {
        EXPECT_EQ(answerTo("GET " + target + " HTTP/1.1\r\nHost: node\r\n\r\n"), notFound)
            << target;
    }
    EXPECT_THAT(answerTo("GET /\xff\xfe\xc0\xaf HTTP/1.1\r\nHost: node\r\n\r\n"),
                AnyOf(notFound, badRequest));
}

TEST_F(AHostileClient, ChangesNothing) {
    EXPECT_EQ(request(port, "/devices", "POST").status, 405);
    EXPECT_EQ(request(port, "/devices", "DELETE").status, 405);
    EXPECT_EQ(answerTo("GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello"), badRequest);
    EXPECT_EQ(
        answerTo("GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"),
        badRequest);
}

TEST_F(AHostileClient, IsRefusedABodyInChunksThatEndsNowhere) {
    const std::string header = "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
    const std::string body =
        "0\r\nabc\r" + std::string(40, '\xff') + "\n\r\n" + std::string(9, '\xff');

    EXPECT_EQ(answerTo(header + body), badRequest);
    HttpClient slow{port};
    static_cast<void>(slow.send(header));
    for (const char byte : body) {
        static_cast<void>(slow.send({&byte, 1})); // refused before the last one
    }
    EXPECT_TRUE(works());
}

TEST_F(AHostileClient, SendsNoHeaderWithoutEnd) {
    const std::string line = "X-Filler: " + std::string(1000, 'x') + "\r\n";
    HttpClient client{port};
    std::string header = "GET / HTTP/1.1\r\n";
    for (int count = 0; count < 100; ++count) {
        header += line;
    }
    static_cast<void>(client.send(header));

    EXPECT_EQ(client.readUntil("\r\n"), "HTTP/1.1 431 Request Header Fields Too Large\r\n");
    EXPECT_TRUE(client.isClosed());
}

TEST_F(AHostileClient, IsAnsweredInOrderWhenItDoesNotWait) {
    std::string requests;
    for (int count = 0; count < 100; ++count) {
        requests += "GET /healthz HTTP/1.1\r\nHost: node\r\n\r\n";
    }
    requests += "GET /nothing HTTP/1.1\r\nHost: node\r\nConnection: close\r\n\r\n";
    HttpClient client{port};
    ASSERT_TRUE(client.send(requests));
    const auto answers = client.readAll();

    std::size_t count = 0;
    for (auto at = answers.find("\r\n\r\nok\n"); at != std::string::npos;
         at = answers.find("\r\n\r\nok\n", at + 1)) {
        ++count;
    }
    EXPECT_EQ(count, 100U);
    EXPECT_GT(answers.find("404 Not Found"), answers.rfind("\r\n\r\nok\n"));
}

TEST_F(AHostileClient, DoesNotKeepOthersOutWithConnectionsOnWhichItSaysLittle) {
    std::list<HttpClient> clients;
    for (int count = 0; count < 300; ++count) {
        ASSERT_TRUE(clients.emplace_back(port).send("GET / HTTP/1.1\r\nX: "));
    }

    EXPECT_TRUE(works());
    // Before their time is over.
    EXPECT_LE(descriptorsOf(node.daemon().pid())["socket"], 100U);
    EXPECT_TRUE(clients.front().isClosed());
}

TEST_F(AHostileClient, DoesNotHoldUpOthersWithAnswersThatItDoesNotTake) {
    std::list<HttpClient> clients;
    std::string requests;
    for (int count = 0; count < 1000; ++count) {
        requests += "GET /metrics HTTP/1.1\r\nHost: node\r\n\r\n";
    }
    for (int count = 0; count < 10; ++count) {
        ASSERT_TRUE(clients.emplace_back(port).send(requests));
    }

    EXPECT_TRUE(works());
}

TEST_F(AHostileClient, DoesNotHoldUpOthersAsAListenerWhoTakesNothing) {
    std::list<HttpClient> clients;
    for (int count = 0; count < 16; ++count) {
        ASSERT_TRUE(clients.emplace_back(port).send("GET /events HTTP/1.1\r\nHost: node\r\n\r\n"));
        ASSERT_NE(clients.back().readUntil("\n\n").find("200 OK"), std::string::npos);
    }
    EXPECT_EQ(get("/events").status, 503);
    for (int round = 0; round < 100; ++round) {
        node.hardware.plug(later);
        node.hardware.unplug(later);
    }

    EXPECT_TRUE(works());
    clients.clear();
    EXPECT_TRUE(eventually([&] {
        HttpClient listener{port};
        return listener.send("GET /events HTTP/1.1\r\nHost: node\r\n\r\n") &&
               listener.readUntil("\r\n").find("200 OK") != std::string::npos;
    }));
}

TEST_F(AHostileClient, LeavesNothingBehind) {
    ASSERT_EQ(get("/metrics").status, 200);
    const auto before = descriptorsOf(node.daemon().pid())["socket"];
    for (int round = 0; round < 500; ++round) {
        const HttpClient client{port};
        ASSERT_TRUE(client.send(round % 2 == 0 ? "GET /metrics HTTP/1.1\r\n\r\n" : "GET /dev"));
    }

    EXPECT_TRUE(eventually([&] { return descriptorsOf(node.daemon().pid())["socket"] <= before; }));
    EXPECT_TRUE(works());
}

} // namespace
} // namespace hdp::testing
