// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/host_files.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <system_error>

namespace hdp::doctor {

namespace fs = std::filesystem;

namespace {

/// With fewer left, the next programs that watch folders fail: kubelet, runtime and this one.
constexpr std::size_t comfortable = 8;

std::size_t numberIn(const fs::path& file) {
    const auto text = firstLine(file);
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::size_t inotifiesOf(const fs::path& process) {
    const auto descriptors = entriesOf(process / "fd");
    const auto count = std::ranges::count_if(descriptors, [](const fs::path& descriptor) {
        std::error_code error;
        return fs::read_symlink(descriptor, error) == "anon_inode:inotify";
    });
    return static_cast<std::size_t>(count);
}

bool isProcessOf(const fs::path& process, unsigned userId) {
    const auto name = process.filename().string();
    const auto status = readFile(process / "status").value_or("");
    return std::ranges::all_of(name, [](unsigned char each) { return std::isdigit(each) != 0; }) &&
           status.find("\nUid:\t" + std::to_string(userId) + "\t") != std::string::npos;
}

/// The descriptors of other users' processes are shown to root only.
std::size_t inotifiesOfUser(const fs::path& proc, unsigned userId) {
    std::size_t count = 0;
    for (const auto& process : entriesOf(proc)) {
        count += isProcessOf(process, userId) ? inotifiesOf(process) : 0;
    }
    return count;
}

} // namespace

Findings checkInotify(const Patient& patient) {
    const auto most = numberIn(patient.host("/proc/sys/fs/inotify/max_user_instances"));
    const auto used = inotifiesOfUser(patient.host("/proc"), patient.userId);
    if (most == 0) {
        return {};
    }
    const auto figures = std::to_string(used) + " of " + std::to_string(most) +
                         " inotify instances of user " + std::to_string(patient.userId) +
                         " are in use";
    if (used + comfortable <= most) {
        return {fine("inotify", figures)};
    }
    return {{Verdict::Warning, "inotify", figures,
             "when none is left, this daemon cannot start, and kubelet and runtime fail with \"too "
             "many open files\"",
             "echo fs.inotify.max_user_instances=1024 > /etc/sysctl.d/90-inotify.conf && sysctl "
             "--system"}};
}

Findings checkPrivileges(const Patient& patient) {
    if (patient.userId == 0) {
        return {};
    }
    return {{Verdict::Note, "user", "this is user " + std::to_string(patient.userId) + ", not root",
             "the kubelet's folders and other users' processes may be hidden from it; the daemon "
             "itself needs to be root, without any capability",
             "sudo hailo-device-plugin doctor"}};
}

Findings checkSelinux(const Patient& patient) {
    if (firstLine(patient.options.sysRoot / "fs/selinux/enforce") != "1") {
        return {};
    }
    return {{Verdict::Note, "selinux", "SELinux is enforcing",
             "a pod may connect to the kubelet's socket only with the type "
             "container_device_plugin_t",
             "ausearch -m avc -ts recent | grep hailo shows what was denied; give the pod "
             "seLinuxOptions: {type: container_device_plugin_t}"}};
}

} // namespace hdp::doctor
