// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/catalogue.hpp"
#include "daemon/metrics/metrics_page.hpp"
#include "tests/daemon/builders.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

constexpr auto resource = "hailo.ai/device";
constexpr auto firstId = "0000:01:00.0";
constexpr auto secondId = "0000:02:00.0";

InventoryPtr offered(Inventory inventory) {
    for (auto& status : inventory.devices) {
        status.resource = resource;
    }
    return std::make_shared<const Inventory>(std::move(inventory));
}

/// Everything that can be known of two chips, of which one is ill.
status::Facts allFacts() {
    return {.inventory = offered(inventoryOf(
                {chip(firstId), with(hotplug::Reason::LinkDegraded, chip(secondId, 1))})),
            .signs = {{addressOf(firstId),
                       {.link = hotplug::PcieLink{2, 8000, 4, 16000},
                        .errors = hotplug::AerCounts{3, 2, 1}}}},
            .resources = {{resource, "live", true, 1}},
            .holdings = std::vector<Holding>{{resource, firstId, "vision", "camera-0", "main"}},
            .namesPods = true,
            .isCdiCurrent = true,
            .httpConnections = 2};
}

metrics::Record fullRecord() {
    metrics::Record record;
    record.httpAnswers[200] = 5;
    return record;
}

bool has(const status::Facts& facts, const std::string& line) {
    return metrics::metricsPage(facts, fullRecord()).find("\n" + line + "\n") != std::string::npos;
}

std::set<std::string> familiesIn(const std::string& page) {
    std::set<std::string> families;
    std::istringstream lines{page};
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("# TYPE ")) {
            families.insert(line.substr(7, line.find(' ', 7) - 7));
        }
    }
    return families;
}

TEST(TheMetricsPage, TellsEveryMetricOfTheCatalogueAndNoOther) {
    std::set<std::string> catalogued;
    for (const auto* metric : metrics::catalogue::all()) {
        EXPECT_TRUE(catalogued.emplace(metric->name).second) << metric->name << " is there twice";
    }

    EXPECT_EQ(familiesIn(metrics::metricsPage(allFacts(), fullRecord())), catalogued);
}

TEST(TheMetricsPage, CountsChipsByResourceHealthAndReason) {
    const std::string family = "hailo_device_plugin_devices{resource=\"hailo.ai/device\",";

    EXPECT_TRUE(has(allFacts(), family + "health=\"Healthy\",reason=\"none\"} 1"));
    EXPECT_TRUE(has(allFacts(), family + "health=\"Healthy\",reason=\"link-degraded\"} 1"));
}

TEST(TheMetricsPage, TellsOfAResourceWithoutChipsThatThereAreNone) {
    auto facts = allFacts();
    facts.inventory = snapshotOf({});

    EXPECT_TRUE(has(facts, "hailo_device_plugin_devices{resource=\"hailo.ai/device\","
                           "health=\"Healthy\",reason=\"none\"} 0"));
}

TEST(TheMetricsPage, TellsWhoAChipIs) {
    EXPECT_TRUE(has(allFacts(),
                    "hailo_device_plugin_device_info{device=\"0000:01:00.0\",resource=\"hailo.ai/"
                    "device\",model=\"hailo-8\",node=\"hailo0\",driver=\"hailo\","
                    "driver_version=\"4.23.0\",numa_node=\"\"} 1"));
}

TEST(TheMetricsPage, TellsTheLinkInBaseUnits) {
    const auto facts = allFacts();

    EXPECT_TRUE(
        has(facts, "hailo_device_plugin_device_link_width_lanes{device=\"0000:01:00.0\"} 2"));
    EXPECT_TRUE(
        has(facts, "hailo_device_plugin_device_link_best_width_lanes{device=\"0000:01:00.0\"} 4"));
    EXPECT_TRUE(has(facts, "hailo_device_plugin_device_link_speed_transfers_per_second{device="
                           "\"0000:01:00.0\"} 8000000000"));
}

TEST(TheMetricsPage, TellsPcieErrorsBySeverity) {
    EXPECT_TRUE(has(allFacts(), "hailo_device_plugin_device_pcie_errors_total{device=\"0000:01:00."
                                "0\",severity=\"fatal\"} 1"));
}

TEST(TheMetricsPage, DropsTheSeriesOfAChipThatIsNotListed) {
    auto facts = allFacts();
    facts.inventory = offered(inventoryOf({chip(firstId)}));

    EXPECT_EQ(metrics::metricsPage(facts, fullRecord()).find(secondId), std::string::npos);
}

TEST(TheMetricsPage, TellsWhichChipsAreInUse) {
    const auto facts = allFacts();
    const std::string family = "hailo_device_plugin_device_in_use{device=\"";

    EXPECT_TRUE(has(facts, family + "0000:01:00.0\",resource=\"hailo.ai/device\"} 1"));
    EXPECT_TRUE(has(facts, family + "0000:02:00.0\",resource=\"hailo.ai/device\"} 0"));
    EXPECT_TRUE(has(facts, "hailo_device_plugin_device_pod_info{device=\"0000:01:00.0\",resource="
                           "\"hailo.ai/device\",namespace=\"vision\",pod=\"camera-0\",container="
                           "\"main\"} 1"));
}

TEST(TheMetricsPage, NamesNoPodUnlessItMay) {
    auto facts = allFacts();
    facts.namesPods = false;

    EXPECT_EQ(metrics::metricsPage(facts, fullRecord()).find("camera-0"), std::string::npos);
}

TEST(TheMetricsPage, ClaimsNothingOfUseWhileTheKubeletDoesNotTell) {
    auto facts = allFacts();
    facts.holdings.reset();
    const auto page = metrics::metricsPage(facts, fullRecord());

    EXPECT_EQ(page.find("in_use{"), std::string::npos);
    EXPECT_TRUE(has(facts, "hailo_device_plugin_pod_resources_up 0"));
}

TEST(TheMetricsPage, TellsOfTheProcessItself) {
    const auto page = metrics::metricsPage({}, {});
    const auto at = page.find("\nprocess_resident_memory_bytes ");

    ASSERT_NE(at, std::string::npos);
    EXPECT_GT(std::stod(page.substr(at + 31)), 1e6);
}

} // namespace
} // namespace hdp::testing
