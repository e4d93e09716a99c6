// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/doctor.hpp"

#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/report.hpp"
#include "daemon/log.hpp"
#include "daemon/view/host_watch.hpp"

#include <boost/asio/io_context.hpp>

#include <iostream>

#include <CLI/CLI.hpp>
#include <unistd.h>

namespace hdp::commands {

namespace {

doctor::Patient admit(const config::Configuration& configuration, const std::string& root) {
    doctor::Patient patient{.options = configuration.options, .warnings = configuration.warnings};
    boost::asio::io_context loop{1};
    HostWatch watch{loop, patient.options, VitalSignsReader::ownCommand(patient.options.sysRoot),
                    [&patient](const HostView& view) { patient.view = view; }};
    watch.begin(HostWatch::Duration::Once);
    loop.run();
    patient.inventory = watch.inventory();
    patient.root = root;
    patient.userId = ::geteuid();
    patient.pageSize = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    return patient;
}

} // namespace

void Doctor::declare(CLI::App& app) {
    app.add_flag("--json", asJson_, "Print JSON, as docs/command-line.md describes it");
    app.add_option("--root", root_,
                   "Where the host's file system is seen, for /etc, /lib and /proc; folders of "
                   "settings are not meant [/]")
        ->type_name("FOLDER");
}

int Doctor::run(const config::Sources& sources) {
    const auto configuration = config::load(sources);
    log::setUp(log::Level::Error, log::Format::Text);
    const auto findings = doctor::examine(admit(configuration, root_));
    std::cout << (asJson_ ? doctor::toJson(findings) : doctor::toText(findings)) << std::flush;
    return std::cout.good() ? doctor::exitCodeOf(findings) : 2;
}

} // namespace hdp::commands
