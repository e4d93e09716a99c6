// SPDX-License-Identifier: Apache-2.0
// Makes trouble of all kinds for the daemon's binary, in random order, and looks after each whether
// it came back to the truth. See README.md beside this file.
#include "tests/soak/campaign.hpp"

#include <cstdlib>
#include <exception>
#include <iostream>
#include <random>

#include <CLI/CLI.hpp>

namespace {

struct Arguments {
    unsigned minutes = 0;
    hdp::testing::Plan plan{.seed = std::random_device{}()};
    bool listsKinds = false;
};

void describe(CLI::App& app, Arguments& arguments) {
    app.add_option("minutes", arguments.minutes,
                   "How long; without it the number of steps decides");
    app.add_option("--steps", arguments.plan.steps, "How many steps; 48 if nothing is said");
    app.add_option("--only", arguments.plan.only, "Kinds of steps, in a comma list")
        ->delimiter(',');
    app.add_option("--seed", arguments.plan.seed, "Repeats the decisions of a run")
        ->envname("HDP_SEED");
    app.add_flag("--verbose", arguments.plan.tellsEach, "Tell of each step");
    app.add_flag("--list", arguments.listsKinds, "Name the kinds of steps");
}

int listKinds() {
    for (const auto& step : hdp::testing::steps()) {
        std::cout << step.name << "\n";
    }
    return EXIT_SUCCESS;
}

int soak(Arguments& arguments) {
    constexpr std::size_t threeRounds = 48;
    auto& plan = arguments.plan;
    plan.time = std::chrono::minutes{arguments.minutes};
    if (arguments.minutes == 0 && plan.steps == 0) {
        plan.steps = threeRounds;
    }
    std::cout << "seed " << plan.seed << std::endl; // now, whatever happens
    hdp::testing::Campaign campaign{plan};
    const bool isGood = campaign.run();
    campaign.report(std::cout);
    return isGood ? EXIT_SUCCESS : EXIT_FAILURE;
}

} // namespace

int main(int argc, char** argv) {
    CLI::App app("A daemon that shall withstand everything, and what it shall withstand.", "soak");
    Arguments arguments;
    describe(app, arguments);
    CLI11_PARSE(app, argc, argv);
    try {
        return arguments.listsKinds ? listKinds() : soak(arguments);
    } catch (const std::exception& error) {
        std::cerr << "soak: " << error.what() << "\n";
        return EXIT_FAILURE;
    }
}
