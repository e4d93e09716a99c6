// SPDX-License-Identifier: Apache-2.0
#include "tests/observability/program.hpp"

#include "tests/integration/eventually.hpp"

#include <gtest/gtest.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

using namespace std::chrono_literals;

std::string contentOf(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

/// In the child: from here on nothing may be allocated.
[[noreturn]] void become(const std::vector<char*>& arguments, int input, int output, int errors) {
    ::setpgid(0, 0);
    ::dup2(input, STDIN_FILENO);
    ::dup2(output, STDOUT_FILENO);
    ::dup2(errors, STDERR_FILENO);
    ::execvp(arguments[0], arguments.data());
    std::_Exit(127);
}

int opened(const std::filesystem::path& path, int flags) {
    const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC, 0644);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "open " + path.string());
    }
    return descriptor;
}

} // namespace

std::string fromEnvironment(const std::string& name) {
    const char* value = std::getenv(name.c_str()); // NOLINT(concurrency-mt-unsafe)
    EXPECT_NE(value, nullptr) << name << " is not set";
    return value == nullptr ? std::string{} : value;
}

Program::Program(const std::vector<std::string>& arguments,
                 const std::filesystem::path& folder,
                 const std::filesystem::path& input)
    : folder_(folder) {
    std::filesystem::create_directories(folder);
    std::vector<std::string> all{"env", "--unset=LD_PRELOAD", "HOME=" + folder.string()};
    all.insert(all.end(), arguments.begin(), arguments.end());
    std::vector<char*> pointers;
    for (auto& argument : all) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    constexpr int create = O_WRONLY | O_CREAT | O_TRUNC;
    const int in = opened(input, O_RDONLY);
    const int out = opened(folder / "stdout", create);
    const int err = opened(folder / "stderr", create);
    pid_ = ::fork();
    if (pid_ == 0) {
        become(pointers, in, out, err);
    }
    for (const int descriptor : {in, out, err}) {
        ::close(descriptor);
    }
    if (pid_ < 0) {
        throw std::system_error(errno, std::generic_category(), "fork");
    }
    ::setpgid(pid_, pid_); // also here, so that it is done before it may be killed
}

Program::~Program() {
    if (pid_ > 0) {
        ::kill(-pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
    }
}

int Program::wait() {
    int status = 0;
    if (!eventually([&] { return ::waitpid(pid_, &status, WNOHANG) == pid_; }, 60s)) {
        return -1;
    }
    ::kill(-pid_, SIGKILL); // whom it started
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string Program::output() const {
    return contentOf(folder_ / "stdout");
}

std::string Program::errors() const {
    return contentOf(folder_ / "stderr");
}

} // namespace hdp::testing
