// SPDX-License-Identifier: Apache-2.0
#include "daemon/view/host_view_json.hpp"
#include "daemon/view/host_view_text.hpp"
#include "daemon/view/text_table.hpp"
#include "tests/daemon/builders.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <string>

namespace hdp::testing {
namespace {

using hotplug::Reason;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto id = "0000:01:00.0";

/// In a view of its own, with a link and without holders.
HostView viewOf(const hotplug::Device& device) {
    auto status = statusOf(device);
    status.resource = "hailo.ai/device";
    hotplug::VitalSigns signs{.link = hotplug::PcieLink{4, 8000, 4, 8000}, .powerState = "D0"};
    return {.chips = {{.status = status, .signs = signs}}};
}

/// The cells of the one chip.
std::string rowOf(const HostView& view) {
    const auto text = toText(view);
    const auto start = text.find('\n') + 1;
    return text.substr(start, text.find('\n', start) - start);
}

nlohmann::json chipOf(const HostView& view) {
    return nlohmann::json::parse(toJson(view, JsonForm::OneLine)).at("chips").at(0);
}

TEST(ATextTable, AlignsItsColumnsAndFillsNoLine) {
    EXPECT_EQ(textTable({{"A", "LONG", "C"}, {"long", "b", ""}, {"x"}}), "A     LONG  C\n"
                                                                         "long  b     -\n"
                                                                         "x\n");
    EXPECT_EQ(textTable({}), "");
}

TEST(AViewForPeople, ShowsAChipThatIsFineInOneLine) {
    EXPECT_EQ(rowOf(viewOf(on(1, chip(id)))),
              "0000:01:00.0  hailo-8  /dev/hailo0  hailo 4.23.0  1     8 GT/s x4  healthy  "
              "hailo.ai/device  -");
}

TEST(AViewForPeople, ShowsWhatALinkCouldBe) {
    auto view = viewOf(chip(id));
    view.chips[0].signs->link = hotplug::PcieLink{1, 2500, 4, 8000};
    EXPECT_THAT(rowOf(view), HasSubstr("  2.5 GT/s x1 of 8 GT/s x4  "));
    view.chips[0].signs->link = hotplug::PcieLink{0, 0, 4, 8000};
    EXPECT_THAT(rowOf(view), HasSubstr("  down  "));
    view.chips[0].signs.reset();
    EXPECT_THAT(rowOf(view), HasSubstr("  ?     healthy"));
}

TEST(AViewForPeople, TellsUnhealthyFromDegradedAndSaysWhy) {
    EXPECT_THAT(toText(viewOf(with(Reason::LinkDegraded, chip(id)))),
                HasSubstr("  degraded: link-degraded  "));
    const auto text = toText(viewOf(with(Reason::ConfigSpaceDead, chip(id))));
    EXPECT_THAT(text, HasSubstr("  unhealthy: config-space-dead  "));
    EXPECT_THAT(text, HasSubstr("\n\n0000:01:00.0: what is wrong\n"));
}

TEST(AViewForPeople, NamesThePodsThatHoldAChip) {
    auto view = viewOf(chip(id));
    view.chips[0].holders = {{"default", "yolo", "main"}, {"default", "yolo", "side\x1b[1m"}};
    EXPECT_THAT(rowOf(view), HasSubstr("  default/yolo/main, default/yolo/side\\x1b[1m"));
    view.holdersGap = "no kubelet";
    EXPECT_THAT(rowOf(view), HasSubstr("hailo.ai/device  ?"));
    EXPECT_THAT(toText(view), HasSubstr("\npods are not known: no kubelet\n"));
}

TEST(AViewForPeople, ShowsAChipThatIsGone) {
    auto view = viewOf(chip(id));
    view.chips[0].status = tombstoneOf(view.chips[0].status);
    EXPECT_THAT(rowOf(view), HasSubstr("hailo-8  -     -       -     -     unhealthy: removed  "));
    EXPECT_EQ(chipOf(view).at("present"), false);
}

TEST(AViewForPeople, SaysWhichChipNoResourceTakes) {
    auto view = viewOf(chip(id));
    view.chips[0].status.resource.clear();
    EXPECT_THAT(toText(view), HasSubstr("\n0000:01:00.0: no resource takes it"));
}

TEST(AViewForPrograms, HasTheFormThatTheDocumentationPromises) {
    auto view = viewOf(with(Reason::LinkDegraded, on(0, youngChip(id))));
    view.chips[0].holders = {{"default", "yolo", "main"}};
    EXPECT_EQ(chipOf(view), nlohmann::json::parse(R"({
        "address": "0000:01:00.0", "model": "hailo-10h", "pciId": "1e60:45c4", "present": true,
        "node": "/dev/h1x-0", "driver": {"name": "hailo1x", "version": "5.3.0"}, "numaNode": 0,
        "link": {"width": 4, "speed": 8.0, "bestWidth": 4, "bestSpeed": 8.0}, "powerState": "D0",
        "health": "Healthy", "resource": "hailo.ai/device",
        "problems": [{"reason": "link-degraded", "severity": "degraded", "sentence": "what is wrong"}],
        "pods": [{"namespace": "default", "pod": "yolo", "container": "main"}]})"));
}

TEST(AViewForPrograms, HasNullForWhatIsNotKnownAndWhy) {
    auto view = viewOf(unboundChip(id));
    view.chips[0].signs.reset();
    view.chips[0].status.resource.clear();
    view.signsGap = "slow";
    view.holdersGap = "no kubelet";
    const auto chip = chipOf(view);
    for (const auto* key :
         {"node", "driver", "numaNode", "link", "powerState", "resource", "pods"}) {
        EXPECT_TRUE(chip.at(key).is_null()) << key;
    }
    EXPECT_EQ(nlohmann::json::parse(toJson(view, JsonForm::Indented)).at("unknown"),
              (nlohmann::json{{"link", "slow"}, {"pods", "no kubelet"}}));
}

TEST(AViewForPrograms, IsOneLineWhenItIsOneOfMany) {
    auto view = viewOf(chip(id));
    view.chips[0].holders = {{"\xff", "\n", ""}};
    const auto json = toJson(view, JsonForm::OneLine);
    EXPECT_EQ(json.find('\n'), json.size() - 1);
    EXPECT_THAT(json, Not(HasSubstr("\xff")));
}

} // namespace
} // namespace hdp::testing
