// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/console.hpp"
#include "tests/fake_kubelet/event_text.hpp"
#include "tests/fake_kubelet/kubelet_test.hpp"

#include <sstream>
#include <string>

namespace hdp::testing {

using ::testing::HasSubstr;

class ConsoleTest : public ::testing::Test {
  protected:
    ConsoleTest() : console_({.directory = folder_.path()}, out_) {}

    void connect() {
        plugin_.emplace(folder_.path(), "a.sock", deviceList({"a"}));
        plugin_->onAllocate = [](const auto&, auto& response) {
            response.add_container_responses()->add_cdi_devices()->set_name("hailo.ai/device=a");
            return grpc::Status::OK;
        };
        const auto request = plugin_->registerRequest("hailo.ai/device");
        ASSERT_TRUE(registerWith(folder_.path() / "kubelet.sock", request).ok());
        console_.kubelet().waitForMessage("hailo.ai/device", 1);
    }

    void say(const std::string& commands) {
        std::istringstream in(commands);
        console_.run(in);
    }

    /// Closes the mouth of the console first, by stopping everything that talks.
    std::string heard() {
        say("kill");
        return out_.str();
    }

    PluginFolder folder_;
    std::ostringstream out_;
    Console console_;
    std::optional<SamplePlugin> plugin_;
};

using AConsole = ConsoleTest;

TEST_F(AConsole, TellsWhereTheKubeletListens) {
    EXPECT_THAT(heard(), HasSubstr("listens on " + (folder_.path() / "kubelet.sock").string()));
}

TEST_F(AConsole, TellsOfARegistration) {
    connect();
    EXPECT_THAT(heard(), HasSubstr("hailo.ai/device registered at a.sock"));
}

TEST_F(AConsole, AllocatesAndTellsWhatTheContainerGets) {
    connect();
    say("allocate 1 hailo.ai/device\n");
    EXPECT_THAT(heard(), HasSubstr("pod-1 allocated a\n  cdi hailo.ai/device=a"));
}

TEST_F(AConsole, TellsOfEachListWithDevicesAndCapacity) {
    connect();
    EXPECT_THAT(heard(), HasSubstr("hailo.ai/device lists a Healthy (capacity 1, allocatable 1)"));
}

TEST_F(AConsole, NeedsNoResourceNameWhenThereIsOnlyOne) {
    connect();
    say("allocate");
    EXPECT_THAT(heard(), HasSubstr("pod-1 allocated a"));
}

TEST_F(AConsole, AsksForTheResourceWhenThereIsNone) {
    say("allocate");
    EXPECT_THAT(heard(), HasSubstr("name the resource"));
}

TEST_F(AConsole, TellsWhyAPodIsRejected) {
    connect();
    say("allocate 2");
    EXPECT_THAT(heard(), HasSubstr("pod-1 rejected: Allocate failed due to requested number of "
                                   "devices unavailable for hailo.ai/device. Requested: 2, "
                                   "Available: 1, which is unexpected"));
}

TEST_F(AConsole, FreesDevicesWithThePod) {
    connect();
    say("allocate\nforget pod-1\nallocate");
    EXPECT_THAT(heard(), HasSubstr("pod-2 allocated a"));
}

TEST_F(AConsole, TellsTheCapacities) {
    connect();
    say("capacity");
    EXPECT_THAT(heard(), HasSubstr("] hailo.ai/device capacity 1, allocatable 1"));
}

TEST_F(AConsole, KillsAndStartsTheKubelet) {
    say("kill");
    EXPECT_FALSE(console_.kubelet().isRunning());
    say("start");
    EXPECT_TRUE(console_.kubelet().isRunning());
    say("restart");
    EXPECT_TRUE(console_.kubelet().isRunning());
}

TEST_F(AConsole, ExplainsItselfWhenItDoesNotUnderstand) {
    say("what\nquit\nkill");
    EXPECT_TRUE(console_.kubelet().isRunning()) << "nothing after quit is obeyed";
    EXPECT_THAT(heard(), HasSubstr("commands: allocate"));
}

TEST(AnEventText, ShowsHealthAndNumaNodes) {
    auto list = deviceList({"a"}, {"b"});
    list.mutable_devices(0)->mutable_topology()->add_nodes()->set_id(1);
    EXPECT_EQ(
        describe(Event{
            .kind = Event::Kind::ListReceived, .resource = "r", .list = list, .capacity = {2, 1}}),
        "r lists a Healthy NUMA 1, b Unhealthy (capacity 2, allocatable 1)");
}

TEST(AnEventText, SaysWhenAListIsEmpty) {
    EXPECT_EQ(describe(Event{.kind = Event::Kind::ListReceived, .resource = "r"}),
              "r lists no devices (capacity 0, allocatable 0)");
}

} // namespace hdp::testing
