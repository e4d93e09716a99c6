// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/campaign.hpp"

#include "tests/integration/eventually.hpp"
#include "tests/soak/inspection.hpp"
#include "tests/support/process_stats.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <utility>

namespace hdp::testing {

namespace {

using namespace std::chrono_literals;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool isSanitized = true;
#elif defined(__has_feature)
constexpr bool isSanitized = __has_feature(address_sanitizer);
#else
constexpr bool isSanitized = false;
#endif

std::vector<Step> chosen(const std::vector<std::string>& names) {
    const auto all = steps();
    if (names.empty()) {
        return {all.begin(), all.end()};
    }
    std::vector<Step> some;
    for (const auto& name : names) {
        const auto found = std::ranges::find(all, name, &Step::name);
        if (found == all.end()) {
            throw std::invalid_argument("no step is called " + name);
        }
        some.push_back(*found);
    }
    return some;
}

std::string endOf(const std::string& log) {
    constexpr std::size_t enough = 12'000;
    return log.substr(log.size() - std::min(log.size(), enough));
}

} // namespace

Campaign::Campaign(Plan plan)
    : plan_(std::move(plan)), kinds_(chosen(plan_.only)), machine_(plan_.seed) {}

bool Campaign::run() {
    try {
        begin();
        takeAll();
        finish();
        return true;
    } catch (const std::exception& error) {
        complain(error.what());
        return false;
    }
}

void Campaign::begin() {
    history_.emplace_back("start");
    machine_.start();
    settle();
    rest();
}

/// What the daemon holds when nothing happens, and not while it reads a file.
void Campaign::rest() {
    const auto descriptors = [this] { return descriptorsOf(machine_.node.daemon().pid()); };
    auto before = descriptors();
    const bool isAtRest = eventually([&] {
        std::this_thread::sleep_for(50ms);
        return std::exchange(before, descriptors()) == before;
    });
    if (!isAtRest) {
        throw std::runtime_error("the daemon does not come to rest");
    }
    machine_.restingDescriptors = before;
    machine_.restingWatches = watchesOf(machine_.node.daemon().pid());
}

void Campaign::takeAll() {
    while (!isOver()) {
        const auto& step = draw();
        ++taken_;
        history_.push_back(std::to_string(taken_) + " " + std::string{step.name});
        take(step);
    }
}

void Campaign::take(const Step& step) {
    machine_.setTicking(step.recovery == Recovery::ByHealthCheck);
    step.take(machine_);
    recoveries_.add(std::string{step.name}, await(machine_, inspectTruth));
    machine_.setTicking(false); // a health check has a process of its own at work
    settle();
    trend_.add(Footprint::of(machine_.node.daemon().pid()));
    history_.back() += ": " + machine_.takeNotes();
    if (plan_.tellsEach) {
        std::cerr << history_.back() << "\n";
    }
    constexpr std::size_t remembered = 20;
    if (history_.size() > remembered) {
        history_.pop_front();
    }
}

/// Whoever has seen the mark has read all that came before, so that nothing undoes it later.
void Campaign::settle() {
    machine_.hardware.mark();
    await(machine_, inspectAll);
    machine_.truth.wasTold();
    machine_.admitPod();
}

void Campaign::finish() {
    const auto growth = trend_.growth();
    if (growth && !isSanitized) {
        throw std::runtime_error(*growth);
    }
    // The pools of gRPC breathe, but not in step with what happens here.
    constexpr std::size_t breath = 10;
    if (trend_.last().threads > trend_.first().threads + breath) {
        throw std::runtime_error("threads have become more");
    }
    auto& daemon = machine_.node.daemon();
    daemon.signal(SIGTERM);
    if (daemon.wait() != 0) {
        throw std::runtime_error("the daemon does not stop when it is told to");
    }
}

bool Campaign::isOver() const {
    const bool hasAll = plan_.steps > 0 && taken_ >= plan_.steps;
    const bool isLate = plan_.time.count() > 0 && Clock::now() - start_ >= plan_.time;
    return hasAll || isLate;
}

const Step& Campaign::draw() {
    if (round_.empty()) {
        round_ = kinds_;
    }
    const auto index = machine_.dice.below(round_.size());
    const auto step = round_.at(index);
    round_.erase(round_.begin() + static_cast<std::ptrdiff_t>(index));
    return *std::ranges::find(kinds_, step.name, &Step::name);
}

void Campaign::complain(const std::string& finding) {
    history_.back() += ": " + machine_.takeNotes();
    std::cerr << "\nwhat the daemon said last:\n"
              << endOf(machine_.node.daemon().log()) << "\nthe last steps:\n";
    for (const auto& step : history_) {
        std::cerr << "  " << step << "\n";
    }
    std::cerr << "seed " << plan_.seed << ", step " << taken_ << ": " << finding
              << "\nrepeat with HDP_SEED=" << plan_.seed << "\n";
}

void Campaign::report(std::ostream& out) const {
    if (trend_.isEmpty()) {
        return;
    }
    const auto minutes = std::chrono::duration<double, std::ratio<60>>(Clock::now() - start_);
    out << taken_ << " steps in " << minutes.count() << " minutes, seed " << plan_.seed << "\n\n";
    recoveries_.print(out);
    const auto& first = trend_.first();
    const auto& last = trend_.last();
    out << "\nafter the first and the last step: RssAnon " << first.rssAnon << " and "
        << last.rssAnon << " KiB, descriptors " << first.descriptors << " and " << last.descriptors
        << ", threads " << first.threads << " and " << last.threads << "\nRssAnon grows by "
        << trend_.slope() * 1000 << " KiB in a thousand steps\n";
}

} // namespace hdp::testing
