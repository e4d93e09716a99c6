// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/list.hpp"

#include "daemon/log.hpp"
#include "daemon/view/host_view_json.hpp"
#include "daemon/view/host_view_text.hpp"
#include "daemon/view/host_watch.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <array>
#include <csignal>
#include <ctime>
#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace hdp::commands {

namespace {

constexpr auto clearScreen = "\x1b[H\x1b[2J";

std::string timeOfDay() {
    const auto now = std::time(nullptr);
    std::tm local{};
    ::localtime_r(&now, &local);
    std::array<char, sizeof "23:59:59"> text{};
    const auto length = std::strftime(text.data(), text.size(), "%H:%M:%S", &local);
    return {text.data(), length};
}

/// A table among others: a terminal shows the newest alone, a file all of them.
std::string watched(const std::string& table) {
    static const bool isTerminal = ::isatty(STDOUT_FILENO) == 1;
    return isTerminal ? clearScreen + timeOfDay() + "\n" + table
                      : timeOfDay() + "\n" + table + "\n";
}

} // namespace

void List::declare(CLI::App& app) {
    app.add_flag("--json", asJson_, "Print JSON, as docs/command-line.md describes it");
    app.add_flag("--watch", watches_, "Print again after each change; JSON then has a line each");
}

int List::run(const config::Sources& sources) {
    const auto options = config::load(sources).options;
    log::setUp(log::Level::Error, log::Format::Text);
    boost::asio::io_context loop{1};
    boost::asio::signal_set signals{loop, SIGINT, SIGTERM};
    HostWatch watch{loop, options, VitalSignsReader::ownCommand(options.sysRoot),
                    [this, &signals](const HostView& view) { print(view, signals); }};
    signals.async_wait([&watch](const boost::system::error_code&, int) { watch.stop(); });
    watch.begin(watches_ ? HostWatch::Duration::Ongoing : HostWatch::Duration::Once);
    loop.run();
    return std::cout.good() ? 0 : 1;
}

void List::print(const HostView& view, boost::asio::signal_set& signals) const {
    std::cout << textOf(view) << std::flush;
    if (!watches_ || !std::cout.good()) {
        signals.cancel(); // ends the watch
    }
}

std::string List::textOf(const HostView& view) const {
    if (asJson_) {
        return toJson(view, watches_ ? JsonForm::OneLine : JsonForm::Indented);
    }
    return watches_ ? watched(toText(view)) : toText(view);
}

} // namespace hdp::commands
