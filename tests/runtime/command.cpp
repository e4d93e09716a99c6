// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/command.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <string_view>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

[[noreturn]] void fail(int error, const char* call) {
    throw std::system_error(error, std::generic_category(), call);
}

int checked(int result, const char* call) {
    if (result < 0) {
        fail(errno, call);
    }
    return result;
}

/// Without what makes a program see umockdev's files.
std::vector<char*> environment() {
    std::vector<char*> pairs;
    for (char** pair = environ; *pair != nullptr; ++pair) {
        const std::string_view text = *pair;
        if (!text.starts_with("LD_PRELOAD=") && !text.starts_with("UMOCKDEV_DIR=")) {
            pairs.push_back(*pair);
        }
    }
    pairs.push_back(nullptr);
    return pairs;
}

std::vector<char*> argumentsFrom(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    for (const auto& word : words) {
        arguments.push_back(const_cast<char*>(word.c_str())); // NOLINT: posix_spawnp's type
    }
    arguments.push_back(nullptr);
    return arguments;
}

pid_t spawn(const std::vector<std::string>& words, int input, int output, int errors) {
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO);
    const auto arguments = argumentsFrom(words);
    pid_t pid = -1;
    const int error = ::posix_spawnp(&pid, words.front().c_str(), &actions, nullptr,
                                     arguments.data(), environment().data());
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        fail(error, "posix_spawnp");
    }
    return pid;
}

std::string contentOf(int descriptor) {
    std::string content;
    std::array<char, 4096> buffer{};
    ssize_t length = 0;
    while ((length = ::pread(descriptor, buffer.data(), buffer.size(),
                             static_cast<off_t>(content.size()))) > 0) {
        content.append(buffer.data(), static_cast<std::size_t>(length));
    }
    return content;
}

} // namespace

Command::Command(const std::vector<std::string>& words)
    : output_(checked(::memfd_create("output", MFD_CLOEXEC), "memfd_create")),
      errors_(checked(::memfd_create("errors", MFD_CLOEXEC), "memfd_create")) {
    // What is told to a process that is gone is no end of the test.
    std::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c): cannot fail for a valid signal
    std::array<int, 2> pipe{};
    checked(::pipe2(pipe.data(), O_CLOEXEC), "pipe2");
    input_ = pipe[1];
    pid_ = spawn(words, pipe[0], output_, errors_);
    ::close(pipe[0]);
}

Command::~Command() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        finish();
    }
    ::close(output_);
    ::close(errors_);
}

void Command::tell(const std::string& text) const {
    checked(static_cast<int>(::write(input_, text.data(), text.size())), "write");
}

Outcome Command::finish() {
    closeInput();
    int status = 0;
    checked(::waitpid(std::exchange(pid_, -1), &status, 0), "waitpid");
    return {WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status), contentOf(output_),
            contentOf(errors_)};
}

std::string Command::output() const {
    return contentOf(output_);
}

void Command::closeInput() {
    if (input_ >= 0) {
        ::close(std::exchange(input_, -1));
    }
}

Outcome run(const std::vector<std::string>& words) {
    return Command{words}.finish();
}

} // namespace hdp::testing
