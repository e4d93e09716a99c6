// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/http_test.hpp"
#include "tests/observability/program.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace hdp::testing {
namespace {

constexpr auto narrowId = "0000:03:00.0";
const MockChip narrow{.address = {0, 3, 0, 0}, .index = 2, .upstream = {{0, 0, 0x1e, 0}}};

/// What a person sees in a browser: a chip that a pod holds, one that is gone, one on a bad link.
class StatusPageTest : public HttpTest {
  protected:
    StatusPageTest() {
        node.hardware.plug(later);
        node.hardware.plug(narrow);
        node.hardware.setAttribute(narrow.pciPath(), "current_link_width", "1\n");
        node.kubelet.start();
        startAlone();
        EXPECT_TRUE(
            node.kubeletSees({{chipId, "Healthy"}, {laterId, "Healthy"}, {narrowId, "Healthy"}}));
        const auto allocation = node.kubelet.allocate(
            {.podUid = "camera", .container = "detector", .resource = Node::resource});
        EXPECT_TRUE(allocation.admitted());
        node.hardware.unplug(later);
        EXPECT_TRUE(metricsComeToHave("reason=\"removed\"} 1\n"));
        EXPECT_TRUE(metricsComeToHave("resource=\"hailo.ai/device\"} 1\n"));
    }

    /// What starts a browser that shows the page. No virtual time: it waits for ever for /events.
    [[nodiscard]] std::vector<std::string> browser(const std::vector<std::string>& flags) const {
        std::vector<std::string> all{fromEnvironment("HDP_CHROMIUM"),
                                     "--headless",
                                     "--no-sandbox",
                                     "--disable-gpu",
                                     "--disable-dev-shm-usage",
                                     "--hide-scrollbars",
                                     "--window-size=1120,1500"};
        all.insert(all.end(), flags.begin(), flags.end());
        all.push_back("http://127.0.0.1:" + std::to_string(port) + "/");
        return all;
    }

    /// Runs it until it ends; what it writes.
    std::string browse(const std::vector<std::string>& flags) {
        Program chromium{browser(flags), node.folder.path() / "chromium"};
        EXPECT_EQ(chromium.wait(), 0) << chromium.errors();
        return chromium.output();
    }

    void picture(const std::string& name, const std::vector<std::string>& flags) {
        const auto file = std::filesystem::path{fromEnvironment("HDP_SCREENSHOTS")} / name;
        std::filesystem::remove(file);
        auto all = flags;
        all.push_back("--screenshot=" + file.string());
        browse(all);
        ASSERT_TRUE(std::filesystem::exists(file));
        EXPECT_GT(std::filesystem::file_size(file), 20'000U);
    }
};

using TheStatusPage = StatusPageTest;

TEST_F(TheStatusPage, ShowsChipsHealthHoldersAndEvents) {
    const auto page = browse({"--dump-dom"});

    for (const auto* text :
         {"0000:01:00.0", "Held by", "detector", "nobody", "removed", "link-degraded", "Degraded",
          "is gone from the PCI bus", "1 of 4 lanes", "allocated 0000:01:00.0 of hailo.ai/device",
          "Resources", ">live<"}) {
        EXPECT_NE(page.find(text), std::string::npos) << text << "\n" << page;
    }
}

TEST_F(TheStatusPage, FollowsWhatHappens) {
    const Program chromium{browser({"--remote-debugging-port=0"}), node.folder.path() / "chromium"};
    const std::string words = "DevTools listening on ws://127.0.0.1:";
    ASSERT_TRUE(eventually([&] { return chromium.errors().find(words) != std::string::npos; }));
    const auto errors = chromium.errors();
    const auto debugger =
        static_cast<std::uint16_t>(std::stoul(errors.substr(errors.find(words) + words.size(), 5)));
    const auto hasTitle = [debugger](const std::string& title) {
        return eventually(
            [&] { return request(debugger, "/json/list").body.find(title) != std::string::npos; });
    };
    EXPECT_TRUE(hasTitle("2 of 3 healthy")) << request(debugger, "/json/list").body;

    node.hardware.plug(later);

    EXPECT_TRUE(hasTitle("3 of 3 healthy")) << request(debugger, "/json/list").body;
}

TEST_F(TheStatusPage, CanBeLookedAtInLight) {
    picture("status-light.png", {});
}

TEST_F(TheStatusPage, CanBeLookedAtInDark) {
    picture("status-dark.png", {"--force-dark-mode", "--blink-settings=preferredColorScheme=0"});
}

TEST_F(TheStatusPage, CanBeLookedAtOnAPhone) {
    picture("status-narrow.png", {"--window-size=500,1800"});
}

} // namespace
} // namespace hdp::testing
