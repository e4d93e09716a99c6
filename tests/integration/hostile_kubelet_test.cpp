// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/hostile_kubelet_test.hpp"

#include "tests/daemon/plugin/raw_connection.hpp"
#include "tests/fake_kubelet/channel.hpp"
#include "tests/integration/dice.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <grpcpp/channel.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <list>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {
namespace {

struct Refusal {
    std::string name;
    std::string text;
};

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
    return out << refusal.name;
}

class RefusalTest : public HostileKubeletTest, public ::testing::WithParamInterface<Refusal> {};

using ARefusal = RefusalTest;

TEST_P(ARefusal, IsSaidOnceWithItsReasonAndTriedAgain) {
    node.kubelet.misbehave({.refusal = GetParam().text});
    node.startDaemon();
    ASSERT_TRUE(
        node.kubelet.waitUntil([this] { return node.kubelet.registrations().size() >= 4; }));

    const auto sentence = "the kubelet did not register hailo.ai/device: " + GetParam().text;
    EXPECT_EQ(node.daemon().count(sentence), 1U) << node.daemon().log();
    node.kubelet.misbehave({});

    ASSERT_TRUE(node.kubeletSees(alone));
    expectItServes();
}

INSTANTIATE_TEST_SUITE_P(
    Texts,
    ARefusal,
    ::testing::Values(
        Refusal{"Version", R"(requested API version "v1beta1" is not supported by kubelet. )"
                           R"(Supported version is ["v1"])"},
        Refusal{"ResourceName", R"(the ResourceName "hailo.ai/device" is invalid)"},
        Refusal{"Dial", "failed to dial device plugin: context deadline exceeded"},
        Refusal{"Options",
                "failed to get device plugin options: rpc error: code = Unavailable desc = EOF"}),
    [](const auto& param) { return param.param.name; });

using ADaemonBesideAHostileKubelet = HostileKubeletTest;

TEST_F(ADaemonBesideAHostileKubelet, KeepsRefusalsToOneLine) {
    node.kubelet.misbehave({.refusal = "first\nforged\r\x1b[31mred"});
    node.startDaemon();

    EXPECT_TRUE(node.daemon().says(R"(first\x0aforged\x0d\x1b[31mred)")) << node.daemon().log();
}

TEST_F(ADaemonBesideAHostileKubelet, FeedsBothStreamsOfOneThatListensTwice) {
    startRegistered();
    auto second = node.kubelet.openSecondStream(Node::resource);
    second->waitForMessage(1);

    expectItServes();
    // A slow machine sees the second chip on its way, and says so in a list of its own.
    std::size_t message = 2;
    while (healthOf(second->waitForMessage(message).list) != both) {
        ++message;
    }
    second.reset();

    EXPECT_TRUE(eventually([this] { return connectionsOn(pluginSocket()) == 1; }));
    node.hardware.unplug(later);
    EXPECT_TRUE(node.kubeletSees({{chipId, "Healthy"}, {"0000:02:00.0", "Unhealthy"}}));
    EXPECT_EQ(node.daemon().count("registering again"), 0U);
    EXPECT_EQ(node.kubelet.registrations().size(), 1U);
    expectNoDescriptorIsLeft();
}

TEST_F(ADaemonBesideAHostileKubelet, RegistersAgainEachTimeItHangsUp) {
    startRegistered();
    constexpr std::size_t times = 5;
    for (std::size_t time = 1; time <= times; ++time) {
        node.kubelet.hangUpOn(Node::resource);
        node.kubelet.waitForRegistration(Node::resource, time + 1);
        node.kubelet.waitForMessage(Node::resource, time + 1);
    }

    EXPECT_TRUE(node.daemon().says("ListAndWatch stream for hailo.ai/device ended", times));
    EXPECT_EQ(node.daemon().count("ListAndWatch stream for hailo.ai/device ended"), times);
    EXPECT_EQ(node.kubelet.registrations().size(), times + 1);
    expectItServes();
    expectNoDescriptorIsLeft();
}

/// What no HTTP/2 client would say, and what one would say before it goes astray.
std::vector<std::string> garbage() {
    using namespace std::string_literals;
    const std::string preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    const std::string settings = "\0\0\0\x04\0\0\0\0\0"s;
    Dice dice{1};
    std::string noise;
    while (noise.size() < 10'000) {
        noise.push_back(static_cast<char>(dice.below(256)));
    }
    return {"",
            noise,
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
            preface,
            preface + noise,
            preface + settings + "\xff\xff\xff\0\x01\0\0\0\x01"s, // a frame of 16 MiB
            preface + settings + "\0\0\x10\x01\x04\0\0\0\x01"s,   // headers that never come
            preface + settings + "\0\0\x08\x01\x05\0\0\0\x01"s + noise};
}

TEST_F(ADaemonBesideAHostileKubelet, ServesAStreamThatIsOpenedAfterItsSocketIsGone) {
    startRegistered();
    const auto stub = v1beta1::DevicePlugin::NewStub(openChannel(pluginSocket()));
    v1beta1::DevicePluginOptions options;
    grpc::ClientContext first;
    ASSERT_TRUE(stub->GetDevicePluginOptions(&first, {}, &options).ok());
    // Not killed: that would end every connection of this process to the plugin.
    std::filesystem::remove(node.kubeletDirectory() / "kubelet.sock");
    node.kubelet.hangUpOn(Node::resource);
    ASSERT_TRUE(node.daemon().says("no kubelet yet"));

    grpc::ClientContext second;
    const auto stream = stub->ListAndWatch(&second, {});
    v1beta1::ListAndWatchResponse list;

    ASSERT_TRUE(stream->Read(&list)) << node.daemon().log();
    EXPECT_EQ(healthOf(list), alone);
    second.TryCancel();
    node.kubelet.restart();
    EXPECT_TRUE(node.kubeletSees(alone));
    expectItServes();
}

TEST_F(ADaemonBesideAHostileKubelet, IsNotWornDownByGarbageOnItsSocket) {
    startRegistered();
    const auto kinds = garbage();
    const auto lines = node.daemon().count("");

    expectNoGrowth(50, [this, &kinds] {
        for (const auto& bytes : kinds) {
            RawConnection{pluginSocket()}.write(bytes);
        }
        // Connections are taken in their order, so that none waits any more when this one is heard.
        const RawConnection last{pluginSocket()};
        last.write("GET / HTTP/1.1\r\n\r\n");
        while (!last.read().empty()) {
        }
    });

    expectNoDescriptorIsLeft();
    EXPECT_LT(node.daemon().count("") - lines, 10U) << node.daemon().log();
    EXPECT_EQ(node.kubelet.registrations().size(), 1U);
    expectItServes();
}

TEST_F(ADaemonBesideAHostileKubelet, ServesOnWhileSilentConnectionsStayOpen) {
    startRegistered();
    {
        std::list<RawConnection> silent;
        for (int connection = 0; connection < 200; ++connection) {
            silent.emplace_back(pluginSocket());
        }
        expectItServes();
    }

    expectNoDescriptorIsLeft();
}

constexpr std::size_t timesEach = 10;

/// Requests that no kubelet would send.
std::vector<v1beta1::AllocateRequest> monstrousRequests() {
    std::vector<v1beta1::AllocateRequest> requests(5);
    auto* many = requests[0].add_container_requests();
    for (int id = 0; id < 10'000; ++id) {
        many->add_devices_ids("0000:99:00." + std::to_string(id));
        requests[1].add_container_requests();
        requests[2].add_container_requests()->add_devices_ids(chipId);
    }
    for (int id = 0; id < 3; ++id) {
        requests[3].add_container_requests()->add_devices_ids(std::string(1U << 20U, 'x'));
    }
    requests[4].add_container_requests()->add_devices_ids(std::string(5U << 20U, 'x'));
    return requests;
}

v1beta1::PreferredAllocationRequest preferenceOf(const v1beta1::AllocateRequest& request) {
    v1beta1::PreferredAllocationRequest preference;
    for (const auto& container : request.container_requests()) {
        auto& wish = *preference.add_container_requests();
        *wish.mutable_available_deviceids() = container.devices_ids();
        wish.set_allocation_size(container.devices_ids_size());
    }
    return preference;
}

TEST_F(ADaemonBesideAHostileKubelet, RefusesMonstrousAllocationsInALineEach) {
    startRegistered();
    const auto requests = monstrousRequests();
    const auto before = node.daemon().log().size();

    expectNoGrowth(timesEach, [this, &requests] {
        for (const auto& request : requests) {
            v1beta1::AllocateResponse response;
            EXPECT_FALSE(node.kubelet.rawAllocate(Node::resource, request, response).ok());
        }
    });

    // One is longer than a message may be and never comes to the daemon's ears.
    const auto audible = 5 * timesEach * (requests.size() - 1);
    EXPECT_TRUE(node.daemon().says("refused to allocate", audible));
    EXPECT_EQ(node.daemon().count("refused to allocate"), audible);
    EXPECT_LT(node.daemon().log().size() - before, audible * 4096);
    expectItServes();
    expectNoDescriptorIsLeft();
}

TEST_F(ADaemonBesideAHostileKubelet, AnswersMonstrousPreferencesWithoutGrowing) {
    startRegistered();
    const auto requests = monstrousRequests();
    const auto lines = node.daemon().count("");

    expectNoGrowth(timesEach, [this, &requests] {
        for (const auto& request : requests) {
            v1beta1::PreferredAllocationResponse response;
            const auto status =
                node.kubelet.rawPreferred(Node::resource, preferenceOf(request), response);
            EXPECT_NE(status.error_code(), grpc::StatusCode::UNAVAILABLE);
        }
    });

    EXPECT_EQ(node.daemon().count(""), lines) << node.daemon().log();
    expectItServes();
    expectNoDescriptorIsLeft();
}

} // namespace
} // namespace hdp::testing
