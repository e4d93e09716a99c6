// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/device_manager.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

[[noreturn]] void fail(int error, const char* call) {
    throw std::system_error(error, std::generic_category(), call);
}

std::vector<std::string> commandLine(const std::vector<std::string>& arguments) {
    const char* binary = std::getenv("HDP_DEVICE_MANAGER"); // NOLINT(concurrency-mt-unsafe)
    if (binary == nullptr) {
        throw std::runtime_error("HDP_DEVICE_MANAGER does not name the device manager's binary");
    }
    std::vector<std::string> command{binary, "-v=2"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return command;
}

struct Pipe {
    Pipe() {
        if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
            fail(errno, "pipe2");
        }
    }

    std::array<int, 2> ends{};
};

pid_t spawn(const std::vector<std::string>& command, int input, int output, const char* log) {
    std::vector<char*> words;
    for (const auto& word : command) {
        words.push_back(const_cast<char*>(word.c_str())); // NOLINT: posix_spawnp's type
    }
    words.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, log, O_WRONLY | O_CREAT | O_APPEND,
                                       0600);
    pid_t pid = -1;
    const int error = ::posix_spawnp(&pid, words[0], &actions, nullptr, words.data(), environ);
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

DeviceManager::DeviceManager(const std::vector<std::string>& arguments)
    : ended_(end_.get_future().share()) {
    // A write to a process that is gone is an error and not the end of the test.
    ::signal(SIGPIPE, SIG_IGN); // NOLINT(cert-err33-c)
    const Pipe input;
    const Pipe output;
    pid_ = spawn(commandLine(arguments), input.ends[0], output.ends[1],
                 (folder_.path() / "log").c_str());
    ::close(input.ends[0]);
    ::close(output.ends[1]);
    input_ = input.ends[1];
    auto ready = expect(0);
    reader_ = std::jthread([this, descriptor = output.ends[0]] { read(descriptor); });
    if (ready.wait_for(patience) != std::future_status::ready || !ready.get().error.empty()) {
        giveUp("it did not come up");
    }
}

DeviceManager::~DeviceManager() {
    if (!status_) {
        signal(SIGKILL);
        wait();
    }
    ::close(input_);
}

std::future<DeviceManager::Answer> DeviceManager::expect(std::size_t id) {
    std::promise<Answer> promise;
    auto answer = promise.get_future();
    if (hasEnded_) {
        promise.set_value({{}, "the device manager has ended: " + log()});
    } else {
        waiting_.emplace(id, std::move(promise));
    }
    return answer;
}

std::future<DeviceManager::Answer> DeviceManager::send(const std::string& command) {
    const std::unique_lock lock(mutex_);
    auto answer = expect(++sent_);
    const auto line = command + "\n";
    // What cannot be written goes to a process that ends, which settles the answer.
    [[maybe_unused]] const auto written = ::write(input_, line.data(), line.size());
    return answer;
}

DeviceManager::Answer DeviceManager::ask(const std::string& command) {
    auto answer = send(command);
    if (answer.wait_for(patience) != std::future_status::ready) {
        giveUp("it does not answer \"" + command + "\"");
    }
    return answer.get();
}

void DeviceManager::signal(int number) const {
    ::kill(pid_, number);
}

std::optional<int> DeviceManager::wait() {
    // The pipe ends with the process, so that no polling is needed.
    if (ended_.wait_for(patience) != std::future_status::ready) {
        return std::nullopt;
    }
    int status = 0;
    if (!status_ && ::waitpid(pid_, &status, 0) == pid_) {
        status_ = exitCodeOf(status);
    }
    return status_;
}

std::string DeviceManager::log() const {
    std::ifstream file{folder_.path() / "log"};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void DeviceManager::read(int descriptor) {
    std::array<char, 4096> buffer{};
    std::string rest;
    ssize_t length = 0;
    while ((length = ::read(descriptor, buffer.data(), buffer.size())) > 0) {
        rest.append(buffer.data(), static_cast<std::size_t>(length));
        for (auto end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
            settle(rest.substr(0, end));
            rest.erase(0, end + 1);
        }
    }
    ::close(descriptor);
    settleAll();
    end_.set_value();
}

void DeviceManager::settle(const std::string& line) {
    const auto reply = nlohmann::json::parse(line);
    const std::unique_lock lock(mutex_);
    const auto found = waiting_.find(reply.at("id").get<std::size_t>());
    found->second.set_value({reply.value("result", nlohmann::json{}), reply.value("error", "")});
    waiting_.erase(found);
}

void DeviceManager::settleAll() {
    const std::unique_lock lock(mutex_);
    hasEnded_ = true;
    for (auto& [id, promise] : waiting_) {
        promise.set_value({{}, "the device manager has ended: " + log()});
    }
    waiting_.clear();
}

void DeviceManager::giveUp(const std::string& what) const {
    throw std::runtime_error("the device manager: " + what + "; it said:\n" + log());
}

} // namespace hdp::testing
