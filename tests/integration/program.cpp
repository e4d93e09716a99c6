// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/program.hpp"

#include "tests/support/temporary_directory.hpp"

#include <csignal>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

pid_t spawn(const std::vector<std::string>& command, const std::filesystem::path& output) {
    std::vector<char*> words;
    for (const auto& word : command) {
        words.push_back(const_cast<char*>(word.c_str())); // NOLINT: posix_spawnp's type
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output.c_str(),
                                       O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ::posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO);
    pid_t pid = -1;
    const int error = ::posix_spawnp(&pid, words[0], &actions, nullptr, words.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    if (error != 0) {
        throw std::system_error(error, std::generic_category(), "posix_spawnp");
    }
    return pid;
}

} // namespace

Program::Program(const std::vector<std::string>& command, std::filesystem::path output)
    : output_(std::move(output)), pid_(spawn(command, output_)) {}

Program::~Program() {
    if (pid_ > 0) {
        signal(SIGKILL);
        wait();
    }
}

void Program::signal(int number) const {
    ::kill(pid_, number);
}

int Program::wait() {
    int status = 0;
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

std::string Program::output() const {
    std::ifstream file{output_};
    return {std::istreambuf_iterator<char>{file}, {}};
}

Outcome run(const std::vector<std::string>& command) {
    const TemporaryDirectory folder;
    Program program{command, folder.path() / "output"};
    const int code = program.wait();
    return {code, program.output()};
}

} // namespace hdp::testing
