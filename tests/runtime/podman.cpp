// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/podman.hpp"

#include "tests/runtime/root_filesystem.hpp"

#include <stdexcept>
#include <utility>

namespace hdp::testing {

namespace {

using Words = std::vector<std::string>;

Words joined(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

Flags detached(const std::string& name, const Flags& flags) {
    return joined({"--detach", "--name", name, "--log-driver=k8s-file"}, flags);
}

} // namespace

Container::Container(Words podman, std::string name)
    : podman_(std::move(podman)), name_(std::move(name)) {}

Container::~Container() {
    testing::run(joined(podman_, {"rm", "--force", "--time", "0", name_}));
}

Outcome Container::execute(const Words& command) const {
    return testing::run(joined(joined(podman_, {"exec", name_}), command));
}

Outcome Container::scan(std::string_view driverVersion) const {
    return execute(scanCommand(driverVersion));
}

std::string Container::log() const {
    const auto outcome = testing::run(joined(podman_, {"logs", name_}));
    return outcome.output + outcome.errors;
}

std::string Container::processId() const {
    return ask({"inspect", "--format", "{{.State.Pid}}", name_});
}

std::string Container::stop() const {
    testing::run(joined(podman_, {"stop", "--time", "10", name_}));
    return ask({"wait", name_});
}

std::string Container::ask(const Words& command) const {
    auto answer = testing::run(joined(podman_, command)).output;
    answer.erase(answer.find_last_not_of('\n') + 1);
    return answer;
}

Podman::Podman() {
    makeRootFilesystem(rootFilesystem());
}

Outcome Podman::run(const Flags& flags, const Words& command) const {
    return testing::run(words(joined({"--rm"}, flags), {"--rootfs", rootFilesystem()}, command));
}

Outcome Podman::scan(const Flags& flags, std::string_view driverVersion) const {
    return run(flags, scanCommand(driverVersion));
}

Container Podman::start(const std::string& name, const Flags& flags) const {
    return serve(name, flags, rootFilesystem(), {"/bin/sleep", "600"});
}

Container Podman::serve(const std::string& name,
                        const Flags& flags,
                        const std::filesystem::path& root,
                        const Words& command) const {
    return started(name, words(detached(name, flags), {"--rootfs", root}, command));
}

Container Podman::serveImage(const std::string& name,
                             const Flags& flags,
                             const std::filesystem::path& archive) const {
    const auto loaded =
        testing::run(joined(base(), {"load", "--quiet", "--input", archive.string()}));
    const std::string before = "Loaded image: ";
    const auto start = loaded.output.find(before);
    if (start == std::string::npos) {
        throw std::runtime_error("podman load: " + loaded.output + loaded.errors);
    }
    const auto from = start + before.size();
    const auto image = loaded.output.substr(from, loaded.output.find('\n', from) - from);
    return started(name, words(detached(name, flags), {"--pull=never", image}, {}));
}

Container Podman::started(const std::string& name, const Words& command) const {
    const auto outcome = testing::run(command);
    if (outcome.exitCode != 0) {
        throw std::runtime_error("podman run: " + outcome.errors);
    }
    return {base(), name};
}

std::filesystem::path Podman::rootFilesystem() const {
    return folder_.path() / "rootfs";
}

Words Podman::base() const {
    return {"podman",
            "--root=" + (folder_.path() / "storage").string(),
            "--runroot=" + (folder_.path() / "run").string(),
            "--storage-driver=vfs",
            "--cgroup-manager=cgroupfs",
            "--events-backend=none",
            "--runtime=runc"};
}

Words Podman::words(const Flags& flags, const Words& of, const Words& command) const {
    // Without the limits podman asks for more than a machine without CAP_SYS_RESOURCE may give.
    const auto start = joined(base(), {"run", "--network=none", "--ulimit=nofile=1024:1024",
                                       "--ulimit=nproc=4096:4096", "--volume=/sys:/sys:ro"});
    return joined(joined(joined(start, flags), of), command);
}

Flags cdiDevices(const std::vector<std::string>& names) {
    Flags flags;
    for (const auto& name : names) {
        flags.push_back("--device=hailo.ai/device=" + name);
    }
    return flags;
}

} // namespace hdp::testing
