// SPDX-License-Identifier: Apache-2.0
// The main job in under a minute, for someone who has no Hailo chip and no cluster: the real daemon
// binary on real libudev and real gRPC, between fake hardware (umockdev) and a fake kubelet.
#include "cdi/spec_json.hpp"
#include "tests/demo/narrator.hpp"
#include "tests/integration/node.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <exception>
#include <iostream>
#include <string>

namespace hdp::testing {
namespace {

using Clock = std::chrono::steady_clock;

MockChip chipAt(std::uint8_t slot, unsigned index) {
    return {.address = {0, slot, 0, 0},
            .index = index,
            .upstream = {{0, 0, static_cast<std::uint8_t>(0x1b + slot), 0}}};
}

const MockChip first = chipAt(1, 0);
const MockChip second = chipAt(2, 1);
const MockChip third = chipAt(3, 2);

std::string idOf(const MockChip& chip) {
    return toString(chip.address);
}

std::string text(const Capacity& capacity) {
    return "capacity " + std::to_string(capacity.capacity) + ", allocatable " +
           std::to_string(capacity.allocatable);
}

double millisecondsSince(Clock::time_point begin, Clock::time_point end) {
    return std::chrono::duration<double, std::milli>(end - begin).count();
}

class Demo {
  public:
    int run() {
        start();
        plug();
        allocate();
        unplug();
        restartKubelet();
        stop();
        return narrator_.end();
    }

  private:
    void start() {
        narrator_.step("Two Hailo-8 are in the machine and a kubelet runs; the daemon starts.");
        node_.hardware.plug(first);
        node_.hardware.plug(second);
        node_.kubelet.start();
        const auto begin = Clock::now();
        node_.startDaemon();
        const auto registration = node_.kubelet.waitForRegistration(Node::resource);
        narrator_.expect(registration.accepted(),
                         "registered " + registration.resource + " with the kubelet, " +
                             Narrator::inMilliseconds(millisecondsSince(begin, registration.time)) +
                             " after it was started");
        expectCapacity({2, 2});
    }

    void plug() {
        narrator_.step("A third chip is plugged in; its driver makes /dev/hailo2.");
        const auto pluggedAt = node_.hardware.plug(third);
        const auto message = node_.kubelet.waitForDevices(Node::resource, [](const auto& list) {
            const auto devices = healthOf(list);
            return devices.contains(idOf(third)) && devices.at(idOf(third)) == "Healthy";
        });
        narrator_.expect(
            true, idOf(third) + " is at the kubelet, " +
                      Narrator::inMilliseconds(millisecondsSince(pluggedAt, message.arrived)) +
                      " after the uevent");
        expectCapacity({3, 3});
    }

    void allocate() {
        narrator_.step("A pod asks for one chip.");
        const auto allocation = node_.kubelet.allocate(
            {.podUid = "demo", .container = "main", .resource = Node::resource});
        narrator_.expect(allocation.admitted(), "the kubelet admits it " + allocation.error);
        if (!allocation.admitted()) {
            return;
        }
        const auto name = allocation.response.cdi_devices(0).name();
        Narrator::say("The kubelet tells the container runtime: " + name);
        Narrator::say("which the runtime finds in " + node_.cdiFile().string() + ":");
        Narrator::quote(entryFor(allocation.deviceIds.at(0)));
    }

    void unplug() {
        narrator_.step("The second chip is pulled out.");
        node_.hardware.unplug(second);
        narrator_.expect(
            node_.kubeletSees(
                {{idOf(first), "Healthy"}, {idOf(second), "Unhealthy"}, {idOf(third), "Healthy"}}),
            idOf(second) + " is Unhealthy at the kubelet, and not forgotten");
        narrator_.expect(node_.daemon().says("HAILO_REASON=removed"), "the log says why: removed");
        expectCapacity({3, 2});
    }

    void restartKubelet() {
        narrator_.step("The kubelet is killed, wipes its folder and starts again.");
        node_.kubelet.kill();
        const auto begin = Clock::now();
        node_.kubelet.start();
        const auto registration = node_.kubelet.waitForRegistration(Node::resource, 2);
        narrator_.expect(registration.accepted(),
                         "registered again, " +
                             Narrator::inMilliseconds(millisecondsSince(begin, registration.time)) +
                             " after the kubelet began to start");
        expectCapacity({3, 2});
    }

    void stop() {
        narrator_.step("The daemon is told to stop.");
        node_.daemon().signal(SIGTERM);
        narrator_.expect(node_.daemon().wait() == 0, "it ends with exit code 0");
        narrator_.expect(node_.pluginSockets().empty(), "its socket is gone");
        narrator_.expect(node_.cdiSpec().has_value(),
                         "the CDI file stays, because running containers restart with it");
    }

    void expectCapacity(const Capacity& expected) {
        const auto isSo = [this, &expected] {
            return node_.kubelet.capacity(Node::resource) == expected;
        };
        narrator_.expect(node_.kubelet.waitUntil(isSo), "the node has " + text(expected));
    }

    /// The part of the CDI file that stands for one chip.
    [[nodiscard]] std::string entryFor(const std::string& id) const {
        auto spec = node_.cdiSpec().value();
        std::erase_if(spec.devices, [&id](const cdi::Device& device) { return device.name != id; });
        return cdi::toJson(spec);
    }

    Narrator narrator_;
    Node node_;
};

} // namespace
} // namespace hdp::testing

int main() {
    try {
        return hdp::testing::Demo{}.run();
    } catch (const std::exception& error) {
        std::cerr << "demo: " << error.what() << "\n";
        return 1;
    }
}
