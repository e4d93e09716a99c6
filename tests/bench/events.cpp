// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/events.hpp"

#include "tests/bench/bench_node.hpp"
#include "tests/bench/clients.hpp"
#include "tests/bench/floor.hpp"
#include "tests/integration/private_bus.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <vector>

namespace hdp::testing {

namespace {

/// The daemon makes at most 50 looks a second in a storm of events, and a change is two uevents;
/// single changes are farther apart.
constexpr std::chrono::milliseconds betweenChanges{50};

void startWithChips(BenchNode& node, const std::vector<std::string>& arguments) {
    node.kubelet.start();
    node.start(arguments);
    node.kubelet.waitForMessage(BareNode::resource, 1);
}

/// The driver lets go of one chip and takes it again. What is measured is from the uevent that the
/// class device is gone, because its coming has no one moment.
Samples ueventToKubelet(BenchNode& node, std::size_t events) {
    Samples samples;
    for (std::size_t event = 0; event < events; ++event) {
        const auto number = node.kubelet.messageCount(BareNode::resource) + 1;
        const auto sent = node.hardware.unbind(chipAt(0));
        samples.add(node.kubelet.waitForMessage(BareNode::resource, number).arrived - sent);
        std::this_thread::sleep_for(betweenChanges);
        node.hardware.bind(chipAt(0));
        node.kubelet.waitForMessage(BareNode::resource, number + 1);
        std::this_thread::sleep_for(betweenChanges);
    }
    return samples;
}

bool isUnhealthy(const v1beta1::ListAndWatchResponse& list) {
    return healthOf(list).at(toString(chipAt(0).address)) == "Unhealthy";
}

} // namespace

void reportEvents(Report& report, const Plan& plan) {
    report.addLatency("floor: unix socket ping-pong", socketPingPong(10'000));
    report.addLatency("floor: uevent -> libudev", ueventToListener(plan.events, betweenChanges));
    BenchNode node;
    startWithChips(node, {"--log-level", "warning"});
    report.addLatency("uevent -> list at the kubelet, 8 chips", ueventToKubelet(node, plan.events));
}

void reportEventsAmongClients(Report& report, const Plan& plan) {
    BenchNode node;
    PrivateBus bus{node.folder.path() / "bus"};
    bus.start();
    startWithChips(node, {"--http-listen", "127.0.0.1:0", "--dbus", "auto"});
    const HttpClients http{httpPortOf(node.daemon())};
    const BusClients onBus;
    report.addLatency("uevent -> list while HTTP and D-Bus are busy",
                      ueventToKubelet(node, plan.events));
    report.addNumber("HTTP requests answered meanwhile", http.answered(), "");
    report.addNumber("D-Bus calls answered meanwhile", onBus.answered(), "");
}

void reportBurst(Report& report, const Plan& plan) {
    BenchNode node;
    startWithChips(node, {"--log-level", "warning"});
    const auto before = node.kubelet.messageCount(BareNode::resource);
    for (std::size_t sent = 1; sent < plan.burst; ++sent) {
        node.hardware.change(chipAt(1));
    }
    const auto last = node.hardware.unbind(chipAt(0));
    const auto settled = node.kubelet.waitForDevices(BareNode::resource, isUnhealthy);
    const std::chrono::duration<double, std::milli> duration = settled.arrived - last;
    const auto suffix = ", " + std::to_string(plan.burst) + " uevents at once";
    report.addNumber("last uevent -> list" + suffix, duration.count(), "ms");
    report.addNumber("lists sent" + suffix,
                     static_cast<double>(node.kubelet.messageCount(BareNode::resource) - before),
                     "");
}

} // namespace hdp::testing
