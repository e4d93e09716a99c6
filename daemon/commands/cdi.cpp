// SPDX-License-Identifier: Apache-2.0
#include "daemon/commands/cdi.hpp"

#include "cdi/spec_file.hpp"
#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/handover/cdi_extras.hpp"
#include "daemon/log.hpp"
#include "daemon/view/host_watch.hpp"

#include <boost/asio/io_context.hpp>

#include <exception>
#include <filesystem>
#include <iostream>
#include <stdexcept>

#include <CLI/CLI.hpp>

namespace hdp::commands {

namespace {

void complain(const std::string& sentence) {
    std::cerr << "hailo-device-plugin: " << sentence << "\n";
}

/// The inventory that a daemon with these options would have.
InventoryPtr look(Options options) {
    options.podResourcesSocket.clear(); // who holds what is no part of the description
    boost::asio::io_context loop{1};
    HostWatch watch{loop, options, VitalSignsReader::ownCommand(options.sysRoot),
                    [](const HostView&) {}};
    watch.begin(HostWatch::Duration::Once);
    loop.run();
    return watch.inventory();
}

cdi::SpecFile specFileAt(const std::filesystem::path& path) {
    const auto full = std::filesystem::absolute(path);
    return {full.parent_path(), full.filename()};
}

std::string contentOf(const std::filesystem::path& path) {
    auto content = specFileAt(std::filesystem::weakly_canonical(path)).read();
    if (!content) {
        throw std::invalid_argument("is no file");
    }
    return *std::move(content);
}

/// What is wrong with a file; empty if it is valid.
std::string faultOf(const std::filesystem::path& path) {
    try {
        cdi::parseSpec(contentOf(path));
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }
}

} // namespace

void Cdi::declare(CLI::App& app) {
    app.require_subcommand(1);
    auto* generating =
        app.add_subcommand("generate", "Write the CDI file that the daemon would write now");
    generating->fallthrough();
    generating->add_option("--output", output_, "Where to; - is the standard output [-]")
        ->type_name("FILE");
    generating->callback([this] { generates_ = true; });
    auto* validating = app.add_subcommand(
        "validate", "Check CDI files in JSON by the rules of every runtime; code 1 if one is bad");
    validating->fallthrough();
    validating->add_option("files", files_, "The files")->required()->type_name("FILE...");
}

int Cdi::run(const config::Sources& sources) {
    return generates_ ? generate(sources) : validate();
}

int Cdi::generate(const config::Sources& sources) const {
    const auto options = config::load(sources).options;
    log::setUp(log::Level::Error, log::Format::Text);
    const auto inventory = look(options);
    const auto found = findCdiExtras(*inventory, options.container, options.simulation);
    for (const auto& sentence : found.missing) {
        complain(sentence);
    }
    const auto spec = cdiSpecOf(*inventory, options.cdiKind, found.extras);
    if (!spec) {
        complain("there is no chip with a device node, so there is nothing to describe, and "
                 "nothing was written; see `hailo-device-plugin list`");
        return 1;
    }
    return write(cdi::toJson(*spec));
}

int Cdi::write(const std::string& json) const {
    if (output_ == "-") {
        std::cout << json << std::flush;
        return std::cout.good() ? 0 : 1;
    }
    const auto type = std::filesystem::symlink_status(output_).type();
    if (type != std::filesystem::file_type::not_found &&
        type != std::filesystem::file_type::regular) {
        throw std::invalid_argument("--output " + output_ + " is there and no regular file");
    }
    specFileAt(output_).write(json);
    const auto extension = std::filesystem::path{output_}.extension();
    if (extension != ".json" && extension != ".yaml") {
        complain("wrote " + output_ + ", which runtimes pass over: they read .json and .yaml only");
    }
    return 0;
}

int Cdi::validate() const {
    int code = 0;
    for (const auto& file : files_) {
        const auto fault = faultOf(file);
        std::cout << file << ": " << (fault.empty() ? "valid" : fault) << "\n";
        code = fault.empty() ? code : 1;
    }
    return code;
}

} // namespace hdp::commands
