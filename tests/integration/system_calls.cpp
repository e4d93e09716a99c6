// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/system_calls.hpp"

#include <array>
#include <fstream>
#include <map>
#include <regex>
#include <utility>

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

/// What can change a folder, a file or a socket.
constexpr auto changing =
    "open,openat,creat,write,writev,pwrite64,pwritev,pwritev2,sendfile,copy_file_range,truncate,"
    "ftruncate,fallocate,fchmod,fchmodat,chmod,chown,fchown,fchownat,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat,rmdir,symlink,symlinkat,bind,listen,connect";

/// What only looks, and can fail.
constexpr auto looking = "flock,socket,getdents64,inotify_add_watch";

bool isIn(const char* list, const std::string& name) {
    return ("," + std::string{list} + ",").find("," + name + ",") != std::string::npos;
}

/// Opening for reading is a look too.
bool changes(const std::string& name, const std::string& line) {
    const bool opensForReading =
        (name == "open" || name == "openat") && line.find("O_RDONLY") != std::string::npos;
    return isIn(changing, name) && !opensForReading;
}

/// What is another one in each run has a star in its place.
std::string masked(std::string path) {
    static const std::array<std::pair<std::regex, const char*>, 3> random{{
        {std::regex{R"(\.[A-Za-z0-9]{6}\.tmp)"}, ".*.tmp"},
        {std::regex{R"(-[0-9a-f]{8}-[0-9]+\.sock)"}, "-*.sock"},
        {std::regex{R"(\.making\.[A-Za-z0-9]{6})"}, ".making.*"},
    }};
    for (const auto& [pattern, star] : random) {
        path = std::regex_replace(path, pattern, star);
    }
    return path;
}

/// All paths below the folder in a line, without the folder.
std::string pathsIn(const std::string& line, const std::string& folder) {
    std::string paths;
    for (auto at = line.find(folder); at != std::string::npos; at = line.find(folder, at + 1)) {
        const auto begin = at + folder.size();
        const auto end = line.find_first_of("\">", begin);
        paths += " " + masked(line.substr(begin, end - begin));
    }
    return paths;
}

/// What a call is about, without its result; empty if it is none of our business.
std::string objectOf(const std::string& line, const std::string& folder) {
    const auto arguments = line.substr(0, line.rfind(" = "));
    const auto paths = pathsIn(arguments, folder);
    const bool isOnSocket = arguments.find("AF_UNIX") != std::string::npos ||
                            arguments.find("<socket:") != std::string::npos ||
                            arguments.find("<UNIX") != std::string::npos;
    return paths.empty() && isOnSocket ? " a socket" : paths;
}

} // namespace

std::optional<std::string> whyNoTracing() {
    std::array<const char*, 5> command{"strace", "-o", "/dev/null", "true", nullptr};
    pid_t pid = -1;
    if (::posix_spawnp(&pid, command[0], nullptr, nullptr, const_cast<char**>(command.data()),
                       environ) != 0) {
        return "strace is not installed";
    }
    int status = -1;
    ::waitpid(pid, &status, 0);
    return status == 0 ? std::nullopt : std::optional{"strace may not trace here"};
}

std::vector<std::string> tracedTo(const fs::path& log, const std::optional<Fault>& fault) {
    const auto traced = std::string{"trace="} + changing + "," + looking;
    std::vector<std::string> command{"strace", "-D", "-qq", "-y", "-o", log, "-e", traced};
    if (fault) {
        command.insert(command.end(), {"-e", "inject=" + fault->call + ":" + fault->outcome +
                                                 ":when=" + std::to_string(fault->number)});
    }
    return command;
}

std::vector<SystemCall> callsOn(const fs::path& folder, const fs::path& log) {
    std::vector<SystemCall> found;
    std::map<std::string, int> numbers;
    std::ifstream file{log};
    for (std::string line; std::getline(file, line);) {
        const auto name = line.substr(0, line.find('('));
        const auto number = ++numbers[name];
        const auto object = objectOf(line, folder.string() + "/");
        if (!object.empty()) {
            const bool isFaulty = line.find("(INJECTED)") != std::string::npos ||
                                  line.find(" = ?") != std::string::npos;
            found.push_back({name, number, name + object, changes(name, line), isFaulty});
        }
    }
    return found;
}

} // namespace hdp::testing
