// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/host_files.hpp"
#include "daemon/kubelet/kubelet_connection.hpp"
#include "daemon/kubelet/leftover_sockets.hpp"
#include "daemon/kubelet/socket_names.hpp"

#include <algorithm>
#include <cctype>
#include <optional>
#include <system_error>

#include <unistd.h>

namespace hdp::doctor {

namespace fs = std::filesystem;

namespace {

constexpr auto kubeletLog = "systemctl status kubelet; journalctl -u kubelet -n 50";

/// Why nobody answers; nothing if somebody does.
std::optional<std::error_code> silenceOf(const fs::path& socket) {
    const auto connection = connectToKubelet(socket);
    if (connection.descriptor < 0) {
        return connection.error;
    }
    ::close(connection.descriptor);
    return std::nullopt;
}

Finding unknown(const fs::path& path) {
    return {Verdict::Note, "kubelet", path.string() + " cannot be looked at as this user",
            "nothing is known of the kubelet", "sudo hailo-device-plugin doctor"};
}

Finding silent(const fs::path& socket, const std::error_code& error, const std::string& why) {
    if (error == std::errc::permission_denied) {
        return unknown(socket);
    }
    const bool isStale = error == std::errc::connection_refused;
    return {Verdict::Warning, "kubelet",
            isStale ? "nobody listens on " + socket.string() + ": the kubelet does not run"
                    : socket.string() + ": " + error.message(),
            why, kubeletLog};
}

/// Where plugins have their sockets, and where the kubelet finds them.
const fs::path& folderOf(const Options& options) {
    return options.registration == RegistrationMode::Watcher ? options.pluginsRegistry
                                                             : options.kubeletDirectory;
}

std::string lower(std::string text) {
    std::ranges::transform(text, text.begin(), [](unsigned char letter) {
        return static_cast<char>(std::tolower(letter));
    });
    return text;
}

bool isOurs(const fs::path& socket, const Options& options) {
    const auto name = socket.filename().string();
    return std::ranges::any_of(options.resources, [&name](const ResourceRule& rule) {
        return name.starts_with(SocketNames::prefixFor(rule.resource));
    });
}

Finding leftBehind(const fs::path& socket) {
    return {Verdict::Warning, "sockets", "nobody listens on " + socket.string(),
            "a plugin that died left it behind; the kubelet may try to use it",
            "rm " + socket.string()};
}

Finding stranger(const fs::path& socket) {
    return {
        Verdict::Error, "sockets", "another Hailo plugin listens on " + socket.string(),
        "two plugins give the same chips to different pods",
        "kubectl get daemonsets -A | grep -i hailo, and delete the one that is not meant to be"};
}

Findings checkResource(const std::string& resource, const fs::path& folder) {
    Findings findings;
    bool isServed = false;
    for (const auto& socket : socketsIn(folder, SocketNames::prefixFor(resource))) {
        const auto silence = silenceOf(socket);
        isServed = isServed || !silence;
        if (silence == std::errc::connection_refused) {
            findings.push_back(leftBehind(socket));
        }
    }
    findings.push_back(isServed ? fine("sockets", "a daemon serves " + resource)
                                : Finding{Verdict::Warning, "sockets",
                                          "no daemon serves " + resource + " in " + folder.string(),
                                          "the kubelet offers none of these chips to pods",
                                          "systemctl start hailo-device-plugin, or look at the "
                                          "DaemonSet: kubectl get pods -A | grep hailo"});
    return findings;
}

} // namespace

Findings checkKubelet(const Patient& patient) {
    const auto& folder = folderOf(patient.options);
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        if (error == std::errc::permission_denied) {
            return {unknown(folder)};
        }
        return {{Verdict::Warning, "kubelet", "there is no folder " + folder.string(),
                 "no kubelet runs here, or it has another root as with k0s and MicroK8s; without "
                 "Kubernetes this does not matter",
                 "--kubelet-directory /var/lib/k0s/kubelet/device-plugins, or what your "
                 "distribution has"}};
    }
    const auto socket = patient.options.kubeletDirectory / "kubelet.sock";
    if (const auto silence = silenceOf(socket)) {
        return {silent(socket, *silence, "no pod gets a chip until it does")};
    }
    return {fine("kubelet", "the kubelet listens on " + socket.string())};
}

Findings checkPodResources(const Patient& patient) {
    const auto& socket = patient.options.podResourcesSocket;
    if (socket.empty()) {
        return {{Verdict::Note, "kubelet", "the kubelet is not asked who holds which chip",
                 "chips that vanish stay listed until the daemon restarts",
                 "--pod-resources-socket /var/lib/kubelet/pod-resources/kubelet.sock"}};
    }
    if (!isThere(patient.options.kubeletDirectory)) {
        return {}; // checkKubelet() tells
    }
    if (const auto silence = silenceOf(socket)) {
        return {silent(socket, *silence,
                       "it is not known which pod holds which chip, and chips that vanish stay "
                       "listed until the daemon restarts")};
    }
    return {fine("kubelet", "the kubelet tells on " + socket.string() + " who holds which chip")};
}

Findings checkSockets(const Patient& patient) {
    const auto& folder = folderOf(patient.options);
    std::error_code error;
    if (fs::directory_iterator{folder, error}; error) {
        return {}; // checkKubelet() tells
    }
    Findings findings;
    for (const auto& rule : patient.options.resources) {
        std::ranges::move(checkResource(rule.resource, folder), std::back_inserter(findings));
    }
    for (const auto& socket : socketsIn(folder, "")) {
        const bool isHailos = lower(socket.filename().string()).find("hailo") != std::string::npos;
        if (isHailos && !isOurs(socket, patient.options)) {
            findings.push_back(silenceOf(socket) ? leftBehind(socket) : stranger(socket));
        }
    }
    return findings;
}

} // namespace hdp::doctor
