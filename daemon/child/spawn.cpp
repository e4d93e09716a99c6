// SPDX-License-Identifier: Apache-2.0
#include "daemon/child/spawn.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <system_error>

#include <fcntl.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp {

namespace {

void require(int error, const char* call) {
    if (error != 0) {
        throw std::system_error(error, std::generic_category(), call);
    }
}

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}

    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;

    ~Descriptor() {
        if (number_ >= 0) {
            ::close(number_);
        }
    }

    [[nodiscard]] int number() const { return number_; }

    int release() {
        const int number = number_;
        number_ = -1;
        return number;
    }

  private:
    int number_;
};

class FileActions {
  public:
    explicit FileActions(int output) {
        require(::posix_spawn_file_actions_init(&actions_), "posix_spawn_file_actions_init");
        require(::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO),
                "posix_spawn_file_actions_adddup2");
        open(STDIN_FILENO, O_RDONLY);
        open(STDERR_FILENO, O_WRONLY);
        require(::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1),
                "posix_spawn_file_actions_addclosefrom_np");
    }

    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    ~FileActions() { ::posix_spawn_file_actions_destroy(&actions_); }

    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

  private:
    void open(int descriptor, int flags) {
        require(::posix_spawn_file_actions_addopen(&actions_, descriptor, "/dev/null", flags, 0),
                "posix_spawn_file_actions_addopen");
    }

    posix_spawn_file_actions_t actions_{};
};

class Attributes {
  public:
    Attributes() {
        require(::posix_spawnattr_init(&attributes_), "posix_spawnattr_init");
        sigset_t signals;
        sigemptyset(&signals);
        ::posix_spawnattr_setsigmask(&attributes_, &signals);
        sigfillset(&signals);
        ::posix_spawnattr_setsigdefault(&attributes_, &signals);
        require(::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK |
                                                             POSIX_SPAWN_SETSIGDEF |
                                                             POSIX_SPAWN_SETPGROUP),
                "posix_spawnattr_setflags");
    }

    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;

    ~Attributes() { ::posix_spawnattr_destroy(&attributes_); }

    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

  private:
    posix_spawnattr_t attributes_{};
};

pid_t start(std::vector<std::string> arguments, int output) {
    std::vector<char*> pointers;
    pointers.reserve(arguments.size() + 1);
    for (auto& argument : arguments) {
        pointers.push_back(argument.data());
    }
    pointers.push_back(nullptr);
    const FileActions actions{output};
    const Attributes attributes;
    pid_t child = -1;
    const int error = ::posix_spawn(&child, pointers.front(), actions.get(), attributes.get(),
                                    pointers.data(), environ);
    require(error, "posix_spawn");
    return child;
}

int watchOver(pid_t child) {
    // The header of glibc 2.36 declares pidfd_open() without extern "C".
    const auto pidfd = static_cast<int>(::syscall(SYS_pidfd_open, child, 0));
    if (pidfd < 0) {
        const int error = errno;
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0); // it has run no more than the program's first instructions
        throw std::system_error(error, std::generic_category(), "pidfd_open");
    }
    return pidfd;
}

} // namespace

Spawned spawn(const std::vector<std::string>& arguments) {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        throw std::system_error(errno, std::generic_category(), "pipe2");
    }
    Descriptor readEnd{ends[0]};
    const Descriptor writeEnd{ends[1]};
    const pid_t child = start(arguments, writeEnd.number());
    const int pidfd = watchOver(child);
    return {child, pidfd, readEnd.release()};
}

} // namespace hdp
