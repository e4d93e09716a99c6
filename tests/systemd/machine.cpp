// SPDX-License-Identifier: Apache-2.0
#include "tests/systemd/machine.hpp"

#include "tests/integration/eventually.hpp"
#include "tests/support/fixture.hpp"

#include <stdexcept>

namespace hdp::testing {

namespace {

std::vector<std::string> bootCommand(const std::filesystem::path& folder,
                                     const std::filesystem::path& files,
                                     const std::vector<std::string>& options) {
    std::vector<std::string> words{HDP_BOOT_MACHINE, folder, files};
    words.insert(words.end(), options.begin(), options.end());
    return words;
}

} // namespace

Machine::Machine(const std::filesystem::path& files, const std::vector<std::string>& options)
    : boot_(bootCommand(folder_.path(), files, options)) {
    if (!eventually([this] { return boot_.output().ends_with('\n'); }, std::chrono::minutes{1})) {
        throw std::runtime_error("the machine does not boot: " + boot_.finish().errors);
    }
    leader_ = boot_.output();
    leader_.pop_back();
}

Machine::~Machine() {
    boot_.finish();
}

Outcome Machine::run(const std::vector<std::string>& words) const {
    return start(words)->finish();
}

std::string Machine::sh(const std::string& script) const {
    auto output = run({"sh", "-c", script}).output;
    if (output.ends_with('\n')) {
        output.pop_back();
    }
    return output;
}

std::unique_ptr<Command> Machine::start(const std::vector<std::string>& words) const {
    return std::make_unique<Command>(inside(words));
}

void Machine::write(const std::string& path, std::string_view content) const {
    writeFile("/proc/" + leader_ + "/root" + path, content);
}

bool Machine::comesTo(const std::string& script) const {
    return eventually(
        [&] {
            return run({"sh", "-c", script}).exitCode == 0;
        },
        std::chrono::minutes{1});
}

std::vector<std::string> Machine::inside(const std::vector<std::string>& words) const {
    std::vector<std::string> all{"nsenter", "--target", leader_, "--all", "--wdns=/", "--"};
    all.insert(all.end(), words.begin(), words.end());
    return all;
}

} // namespace hdp::testing
