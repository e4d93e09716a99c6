// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/run.hpp"

#include "daemon/daemon.hpp"
#include "daemon/log.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <exception>
#include <utility>

namespace hdp::commands {

namespace {

void runDaemons(const config::Sources& sources, config::Configuration configuration) {
    // SIGHUP ends a process unless someone listens: also before the first daemon does, and between
    // two of them.
    boost::asio::io_context idle;
    const boost::asio::signal_set hangup{idle, SIGHUP};
    status::History history;
    while (auto next = Daemon{sources, configuration, history}.run()) {
        configuration = *std::move(next);
        log::setLevel(configuration.options.logLevel);
        log::setFormat(configuration.options.logFormat);
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
