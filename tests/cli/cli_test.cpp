// SPDX-License-Identifier: Apache-2.0
#include "tests/cli/cli_test.hpp"

#include "tests/support/fixture.hpp"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

constexpr auto readableByAll = fs::perms::owner_all | fs::perms::group_read |
                               fs::perms::group_exec | fs::perms::others_read |
                               fs::perms::others_exec;

std::string variable(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? "" : value;
}

std::string contentOf(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// As execve() wants them, for as long as the texts live.
std::vector<char*> pointers(std::vector<std::string>& texts) {
    std::vector<char*> result;
    std::ranges::transform(texts, std::back_inserter(result),
                           [](std::string& text) { return text.data(); });
    result.push_back(nullptr);
    return result;
}

} // namespace

CliTest::CliTest() {
    fs::permissions(hardware.root(), readableByAll);
    fs::permissions(folder.path(), readableByAll);
    writeFile(folder.path() / "config.yaml", "");
}

std::vector<std::string> CliTest::places() const {
    const auto in = [this](const char* name) { return (folder.path() / name).string(); };
    return {
        "--config",           in("config.yaml"), "--kubelet-directory",    in("kubelet"),
        "--plugins-registry", in("registry"),    "--pod-resources-socket", in("pods/kubelet.sock"),
        "--cdi-directory",    in("cdi"),         "--state-directory",      in("state")};
}

Outcome CliTest::run(const std::vector<std::string>& words,
                     const std::vector<std::string>& environment) const {
    std::vector<std::string> command{variable("HDP_DAEMON")};
    command.insert(command.end(), words.begin(), words.end());
    std::ranges::copy(places(), std::back_inserter(command));
    return start(std::move(command), environment);
}

Outcome CliTest::runAsNobody(const std::vector<std::string>& words) const {
    std::vector<std::string> command;
    if (::geteuid() == 0) {
        command = {"/usr/bin/setpriv", "--reuid=65534",       "--regid=65534",
                   "--clear-groups",   "--bounding-set=-all", "--inh-caps=-all"};
    }
    command.push_back(variable("HDP_DAEMON"));
    command.insert(command.end(), words.begin(), words.end());
    std::ranges::copy(places(), std::back_inserter(command));
    return start(std::move(command), {});
}

Outcome CliTest::start(std::vector<std::string> command,
                       std::vector<std::string> environment) const {
    for (const char* name : {"LD_PRELOAD", "UMOCKDEV_DIR", "ASAN_OPTIONS", "UBSAN_OPTIONS"}) {
        environment.push_back(std::string{name} + "=" + variable(name));
    }
    const auto output = outputs_.path() / "output";
    const auto complaint = outputs_.path() / "complaint";
    constexpr int flags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(), flags, 0600);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, complaint.c_str(), flags, 0600);
    pid_t child = -1;
    const int error = ::posix_spawn(&child, command.front().c_str(), &actions, nullptr,
                                    pointers(command).data(), pointers(environment).data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw std::system_error(error, std::generic_category(), "posix_spawn");
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), contentOf(output),
            contentOf(complaint)};
}

std::string CliTest::traces() const {
    std::set<std::string> lines;
    for (const auto& entry : fs::recursive_directory_iterator(folder.path())) {
        const auto changed = fs::last_write_time(entry.path()).time_since_epoch().count();
        lines.insert(entry.path().string() + " " + std::to_string(changed));
    }
    std::string all;
    for (const auto& line : lines) {
        all += line + "\n";
    }
    return all;
}

} // namespace hdp::testing
