// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/http_test.hpp"
#include "tests/observability/program.hpp"

#include <nlohmann/json.hpp>

#include <map>
#include <memory>
#include <sstream>
#include <string>

namespace hdp::testing {
namespace {

using Json = nlohmann::json;

/// A daemon with two chips, an allocation and a chip that went, beside what Debian calls
/// prometheus.
class PrometheusTest : public HttpTest {
  protected:
    PrometheusTest() {
        node.hardware.plug(later);
        node.kubelet.start();
        startAlone({"--metrics-pods", "true"});
        EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}, {laterId, "Healthy"}}));
        const auto allocation = node.kubelet.allocate(
            {.podUid = "pod", .container = "main", .resource = Node::resource});
        EXPECT_TRUE(allocation.admitted());
        node.hardware.unplug(later);
        EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}, {laterId, "Unhealthy"}}));
        EXPECT_TRUE(metricsComeToHave("device_pod_info{"));
    }

    /// Starts it, and waits until it has scraped the daemon.
    void scrape() {
        {
            const TakenPort free;
            apiPort = free.number();
        }
        const auto folder = node.folder.path() / "prometheus";
        writeFile(folder / "prometheus.yml", "global: {scrape_interval: 1s}\n"
                                             "scrape_configs:\n"
                                             "  - job_name: hailo\n"
                                             "    static_configs: [{targets: ['127.0.0.1:" +
                                                 std::to_string(port) + "']}]\n");
        prometheus = std::make_unique<Program>(
            std::vector<std::string>{fromEnvironment("HDP_PROMETHEUS"),
                                     "--config.file=" + (folder / "prometheus.yml").string(),
                                     "--storage.tsdb.path=" + (folder / "data").string(),
                                     "--web.listen-address=127.0.0.1:" + std::to_string(apiPort)},
            folder);
        ASSERT_TRUE(eventually([this] { return valueOf("up{job=\"hailo\"}") == "1"; },
                               std::chrono::seconds{90}))
            << prometheus->errors();
    }

    /// What it answers to a query; empty if that is not one series.
    [[nodiscard]] std::string valueOf(const std::string& query) const {
        const auto result = seriesOf(query);
        return result.size() == 1 ? result.at(0).at("value").at(1).get<std::string>()
                                  : std::string{};
    }

    [[nodiscard]] Json seriesOf(const std::string& query) const {
        try {
            const auto answer = request(apiPort, "/api/v1/query?query=" + inUrl(query));
            return Json::parse(answer.body.substr(answer.body.find('{'))).at("data").at("result");
        } catch (const std::exception&) { // not listening yet, perhaps
            return Json::array();
        }
    }

    static std::string inUrl(const std::string& text) {
        std::ostringstream url;
        url << std::hex << std::uppercase;
        for (const char character : text) {
            if (std::isalnum(static_cast<unsigned char>(character)) != 0 || character == '_') {
                url << character;
            } else {
                url << '%' << static_cast<int>(static_cast<unsigned char>(character));
            }
        }
        return url.str();
    }

    std::uint16_t apiPort = 0;
    std::unique_ptr<Program> prometheus;
};

using TheMetrics = PrometheusTest;

TEST_F(TheMetrics, AreCleanToPromtool) {
    const auto folder = node.folder.path() / "promtool";
    writeFile(folder / "metrics", get("/metrics").body);
    Program promtool{
        {fromEnvironment("HDP_PROMTOOL"), "check", "metrics"}, folder, folder / "metrics"};

    EXPECT_EQ(promtool.wait(), 0);
    EXPECT_EQ(promtool.output() + promtool.errors(), "");
}

TEST_F(TheMetrics, HaveNoSeriesTwice) {
    std::istringstream lines{get("/metrics").body};
    std::map<std::string, int> series;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with('#')) {
            EXPECT_EQ(++series[line.substr(0, line.rfind(' '))], 1) << line;
        }
    }
    EXPECT_GT(series.size(), 50U);
}

TEST_F(TheMetrics, AnswerThroughPrometheusWhatAnOperatorAsks) {
    scrape();

    EXPECT_EQ(valueOf("sum(hailo_device_plugin_devices)"), "2");
    EXPECT_EQ(valueOf("hailo_device_plugin_devices{health=\"Unhealthy\",reason=\"removed\"}"), "1");
    EXPECT_EQ(valueOf("hailo_device_plugin_registered"), "1");
    EXPECT_EQ(valueOf("hailo_device_plugin_allocations_total{outcome=\"granted\"}"), "1");
    EXPECT_EQ(valueOf("count(hailo_device_plugin_device_in_use == 1)"), "1");
    EXPECT_EQ(valueOf("hailo_device_plugin_device_in_use * on(device) "
                      "group_left(driver_version) hailo_device_plugin_device_info "
                      "* on(device) group_left(pod) hailo_device_plugin_device_pod_info"),
              "1");
    const auto slowest = valueOf("histogram_quantile(0.99, "
                                 "hailo_device_plugin_hotplug_to_kubelet_seconds_bucket)");
    ASSERT_NE(slowest, "");
    EXPECT_GT(std::stod(slowest), 0.0) << slowest;
}

} // namespace
} // namespace hdp::testing
