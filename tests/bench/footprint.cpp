// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/footprint.hpp"

#include "tests/bench/bench_node.hpp"
#include "tests/integration/program.hpp"
#include "tests/support/process_stats.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <string>
#include <thread>

namespace hdp::testing {

namespace {

void reportMemory(Report& report, const std::string& when, pid_t process) {
    const auto memory = memoryOf(process);
    report.addNumber("RssAnon " + when, static_cast<double>(memory.rssAnon), "KiB");
    report.addNumber("PSS " + when, static_cast<double>(memory.pss), "KiB");
}

void restart(BenchNode& node, std::size_t times) {
    const auto already = node.kubelet.registrations().size();
    for (std::size_t restart = 1; restart <= times; ++restart) {
        node.kubelet.restart();
        node.kubelet.waitForRegistration(BareNode::resource, already + restart);
    }
    node.kubelet.waitForDevices(BareNode::resource, [](const auto&) { return true; });
}

void allocate(BenchNode& node, std::size_t times) {
    v1beta1::AllocateRequest request;
    request.add_container_requests()->add_devices_ids(toString(chipAt(1).address));
    for (std::size_t call = 0; call < times; ++call) {
        v1beta1::AllocateResponse response;
        node.kubelet.rawAllocate(BareNode::resource, request, response);
    }
}

void reportGrowth(Report& report, const Plan& plan) {
    BenchNode node;
    node.kubelet.start();
    const auto process = node.start({"--log-level", "warning"}).pid();
    node.kubelet.waitForMessage(BareNode::resource, 1);
    reportMemory(report, "at rest, 8 chips", process);
    restart(node, 100);
    reportMemory(report, "after 100 restarts of the kubelet", process);
    constexpr std::size_t steps = 4;
    for (std::size_t step = 1; step <= steps; ++step) {
        allocate(node, plan.allocations / steps);
        report.addNumber("RssAnon after " + std::to_string(step * plan.allocations / steps) +
                             " Allocates",
                         static_cast<double>(memoryOf(process).rssAnon), "KiB");
    }
}

double rssAnonWith(std::size_t devices) {
    BareNode node;
    node.kubelet.start();
    const auto process = node.startDaemon({"--simulate", "true", "--simulate-count",
                                           std::to_string(devices), "--log-level", "error"})
                             .pid();
    node.kubelet.waitForMessage(BareNode::resource, 1);
    return static_cast<double>(memoryOf(process).rssAnon);
}

void reportMemoryOfDevices(Report& report) {
    constexpr std::size_t many = 1024; // as many as can be simulated
    const auto difference = rssAnonWith(many) - rssAnonWith(1);
    report.addNumber("RssAnon for each simulated device", difference / (many - 1), "KiB");
}

void reportBinary(Report& report) {
    const TemporaryDirectory folder;
    const auto stripped = folder.path() / "stripped";
    run({"strip", "-o", stripped.string(), DaemonProcess::binary()});
    constexpr double kibi = 1024;
    report.addNumber("binary without debug information",
                     static_cast<double>(std::filesystem::file_size(stripped)) / kibi, "KiB");
}

} // namespace

void reportFootprint(Report& report, const Plan& plan) {
    reportGrowth(report, plan);
    reportMemoryOfDevices(report);
    reportBinary(report);
}

void reportIdle(Report& report, const Plan& plan) {
    BenchNode node;
    node.kubelet.start();
    const auto process = node.start({"--log-level", "warning", "--health-interval", "0"}).pid();
    node.kubelet.waitForMessage(BareNode::resource, 1);
    const auto before = wakeupsOf(process);
    const auto computed = cpuTimeOf(process);
    std::this_thread::sleep_for(plan.idle);
    const auto perMinute = 60.0 / static_cast<double>(plan.idle.count());
    const std::chrono::duration<double, std::milli> duration = cpuTimeOf(process) - computed;
    report.addNumber("CPU time while idle, all threads", duration.count() * perMinute,
                     "ms per minute");
    for (const auto& now : wakeupsOf(process)) {
        const auto then = std::ranges::find(before, now.thread, &ThreadWakeups::thread);
        const auto woken = now.wakeups - (then == before.end() ? 0 : then->wakeups);
        const auto name = now.thread == process ? "loop" : now.name;
        if (woken > 0 || now.thread == process) {
            report.addNumber("wake-ups while idle, " + name + " " +
                                 std::to_string(now.thread - process),
                             static_cast<double>(woken) * perMinute, "per minute");
        }
    }
}

} // namespace hdp::testing
