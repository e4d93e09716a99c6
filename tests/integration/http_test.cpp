// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/http_test.hpp"

#include <csignal>
#include <memory>
#include <string>

namespace hdp::testing {
namespace {

using ADaemonWithHttp = HttpTest;

TEST_F(ADaemonWithHttp, IsAlive) {
    startAlone();

    EXPECT_EQ(get("/healthz").status, 200);
    EXPECT_EQ(get("/healthz").body, "ok\n");
}

TEST_F(ADaemonWithHttp, IsReadyOnceTheKubeletListens) {
    startAlone();
    const auto early = get("/readyz");
    EXPECT_EQ(early.status, 503);
    EXPECT_NE(early.body.find("hailo.ai/device: the kubelet does not listen; the registration is "
                              "kubelet-absent"),
              std::string::npos)
        << early.body;

    node.kubelet.start();
    EXPECT_TRUE(eventually([&] { return get("/readyz").status == 200; }));
    EXPECT_EQ(get("/readyz").body, "ready\n");
}

TEST_F(ADaemonWithHttp, TellsItsChipsAsJson) {
    start();
    const auto answer = get("/devices");

    EXPECT_EQ(answer.status, 200);
    EXPECT_NE(answer.header.find("Content-Type: application/json\r\n"), std::string::npos);
    EXPECT_NE(answer.body.find("\"id\": \"0000:01:00.0\""), std::string::npos) << answer.body;
}

TEST_F(ADaemonWithHttp, HasAPageThatLoadsNothingFromElsewhere) {
    start();
    const auto page = get("/");

    EXPECT_NE(page.header.find("Content-Type: text/html; charset=utf-8\r\n"), std::string::npos);
    EXPECT_NE(page.header.find("default-src 'none'"), std::string::npos);
    EXPECT_NE(page.body.find("\"id\":\"0000:01:00.0\""), std::string::npos);
    EXPECT_EQ(page.body.find("http://"), std::string::npos);
    EXPECT_EQ(page.body.find("https://"), std::string::npos);
    EXPECT_EQ(get("/status.css").status, 200);
    EXPECT_EQ(get("/status.js").status, 200);
}

TEST_F(ADaemonWithHttp, AnswersAHeadWithoutABody) {
    start();
    const auto answer = request(port, "/devices", "HEAD");

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "");
    EXPECT_NE(answer.header.find("Content-Length: "), std::string::npos);
}

TEST_F(ADaemonWithHttp, TellsEachChangeToThoseWhoListen) {
    start();
    HttpClient listener{port};
    ASSERT_TRUE(listener.send("GET /events HTTP/1.1\r\nHost: node\r\n\r\n"));
    EXPECT_NE(listener.readUntil("\r\n\r\n").find("text/event-stream"), std::string::npos);
    EXPECT_EQ(listener.readUntil("\n\n").find(laterId), std::string::npos);

    node.hardware.plug(later);

    std::string message;
    do {
        message = listener.readUntil("\n\n");
    } while (!message.empty() && message.find(laterId) == std::string::npos);
    EXPECT_NE(message.find(laterId), std::string::npos);
}

TEST_F(ADaemonWithHttp, CountsWhatItDoes) {
    start();
    ASSERT_TRUE(
        node.kubelet.allocate({.podUid = "pod", .container = "main", .resource = Node::resource})
            .admitted());
    node.hardware.plug(later);
    ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}, {laterId, "Healthy"}}));

    for (const auto* line :
         {"hailo_device_plugin_registered{resource=\"hailo.ai/device\"} 1\n",
          "hailo_device_plugin_registration_state{resource=\"hailo.ai/device\",state=\"live\"} 1\n",
          "hailo_device_plugin_registrations_total{resource=\"hailo.ai/device\","
          "result=\"accepted\"} 1\n",
          "hailo_device_plugin_streams_open{resource=\"hailo.ai/device\"} 1\n",
          "hailo_device_plugin_allocations_total{resource=\"hailo.ai/device\","
          "outcome=\"granted\"} 1\n",
          "hailo_device_plugin_allocation_duration_seconds_count{resource=\"hailo.ai/device\"} 1\n",
          "hailo_device_plugin_device_healthy{device=\"0000:02:00.0\",resource=\"hailo.ai/"
          "device\"} 1\n",
          "hailo_device_plugin_cdi_current 1\n"}) {
        EXPECT_TRUE(metricsHave(line)) << line << get("/metrics").body;
    }
    EXPECT_FALSE(metricsHave("cdi_writes_total{result=\"written\"} 0\n"));
    EXPECT_FALSE(metricsHave("uevent_batches_total 0\n"));
    EXPECT_FALSE(metricsHave("hailo_device_plugin_hotplug_to_kubelet_seconds_count{resource="
                             "\"hailo.ai/device\"} 0\n"));
    EXPECT_TRUE(metricsHave("hailo_device_plugin_hotplug_to_kubelet_seconds_bucket{resource="
                            "\"hailo.ai/device\",le=\"+Inf\"} "));
}

TEST_F(ADaemonWithHttp, MeasuresNothingBetweenAPlugAndAKubeletThatComesLater) {
    startAlone();
    node.hardware.plug(later);
    ASSERT_TRUE(metricsComeToHave(
        "device_healthy{device=\"0000:02:00.0\",resource=\"hailo.ai/device\"} 1\n"));

    node.kubelet.start();
    ASSERT_TRUE(node.kubeletSees({{chipId, "Healthy"}, {laterId, "Healthy"}}));

    EXPECT_TRUE(metricsHave("hailo_device_plugin_hotplug_to_kubelet_seconds_count{resource="
                            "\"hailo.ai/device\"} 0\n"));
}

TEST_F(ADaemonWithHttp, NamesThePodThatHoldsAChip) {
    start({"--metrics-pods", "true"});
    ASSERT_TRUE(
        node.kubelet.allocate({.podUid = "vision", .container = "main", .resource = Node::resource})
            .admitted());

    EXPECT_TRUE(metricsComeToHave("hailo_device_plugin_device_in_use{device=\"0000:01:00.0\","
                                  "resource=\"hailo.ai/device\"} 1\n"))
        << get("/metrics").body;
    EXPECT_TRUE(metricsHave("hailo_device_plugin_device_pod_info{device=\"0000:01:00.0\""));
    EXPECT_NE(get("/devices").body.find("\"container\": \"main\""), std::string::npos);

    node.kubelet.forgetPod("vision");
    EXPECT_TRUE(metricsComeToHave("hailo_device_plugin_device_in_use{device=\"0000:01:00.0\","
                                  "resource=\"hailo.ai/device\"} 0\n"));
    EXPECT_FALSE(metricsHave("device_pod_info{"));
}

TEST_F(ADaemonWithHttp, DropsTheSeriesOfAChipThatIsForgotten) {
    node.hardware.plug(later);
    node.kubelet.start();
    startAlone({"--health-interval", "1", "--tombstone-grace", "0"});
    ASSERT_TRUE(metricsComeToHave(laterId));

    node.hardware.unplug(later);

    EXPECT_TRUE(eventually([&] { return !metricsHave(laterId); }));
    EXPECT_TRUE(metricsHave(chipId));
}

TEST_F(ADaemonWithHttp, GoesOnCountingWhenItBeginsAnew) {
    start();
    ASSERT_TRUE(
        node.kubelet.allocate({.podUid = "pod", .container = "main", .resource = Node::resource})
            .admitted());
    writeFile(node.configFile(), "handover: [device-specs]\n");
    node.kubelet.waitForRegistration(Node::resource, 2);
    ASSERT_TRUE(node.daemon().says("status and metrics are at", 2));
    port = httpPortOf(node.daemon());

    EXPECT_TRUE(metricsComeToHave("config_reloads_total{result=\"renewed\"} 1\n"));
    EXPECT_TRUE(metricsHave("outcome=\"granted\"} 1\n"));

    writeFile(node.configFile(), "handover: [nonsense]\n");
    EXPECT_TRUE(metricsComeToHave("config_reloads_total{result=\"refused\"} 1\n"));
    EXPECT_TRUE(metricsHave("config_accepted 0\n"));
}

TEST_F(ADaemonWithHttp, LivesWithoutAPortThatAnotherHasUntilItIsFree) {
    auto other = std::make_unique<TakenPort>();
    const auto address = "127.0.0.1:" + std::to_string(other->number());
    node.kubelet.start();
    node.startDaemon({"--http-listen", address, "--health-interval", "1"});

    EXPECT_TRUE(node.daemon().says("nothing is told over HTTP, because " + address +
                                   " cannot be listened on: Address already in use;"))
        << node.daemon().log();
    EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}}));

    port = other->number();
    other.reset();
    EXPECT_TRUE(node.daemon().says("status and metrics are at http://" + address));
    EXPECT_EQ(get("/healthz").status, 200);
    EXPECT_EQ(node.daemon().count("HAILO_EVENT=http-failure"), 1U);
}

TEST_F(ADaemonWithHttp, ListensOnIpv6Too) {
    node.startDaemon({"--http-listen", "[::]:0"});

    EXPECT_TRUE(node.daemon().says("status and metrics are at http://[::]:"))
        << node.daemon().log();
}

TEST_F(ADaemonWithHttp, EndsInOrderWhileSomebodyListens) {
    start();
    HttpClient listener{port};
    ASSERT_TRUE(listener.send("GET /events HTTP/1.1\r\nHost: node\r\n\r\n"));
    ASSERT_NE(listener.readUntil("\n\n"), "");
    const HttpClient idle{port};

    node.daemon().signal(SIGTERM);

    EXPECT_EQ(node.daemon().wait(), 0) << node.daemon().log();
    EXPECT_TRUE(listener.isClosed());
}

TEST_F(HttpTest, ADaemonTellsNothingOverHttpByDefault) {
    node.startDaemon();
    ASSERT_TRUE(node.daemon().says("listening to uevents"));

    EXPECT_EQ(node.daemon().count("HAILO_EVENT=http"), 0U);
}

} // namespace
} // namespace hdp::testing
