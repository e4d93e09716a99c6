// SPDX-License-Identifier: Apache-2.0
// Measures the daemon's binary from outside: fake hardware on one side, a fake kubelet on the
// other. Never asserts; prints a table, or with --json one JSON document.
#include "tests/bench/calls.hpp"
#include "tests/bench/events.hpp"
#include "tests/bench/footprint.hpp"
#include "tests/bench/plan.hpp"
#include "tests/bench/report.hpp"
#include "tests/bench/stages.hpp"
#include "tests/bench/start.hpp"

#include <algorithm>
#include <array>
#include <iostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

namespace hdp::testing {
namespace {

struct Part {
    std::string name;
    void (*measure)(Report& report, const Plan& plan);
};

const std::array parts{
    Part{"events", reportEvents},       Part{"stages", reportStages},
    Part{"scale", reportScale},         Part{"clients", reportEventsAmongClients},
    Part{"burst", reportBurst},         Part{"start", reportStart},
    Part{"return", reportReturn},       Part{"calls", reportCalls},
    Part{"footprint", reportFootprint}, Part{"idle", reportIdle},
};

std::vector<std::string> partNames() {
    std::vector<std::string> names;
    for (const auto& part : parts) {
        names.push_back(part.name);
    }
    return names;
}

Report measure(const Plan& plan, const std::vector<std::string>& wanted) {
    Report report;
    for (const auto& part : parts) {
        if (wanted.empty() || std::ranges::find(wanted, part.name) != wanted.end()) {
            std::cerr << "measuring " << part.name << "\n";
            part.measure(report, plan);
        }
    }
    return report;
}

int run(int argc, char** argv) {
    Plan plan;
    bool json = false;
    std::vector<std::string> wanted;
    CLI::App app{"Measures the daemon that HDP_DAEMON names.", "bench"};
    app.add_option("part", wanted, "What to measure; everything if nothing is named")
        ->check(CLI::IsMember(partNames()));
    app.add_flag("--json", json, "One JSON document on standard output");
    app.add_option("--events", plan.events, "Single uevents");
    app.add_option("--burst", plan.burst, "Uevents at once");
    app.add_option("--starts", plan.starts, "Starts of the daemon");
    app.add_option("--restarts", plan.restarts, "Restarts of the kubelet");
    app.add_option("--losses", plan.losses, "Streams that end while the kubelet lives");
    app.add_option("--allocations", plan.allocations, "Allocate calls");
    app.add_option_function<unsigned>(
        "--idle", [&plan](const unsigned& seconds) { plan.idle = std::chrono::seconds{seconds}; },
        "Seconds of doing nothing");
    CLI11_PARSE(app, argc, argv);
    const auto report = measure(plan, wanted);
    std::cout << (json ? report.asJson() : report.asTable());
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
