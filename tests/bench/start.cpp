// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/start.hpp"

#include "tests/bench/arrivals.hpp"
#include "tests/bench/bench_node.hpp"
#include "tests/integration/program.hpp"

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>

namespace hdp::testing {

namespace {

using Clock = std::chrono::steady_clock;

/// The daemon's binary, its libraries and nothing else.
Samples execToVersion(std::size_t starts) {
    Samples samples;
    for (std::size_t start = 0; start < starts; ++start) {
        samples.time([] { run({DaemonProcess::binary(), "version"}); });
    }
    return samples;
}

struct Start {
    Samples cdi;
    Samples socket;
    Samples registered;
};

void startOnce(BenchNode& node, std::size_t number, Start& start) {
    std::filesystem::remove(node.cdiFile());
    Arrivals cdi{node.cdiFile().parent_path(), node.cdiFile().filename()};
    Arrivals socket{node.kubeletDirectory(), ".sock"};
    const auto before = Clock::now();
    auto& daemon = node.start();
    start.registered.add(node.kubelet.waitForRegistration(BareNode::resource, number).time -
                         before);
    start.cdi.add(cdi.wait() - before);
    start.socket.add(socket.wait() - before);
    daemon.signal(SIGTERM);
    daemon.wait();
}

Samples kubeletStartToRegistered(BenchNode& node, std::size_t restarts) {
    Samples samples;
    const auto already = node.kubelet.registrations().size();
    for (std::size_t restart = 1; restart <= restarts; ++restart) {
        node.kubelet.kill();
        const auto before = Clock::now();
        node.kubelet.start();
        samples.add(node.kubelet.waitForRegistration(BareNode::resource, already + restart).time -
                    before);
    }
    return samples;
}

/// The kubelet lives and the stream ends. A kubelet that has just started makes the daemon forget
/// earlier failures, so that each time is the first time.
Samples streamLostToRegistered(BenchNode& node, std::size_t losses) {
    Samples samples;
    const auto already = node.kubelet.registrations().size();
    for (std::size_t loss = 1; loss <= losses; ++loss) {
        const auto messages = node.kubelet.messageCount(BareNode::resource);
        node.kubelet.restart();
        node.kubelet.waitForMessage(BareNode::resource, messages + 1);
        const auto before = Clock::now();
        node.kubelet.hangUpOn(BareNode::resource);
        samples.add(node.kubelet.waitForRegistration(BareNode::resource, already + 2 * loss).time -
                    before);
    }
    return samples;
}

} // namespace

void reportStart(Report& report, const Plan& plan) {
    report.addLatency("floor: exec -> exit of `version`", execToVersion(plan.starts));
    BenchNode node;
    std::filesystem::create_directories(node.cdiFile().parent_path());
    node.kubelet.start();
    Start start;
    for (std::size_t number = 1; number <= plan.starts; ++number) {
        startOnce(node, number, start);
    }
    report.addLatency("exec -> CDI file", start.cdi);
    report.addLatency("exec -> socket of the plugin", start.socket);
    report.addLatency("exec -> Register accepted", start.registered);
}

void reportReturn(Report& report, const Plan& plan) {
    BenchNode node;
    node.kubelet.start();
    node.start({"--log-level", "warning"});
    node.kubelet.waitForMessage(BareNode::resource, 1);
    report.addLatency("kubelet.sock created -> Register accepted",
                      kubeletStartToRegistered(node, plan.restarts));
    report.addLatency("stream lost -> Register accepted",
                      streamLostToRegistered(node, plan.losses));
}

} // namespace hdp::testing
