// SPDX-License-Identifier: Apache-2.0
// Measures the daemon's binary from outside: fake hardware on one side, a fake kubelet on the
// other. Never asserts; prints a table, or with --json one JSON document.
#include "tests/bench/floor.hpp"
#include "tests/bench/report.hpp"
#include "tests/bench/samples.hpp"
#include "tests/bench/stages.hpp"
#include "tests/integration/node.hpp"
#include "tests/support/process_stats.hpp"

#include <csignal>
#include <iostream>
#include <string>
#include <thread>

#include <CLI/CLI.hpp>

namespace hdp::testing {
namespace {

using Clock = std::chrono::steady_clock;

struct Plan {
    std::size_t events = 1000;
    std::size_t starts = 20;
    std::size_t restarts = 200;
    std::size_t losses = 100;
    std::size_t allocations = 10'000;
    std::chrono::seconds idle{60};
    bool json = false;
    bool stages = false;
};

constexpr unsigned chips = 8;

/// The daemon makes at most 50 looks a second in a storm of events, and a change is two uevents;
/// single changes are farther apart.
constexpr std::chrono::milliseconds betweenChanges{50};

MockChip chipAt(unsigned index) {
    const auto number = static_cast<std::uint8_t>(index);
    return {.address = {0, static_cast<std::uint8_t>(number + 1), 0, 0},
            .index = index,
            .upstream = {{0, 0, static_cast<std::uint8_t>(8 + number), 0}}};
}

void plugAll(Node& node) {
    for (unsigned index = 0; index < chips; ++index) {
        node.hardware.plug(chipAt(index));
    }
}

void progress(const std::string& what) {
    std::cerr << "measuring " << what << "\n";
}

/// The driver lets go of one chip and takes it again. What is measured is from the uevent that the
/// class device is gone; umockdev takes a while to make one, so its coming has no exact moment.
Samples ueventToKubelet(Node& node, std::size_t events) {
    progress("uevent to kubelet");
    Samples samples;
    for (std::size_t event = 0; event < events; ++event) {
        const auto number = node.kubelet.messageCount(Node::resource) + 1;
        const auto sent = node.hardware.unbind(chipAt(0));
        samples.add(node.kubelet.waitForMessage(Node::resource, number).arrived - sent);
        std::this_thread::sleep_for(betweenChanges);
        node.hardware.bind(chipAt(0));
        node.kubelet.waitForMessage(Node::resource, number + 1);
        std::this_thread::sleep_for(betweenChanges);
    }
    return samples;
}

Samples execToRegistered(std::size_t starts) {
    progress("exec to Register accepted");
    Samples samples;
    Node node;
    plugAll(node);
    node.kubelet.start();
    for (std::size_t start = 1; start <= starts; ++start) {
        const auto before = Clock::now();
        auto& daemon = node.startDaemon();
        samples.add(node.kubelet.waitForRegistration(Node::resource, start).time - before);
        daemon.signal(SIGTERM);
        daemon.wait();
    }
    return samples;
}

Samples kubeletStartToRegistered(Node& node, std::size_t restarts) {
    progress("kubelet.sock created to Register accepted");
    Samples samples;
    const auto already = node.kubelet.registrations().size();
    for (std::size_t restart = 1; restart <= restarts; ++restart) {
        node.kubelet.kill();
        const auto before = Clock::now();
        node.kubelet.start();
        samples.add(node.kubelet.waitForRegistration(Node::resource, already + restart).time -
                    before);
    }
    return samples;
}

/// The kubelet lives and the stream ends. A kubelet that has just started makes the daemon forget
/// earlier failures, so that each time is the first time.
Samples streamLostToRegistered(Node& node, std::size_t losses) {
    progress("stream lost to Register accepted");
    Samples samples;
    const auto already = node.kubelet.registrations().size();
    for (std::size_t loss = 1; loss <= losses; ++loss) {
        const auto messages = node.kubelet.messageCount(Node::resource);
        node.kubelet.restart();
        node.kubelet.waitForMessage(Node::resource, messages + 1);
        const auto before = Clock::now();
        node.kubelet.hangUpOn(Node::resource);
        samples.add(node.kubelet.waitForRegistration(Node::resource, already + 2 * loss).time -
                    before);
    }
    return samples;
}

Samples allocations(Node& node, std::size_t count) {
    progress("Allocate");
    v1beta1::AllocateRequest request;
    request.add_container_requests()->add_devices_ids(toString(chipAt(1).address));
    Samples samples;
    for (std::size_t call = 0; call < count; ++call) {
        v1beta1::AllocateResponse response;
        const auto before = Clock::now();
        node.kubelet.rawAllocate(Node::resource, request, response);
        samples.add(Clock::now() - before);
    }
    return samples;
}

void reportMemory(Report& report, const std::string& when, pid_t process) {
    const auto memory = memoryOf(process);
    report.addNumber("RssAnon " + when, static_cast<double>(memory.rssAnon), "KiB");
    report.addNumber("PSS " + when, static_cast<double>(memory.pss), "KiB");
    report.addNumber("RSS " + when, static_cast<double>(memory.rss), "KiB");
}

void reportIdleWakeups(Report& report, pid_t process, std::chrono::seconds duration) {
    progress("wake-ups while idle");
    const auto before = wakeupsOf(process);
    std::this_thread::sleep_for(duration);
    const auto perMinute = 60.0 / static_cast<double>(duration.count());
    for (const auto& now : wakeupsOf(process)) {
        const auto then = std::ranges::find(before, now.thread, &ThreadWakeups::thread);
        const auto woken = now.wakeups - (then == before.end() ? 0 : then->wakeups);
        const auto name = now.thread == process ? "loop" : now.name;
        report.addNumber("idle wake-ups of thread " + name + " " +
                             std::to_string(now.thread - process),
                         static_cast<double>(woken) * perMinute, "per minute");
    }
}

Report measure(const Plan& plan) {
    Report report;
    if (plan.stages) {
        reportStages(report, {plan.events, std::chrono::milliseconds{10}});
        for (const std::size_t count : {1U, 8U, 64U, 512U, 4096U}) {
            reportScale(report, count, {20, std::chrono::milliseconds{10}});
        }
        return report;
    }
    report.addLatency("floor: unix socket ping-pong", socketPingPong(10'000));
    progress("a uevent without a daemon");
    report.addLatency("floor: uevent -> libudev", ueventToListener(plan.events, betweenChanges));
    report.addLatency("exec -> Register accepted", execToRegistered(plan.starts));

    Node node;
    plugAll(node);
    node.kubelet.start();
    const auto process = node.startDaemon({"--log-level", "warning"}).pid();
    node.kubelet.waitForMessage(Node::resource, 1);
    reportMemory(report, "idle", process);
    report.addLatency("uevent -> list at the kubelet, 8 chips", ueventToKubelet(node, plan.events));
    report.addLatency("kubelet.sock created -> Register accepted",
                      kubeletStartToRegistered(node, plan.restarts));
    report.addLatency("stream lost -> Register accepted",
                      streamLostToRegistered(node, plan.losses));
    node.kubelet.waitForDevices(Node::resource, [](const auto&) { return true; });
    report.addLatency("Allocate, 1 chip", allocations(node, plan.allocations));
    reportMemory(report, "after " + std::to_string(plan.allocations) + " Allocates", process);
    reportIdleWakeups(report, process, plan.idle);
    return report;
}

int run(int argc, char** argv) {
    Plan plan;
    CLI::App app{"Measures the daemon that HDP_DAEMON names.", "bench"};
    app.add_flag("--json", plan.json, "One JSON document on standard output");
    app.add_flag("--stages", plan.stages, "stages");
    app.add_option("--events", plan.events, "Single uevents");
    app.add_option("--starts", plan.starts, "Starts of the daemon");
    app.add_option("--restarts", plan.restarts, "Restarts of the kubelet");
    app.add_option("--losses", plan.losses, "Streams that end while the kubelet lives");
    app.add_option("--allocations", plan.allocations, "Allocate calls");
    app.add_option_function<unsigned>(
        "--idle", [&plan](const unsigned& seconds) { plan.idle = std::chrono::seconds{seconds}; },
        "Seconds of doing nothing");
    CLI11_PARSE(app, argc, argv);
    const auto report = measure(plan);
    std::cout << (plan.json ? report.asJson() : report.asTable());
    return 0;
}

} // namespace
} // namespace hdp::testing

int main(int argc, char** argv) {
    try {
        return hdp::testing::run(argc, argv);
    } catch (const std::exception& error) {
        std::cerr << "bench: " << error.what() << "\n";
        return 1;
    }
}
