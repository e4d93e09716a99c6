// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/run.hpp"

#include "daemon/daemon.hpp"
#include "daemon/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <chrono>
#include <csignal>
#include <exception>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

namespace hdp::commands {

namespace {

/// What the file says now, or what it said if it says nothing that may be.
config::Configuration newest(const config::Sources& sources, config::Configuration otherwise) {
    try {
        return config::load(sources);
    } catch (const std::invalid_argument&) {
        return otherwise;
    }
}

/// What is lacking may be there again soon. A process that ends instead is started again later and
/// later, and lacks it then too.
std::optional<config::Configuration> runAnew(const config::Sources& sources,
                                             config::Configuration configuration,
                                             status::History& history) {
    std::string said;
    while (true) {
        try {
            return Daemon{sources, configuration, history}.run();
        } catch (const std::runtime_error& error) {
            if (std::exchange(said, error.what()) != error.what()) {
                log::error(std::string{"cannot begin anew: "} + error.what() +
                               "; nothing is offered until it can, and it is tried each second",
                           {{"HAILO_EVENT", "renewal-failure"}});
            }
        }
        std::this_thread::sleep_for(std::chrono::seconds{1});
        configuration = newest(sources, std::move(configuration));
    }
}

void runDaemons(const config::Sources& sources, config::Configuration configuration) {
    // SIGHUP ends a process unless someone listens: also before the first daemon does, and between
    // two of them.
    boost::asio::io_context idle;
    const boost::asio::signal_set hangup{idle, SIGHUP};
    status::History history;
    auto next = Daemon{sources, configuration, history}.run();
    while (next) {
        configuration = *std::move(next);
        log::setLevel(configuration.options.logLevel);
        log::setFormat(configuration.options.logFormat);
        next = runAnew(sources, configuration, history);
    }
}

} // namespace

int Run::run(const config::Sources& sources) {
    auto configuration = config::load(sources);
    // A peer that closes its socket must not end the daemon.
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): cannot fail for a valid signal
    log::setUp(configuration.options.logLevel, configuration.options.logFormat);
    for (const auto& warning : configuration.warnings) {
        log::warning(warning, {{"HAILO_EVENT", "config-warning"}});
    }
    try {
        runDaemons(sources, std::move(configuration));
        return 0;
    } catch (const std::exception& error) {
        log::error(std::string{"hailo-device-plugin cannot run: "} + error.what(),
                   {{"HAILO_EVENT", "failure"}});
        return 1;
    }
}

} // namespace hdp::commands
