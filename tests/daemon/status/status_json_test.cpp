// SPDX-License-Identifier: Apache-2.0
#include "daemon/status/readiness.hpp"
#include "daemon/status/status_json.hpp"
#include "tests/daemon/builders.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <vector>

namespace hdp::testing {
namespace {

constexpr auto id = "0000:01:00.0";

status::Facts factsOf(const hotplug::Device& device) {
    return {.inventory = snapshotOf({device}), .resources = {{"hailo.ai/device", "live", true, 1}}};
}

nlohmann::json deviceOf(const status::Facts& facts) {
    return nlohmann::json::parse(status::devicesJson(facts)).at("devices").at(0);
}

TEST(TheDevices, AreToldWithAllThatIsKnown) {
    auto facts = factsOf(on(1, behind({"0000:00:1c.0"}, chip(id))));
    facts.signs[addressOf(id)] = {.link = hotplug::PcieLink{4, 8000, 4, 16000},
                                  .errors = hotplug::AerCounts{1, 2, 3},
                                  .powerState = "D0"};
    facts.holdings = std::vector<Holding>{{"hailo.ai/device", id, "vision", "camera-0", "main"}};
    const auto device = deviceOf(facts);

    EXPECT_EQ(device.at("id"), id);
    EXPECT_EQ(device.at("health"), "Healthy");
    EXPECT_TRUE(device.at("reason").is_null());
    EXPECT_EQ(device.at("node"), "/dev/hailo0");
    EXPECT_EQ(device.at("numaNode"), 1);
    EXPECT_EQ(device.at("upstream").at(0), "0000:00:1c.0");
    EXPECT_EQ(device.at("link").at("transfersPerSecond"), 8'000'000'000);
    EXPECT_EQ(device.at("pcieErrors").at("fatal"), 3);
    EXPECT_EQ(device.at("powerState"), "D0");
    EXPECT_EQ(device.at("holders").at(0).at("pod"), "camera-0");
}

TEST(TheDevices, AreToldWithNullForWhatIsNotKnown) {
    const auto device = deviceOf(factsOf(chip(id)));

    for (const auto* key : {"numaNode", "link", "pcieErrors", "powerState", "holders"}) {
        EXPECT_TRUE(device.at(key).is_null()) << key;
    }
}

TEST(TheDevices, AreToldWithNobodyWhereTheKubeletKnowsOfNobody) {
    auto facts = factsOf(chip(id));
    facts.holdings.emplace();

    EXPECT_TRUE(deviceOf(facts).at("holders").is_array());
}

TEST(TheDevices, AreToldWithEachProblem) {
    const auto device = deviceOf(factsOf(with(hotplug::Reason::LinkDegraded, unboundChip(id))));

    EXPECT_EQ(device.at("health"), "Unhealthy");
    EXPECT_EQ(device.at("reason"), "driver-not-bound");
    EXPECT_EQ(device.at("problems").size(), 2U);
    EXPECT_EQ(device.at("problems").at(1).at("severity"), "degraded");
}

TEST(TheDevices, AreJsonWhateverBytesADriverWrites) {
    auto device = chip(id);
    device.driverVersion = "4.\xff\"\n";

    EXPECT_NO_THROW(deviceOf(factsOf(device)));
}

TEST(TheStatus, IsOneLine) {
    status::RecentEvents events;
    events.add(false, "two\nlines");
    const auto text = status::statusJson(factsOf(chip(id)), events);

    EXPECT_EQ(text.find('\n'), std::string::npos);
    EXPECT_EQ(nlohmann::json::parse(text).at("events").at(0).at("sentence"), "two\nlines");
}

TEST(TheReadiness, NamesEachResourceThatIsMissing) {
    const status::Facts facts{
        .resources = {{"hailo.ai/h8", "live", true, 1}, {"hailo.ai/h10", "stream-lost", false, 0}}};

    EXPECT_FALSE(status::isReady(facts));
    EXPECT_EQ(status::readinessText(facts),
              "not ready\n"
              "hailo.ai/h10: the kubelet does not listen; the registration is stream-lost\n");
}

} // namespace
} // namespace hdp::testing
