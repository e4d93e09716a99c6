// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/plugin_watcher.hpp"

#include "tests/fake_kubelet/channel.hpp"
#include "tests/fake_kubelet/resource_name.hpp"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <utility>

#include <sys/stat.h>

namespace hdp::testing {

namespace {

namespace fs = std::filesystem;
using pluginregistration::PluginInfo;

constexpr int longestPauseInPeriods = 122;

std::string listed(const google::protobuf::RepeatedPtrField<std::string>& versions) {
    std::string text;
    for (const auto& version : versions) {
        text += (text.empty() ? "" : " ") + version;
    }
    return '[' + text + ']';
}

/// The texts of the kubelet, wrappers included; empty when it takes the plugin.
std::string refusal(const PluginInfo& info, const fs::path& socket) {
    if (info.type() != "DevicePlugin") {
        return "RegisterPlugin error -- no handler registered for plugin type: " + info.type() +
               " at socket " + socket.string();
    }
    const std::string invalid = "RegisterPlugin error -- plugin validation failed with err: ";
    if (std::ranges::find(info.supported_versions(), "v1beta1") ==
        info.supported_versions().end()) {
        return invalid + "manager version, v1beta1, is not among plugin supported versions " +
               listed(info.supported_versions());
    }
    if (!isExtendedResourceName(info.name())) {
        return invalid + "invalid name of device plugin socket: the ResourceName \"" + info.name() +
               "\" is invalid";
    }
    return {};
}

v1beta1::RegisterRequest registerRequest(const PluginInfo& info, const fs::path& endpoint) {
    v1beta1::RegisterRequest request;
    request.set_version("v1beta1");
    request.set_resource_name(info.name());
    request.set_endpoint(endpoint.string());
    return request;
}

} // namespace

PluginWatcher::PluginWatcher(const KubeletOptions& options, PluginConnections& plugins)
    : options_(options), plugins_(plugins), thread_([this] { run(); }) {}

PluginWatcher::~PluginWatcher() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        stopped_.notify_all();
    }
    calls_.cancelAll();
    thread_.join();
}

void PluginWatcher::run() {
    std::unique_lock lock(mutex_);
    while (!stopped_.wait_for(lock, options_.reconcilePeriod, [this] { return stopping_; })) {
        lock.unlock();
        reconcile();
        lock.lock();
    }
}

void PluginWatcher::reconcile() {
    const auto sockets = scan();
    dropVanished(sockets);
    for (const auto& [path, identity] : sockets) {
        if (!known_.contains(path)) {
            tryRegistering(path, identity);
        }
    }
}

std::optional<PluginWatcher::Identity> PluginWatcher::identify(const fs::path& path) {
    struct stat status {};

    if (::lstat(path.c_str(), &status) != 0 || !S_ISSOCK(status.st_mode)) {
        return std::nullopt;
    }
    return Identity{.device = status.st_dev,
                    .inode = status.st_ino,
                    .changedSeconds = status.st_ctim.tv_sec,
                    .changedNanoseconds = status.st_ctim.tv_nsec};
}

PluginWatcher::Sockets PluginWatcher::scan() const {
    Sockets sockets;
    std::error_code error;
    fs::recursive_directory_iterator entry(options_.pluginsRegistry, error);
    for (; !error && entry != fs::recursive_directory_iterator(); entry.increment(error)) {
        if (entry->path().filename().string().starts_with('.')) {
            entry.disable_recursion_pending();
        } else if (const auto identity = identify(entry->path())) {
            sockets.emplace(entry->path(), *identity);
        }
    }
    return sockets;
}

void PluginWatcher::dropVanished(const Sockets& sockets) {
    std::erase_if(known_, [this, &sockets](const auto& entry) {
        const auto& [path, known] = entry;
        const auto found = sockets.find(path);
        if (found != sockets.end() && found->second == known.identity) {
            return false;
        }
        plugins_.deregisterWatched(known.resource, known.endpoint);
        return true;
    });
    std::erase_if(failures_,
                  [&sockets](const auto& entry) { return !sockets.contains(entry.first); });
}

void PluginWatcher::tryRegistering(const fs::path& path, const Identity& identity) {
    auto& failure = failures_[path];
    if (Clock::now() < failure.retry) {
        return;
    }
    if (!registerSocket(path, identity)) {
        failures_.erase(path);
        return;
    }
    const Clock::duration period = options_.reconcilePeriod;
    failure.pause =
        std::clamp<Clock::duration>(2 * failure.pause, period / 2, longestPauseInPeriods * period);
    failure.retry = Clock::now() + failure.pause;
}

std::optional<std::string> PluginWatcher::registerSocket(const fs::path& path,
                                                         const Identity& identity) {
    pluginregistration::Registration::Stub stub(openChannel(path, Authority::SocketPath));
    PluginInfo info;
    {
        CancellableCalls::Call call(calls_);
        call.context().set_deadline(std::chrono::system_clock::now() + options_.getInfoTimeout);
        const auto status = stub.GetInfo(&call.context(), pluginregistration::InfoRequest{}, &info);
        if (!status.ok()) {
            return status.error_message();
        }
    }
    if (const auto error = refusal(info, path); !error.empty()) {
        notify(stub, error);
        return error;
    }
    const fs::path endpoint = info.endpoint().empty() ? path : fs::path(info.endpoint());
    // Known before it is connected, so that a failure from here on is final for this socket.
    known_[path] = {.identity = identity, .resource = info.name(), .endpoint = endpoint};
    const auto error = plugins_.registerWatched(registerRequest(info, endpoint));
    notify(stub, error ? "RegisterPlugin error -- plugin registration failed with err: " + *error
                       : std::string());
    return std::nullopt;
}

bool PluginWatcher::notify(pluginregistration::Registration::Stub& stub, const std::string& error) {
    CancellableCalls::Call call(calls_);
    call.context().set_deadline(std::chrono::system_clock::now() + options_.notifyTimeout);
    pluginregistration::RegistrationStatus status;
    status.set_plugin_registered(error.empty());
    status.set_error(error);
    pluginregistration::RegistrationStatusResponse response;
    return stub.NotifyRegistrationStatus(&call.context(), status, &response).ok();
}

} // namespace hdp::testing
