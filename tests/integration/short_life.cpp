// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/short_life.hpp"

#include "tests/integration/eventually.hpp"
#include "tests/support/fixture.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <algorithm>
#include <csignal>
#include <exception>
#include <fstream>
#include <iterator>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view oldSpec =
    R"({"cdiVersion": "0.5.0", "kind": "hailo.ai/device", "devices": [{"name": "0000:0f:00.0",)"
    R"( "containerEdits": {"deviceNodes": [{"path": "/dev/hailo7"}]}}]})";

std::string contentOf(const fs::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

void leaveSocket(const fs::path& path) {
    boost::asio::io_context loop;
    const boost::asio::local::stream_protocol::acceptor bound{loop, path.string()};
}

/// Starts a program with some descriptors more. umockdev has one listener for each number of a
/// descriptor, so that the monitors of two daemons must not have the same.
std::vector<std::string> withDescriptors(std::size_t count) {
    std::string script;
    for (std::size_t number = 3; number < 3 + count; ++number) {
        script += "exec " + std::to_string(number) + "</dev/null; ";
    }
    return {"bash", "-c", script + R"(exec "$@")", "bash"}; // dash knows one digit
}

bool isLitter(const std::string& name) {
    return name.starts_with(".hailo.ai-device.json.") || name.starts_with(".making.");
}

} // namespace

ShortLife::ShortLife(Scene scene, Way way, std::size_t lane)
    : scene_(scene), way_(way), launcher_(withDescriptors(10 * lane)) {
    node_.kubelet.start();
    flags_ = {"--health-interval", "1", "--log-level", "error"}; // fewer writes
    if (way_ == Way::Watcher) {
        flags_.insert(flags_.end(), {"--kubelet-registration", "watcher"});
    }
}

std::vector<SystemCall> ShortLife::live(const std::optional<Fault>& fault) {
    setScene();
    const auto trace = node_.folder.path() / "etc/trace";
    auto launcher = launcher_;
    std::ranges::copy(tracedTo(trace, fault), std::back_inserter(launcher));
    node_.startDaemon(flags_, {}, launcher);
    gotThere_ = settle();
    problemsInLife_.clear();
    if (gotThere_) {
        problemsInLife_ = problemsWhenSettled();
    }
    node_.daemon().signal(SIGTERM);
    end_ = node_.daemon().wait();
    log_ = node_.daemon().log();
    return callsOn(node_.folder.path(), trace);
}

void ShortLife::setScene() {
    for (const auto& folder : {node_.cdiFile().parent_path(), node_.stateDirectory()}) {
        fs::remove_all(folder);
    }
    for (const auto& socket : sockets()) {
        fs::remove(socketFolder() / socket);
    }
    if (scene_ == Scene::AfterDeath) {
        writeFile(node_.cdiFile(), oldSpec);
        writeFile(node_.cdiFile().parent_path() / ".hailo.ai-device.json.aB3xYz.tmp", "{");
        writeFile(node_.stateDirectory() / "views/.making.aB3xYz/hailo0/device_id", "half");
        fs::create_directories(node_.stateDirectory() / "devices");
        fs::create_symlink("/dev/hailo1", node_.stateDirectory() / "devices" / firstId);
        leaveSocket(socketFolder() / "hailo.ai_device-0badcafe-1.sock");
    }
    addBystanders();
}

void ShortLife::addBystanders() {
    bystanders_ = {};
    bystanders_.add(socketFolder() / "hailo.ai_device-notes.sock");
    bystanders_.addSocket(socketFolder() / "vendor.example_gpu-0badcafe-1.sock");
    if (scene_ == Scene::AfterDeath) {
        bystanders_.add(node_.cdiFile().parent_path() / "vendor.example-gpu.json");
        bystanders_.add(node_.cdiFile().parent_path() / ".vendor.example-gpu.json.aB3xYz.tmp");
        bystanders_.add(node_.stateDirectory() / "notes");
        bystanders_.add(node_.stateDirectory() / "views/of-somebody/notes");
    }
}

bool ShortLife::settle() {
    registrationsBefore_ = node_.kubelet.registrations().size();
    const bool isOver = eventually([this] { return isSettled() || node_.daemon().hasEnded(); });
    return isOver && !node_.daemon().hasEnded();
}

bool ShortLife::isSettled() const {
    return node_.kubelet.registrations().size() > registrationsBefore_ &&
           node_.kubelet.openStreams(BareNode::resource) == 1 &&
           node_.devices() == DeviceHealth{{firstId, "Healthy"}, {secondId, "Healthy"}};
}

bool ShortLife::allocates() {
    v1beta1::AllocateRequest request;
    request.add_container_requests()->add_devices_ids(firstId);
    v1beta1::AllocateResponse response;
    try {
        return node_.kubelet.rawAllocate(BareNode::resource, request, response).ok();
    } catch (const std::exception&) { // the daemon has died, and the kubelet forgotten it
        return false;
    }
}

std::vector<std::string> ShortLife::problems() const {
    auto problems = bystanders_.changed();
    const bool isAbsent = scene_ == Scene::Fresh && !fs::exists(node_.cdiFile());
    if (!isAbsent && cdiText() != oldSpec && !wrongSpec().empty()) {
        problems.push_back("neither the old CDI file nor the new: " + wrongSpec());
    }
    return problems;
}

std::vector<std::string> ShortLife::problemsAfterRestart() {
    node_.startDaemon(flags_, {}, launcher_);
    if (!settle()) {
        return {"the kubelet does not get to know the chips: " + node_.daemon().log()};
    }
    auto problems = problemsWhenSettled();
    for (const auto& path : litter()) {
        problems.push_back(path + " still lies there");
    }
    if (!eventually([this] { return sockets().size() == 1; })) {
        problems.push_back(std::to_string(sockets().size()) + " sockets");
    }
    node_.daemon().signal(SIGKILL);
    node_.daemon().wait();
    return problems;
}

std::vector<std::string> ShortLife::problemsWhenSettled() {
    auto problems = bystanders_.changed();
    if (!eventually([this] { return wrongHandover().empty() || node_.daemon().hasEnded(); })) {
        problems.push_back(wrongHandover());
    }
    // An error may have hit the first one, which the kubelet then repeats.
    if (!allocates() && !allocates() && !node_.daemon().hasEnded()) {
        problems.emplace_back("no allocation");
    }
    return problems;
}

std::string ShortLife::wrongHandover() const {
    std::error_code error;
    const auto link = fs::read_symlink(node_.stateDirectory() / "devices" / firstId, error);
    if (link != "/dev/hailo0") {
        return "the link leads to " + link.string();
    }
    return wrongSpec();
}

std::string ShortLife::wrongSpec() const {
    try {
        const auto spec = node_.cdiSpec();
        const bool isRight = spec && spec->devices.size() == 3 && // with "all"
                             node_.cdiNodeOf(firstId) == "/dev/hailo0" &&
                             node_.cdiNodeOf(secondId) == "/dev/hailo1";
        return isRight ? "" : "the CDI file holds " + cdiText();
    } catch (const std::exception& error) {
        return std::string{"the CDI file is broken: "} + error.what();
    }
}

std::string ShortLife::cdiText() const {
    return contentOf(node_.cdiFile());
}

std::vector<std::string> ShortLife::litter() const {
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator(node_.folder.path())) {
        if (isLitter(entry.path().filename())) {
            paths.push_back(entry.path());
        }
    }
    return paths;
}

std::vector<std::string> ShortLife::sockets() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(socketFolder())) {
        const auto name = entry.path().filename().string();
        if (entry.is_socket() && name.starts_with("hailo.ai_device-")) {
            names.push_back(name);
        }
    }
    return names;
}

fs::path ShortLife::socketFolder() const {
    return way_ == Way::Kubelet ? node_.kubeletDirectory() : node_.pluginsRegistry();
}

} // namespace hdp::testing
