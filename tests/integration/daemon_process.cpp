// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/daemon_process.hpp"

#include "tests/support/patience.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

[[noreturn]] void fail(int error, const char* call) {
    throw std::system_error(error, std::generic_category(), call);
}

std::vector<std::string> commandLine(const std::vector<std::string>& arguments,
                                     std::optional<uid_t> user,
                                     const std::vector<std::string>& launcher) {
    std::vector<std::string> command;
    if (::geteuid() == 0) {
        command = {"setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"};
        if (user) {
            const auto id = std::to_string(*user);
            command.insert(command.end(), {"--reuid", id, "--regid", id, "--clear-groups"});
        }
    }
    if (const char* wanted = std::getenv("HDP_LAUNCHER")) { // NOLINT(concurrency-mt-unsafe)
        command.emplace_back(wanted);
    }
    command.insert(command.end(), launcher.begin(), launcher.end());
    command.emplace_back(DaemonProcess::binary());
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

/// Ours without HDP_…, which would be settings to it.
std::vector<char*> environmentOfTheDaemon() {
    std::vector<char*> variables;
    for (char** each = environ; *each != nullptr; ++each) {
        if (!std::string_view{*each}.starts_with("HDP_")) {
            variables.push_back(*each);
        }
    }
    variables.push_back(nullptr);
    return variables;
}

pid_t spawn(const std::vector<std::string>& command, int output) {
    std::vector<char*> words;
    for (const auto& word : command) {
        words.push_back(const_cast<char*>(word.c_str())); // NOLINT: posix_spawnp's type
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
    pid_t pid = -1;
    auto environment = environmentOfTheDaemon();
    const int error =
        ::posix_spawnp(&pid, words[0], &actions, nullptr, words.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        fail(error, "posix_spawnp");
    }
    return pid;
}

int exitCodeOf(int status) {
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

const char* DaemonProcess::binary() {
    const char* path = std::getenv("HDP_DAEMON"); // NOLINT(concurrency-mt-unsafe)
    if (path == nullptr) {
        throw std::runtime_error("HDP_DAEMON does not name the daemon's binary");
    }
    return path;
}

DaemonProcess::DaemonProcess(const std::vector<std::string>& arguments,
                             std::optional<uid_t> user,
                             const std::vector<std::string>& launcher) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) {
        fail(errno, "pipe2");
    }
    pid_ = spawn(commandLine(arguments, user, launcher), pipe[1]);
    ::close(pipe[1]);
    reader_ = std::jthread([this, descriptor = pipe[0]] { read(descriptor); });
}

DaemonProcess::~DaemonProcess() {
    // What memcheck and gcov have to tell they tell when a program ends in order.
    if (!status_ && std::getenv("HDP_GENTLE") != nullptr) { // NOLINT(concurrency-mt-unsafe)
        signal(SIGTERM);
        wait();
    }
    if (!status_) {
        signal(SIGKILL);
        wait();
    }
}

void DaemonProcess::signal(int number) const {
    ::kill(pid_, number);
}

bool DaemonProcess::runs() {
    const std::unique_lock lock(mutex_);
    return !ended_;
}

std::optional<int> DaemonProcess::wait() {
    {
        // The pipe ends with the process, so that no polling is needed.
        std::unique_lock lock(mutex_);
        if (!changed_.wait_for(lock, patienceFactor() * patience, [this] { return ended_; })) {
            return std::nullopt;
        }
    }
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, 0) == pid_) {
        status_ = exitCodeOf(status);
    }
    return status_;
}

bool DaemonProcess::hasEnded() {
    const std::unique_lock lock(mutex_);
    return ended_;
}

bool DaemonProcess::says(std::string_view text, std::size_t times) {
    std::unique_lock lock(mutex_);
    const auto isSaid = [this, text, times] { return linesWith(text) >= times; };
    changed_.wait_for(lock, patienceFactor() * patience,
                      [this, &isSaid] { return ended_ || isSaid(); });
    return isSaid();
}

std::size_t DaemonProcess::count(std::string_view text) {
    const std::unique_lock lock(mutex_);
    return linesWith(text);
}

std::size_t DaemonProcess::linesWith(std::string_view text) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        lines_, [text](const std::string& line) { return line.find(text) != std::string::npos; }));
}

std::string DaemonProcess::log() {
    const std::unique_lock lock(mutex_);
    std::string all;
    for (const auto& line : lines_) {
        all += line + "\n";
    }
    return all;
}

void DaemonProcess::read(int descriptor) {
    std::array<char, 4096> buffer{};
    std::string rest;
    ssize_t length = 0;
    while ((length = ::read(descriptor, buffer.data(), buffer.size())) > 0) {
        rest.append(buffer.data(), static_cast<std::size_t>(length));
        const std::unique_lock lock(mutex_);
        for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
            lines_.push_back(rest.substr(0, end));
            rest.erase(0, end + 1);
        }
        changed_.notify_all();
    }
    ::close(descriptor);
    const std::unique_lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
}

} // namespace hdp::testing
