// SPDX-License-Identifier: Apache-2.0
#include "cdi/validation.hpp"

#include "cdi/bad_text.hpp"
#include "cdi/findings.hpp"
#include "cdi/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <set>
#include <stdexcept>

namespace hdp::cdi {
namespace {

constexpr std::array<std::string_view, 5> nodeTypes{"", "b", "c", "u", "p"};

constexpr std::array<std::string_view, 6> hookNames{
    "prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"};

/// The Kubernetes limit, which the reference library took over.
constexpr std::size_t longestAnnotations = 256U << 10U;

/// The limit of a path in Linux; a class of service is a folder in resctrl.
constexpr std::size_t longestClosId = 4096;

constexpr std::uint32_t highestMode = 07777;

bool isOneOf(const auto& known, std::string_view text) {
    return std::ranges::find(known, text) != known.end();
}

bool isAssignment(std::string_view text) {
    const auto sign = text.find('=');
    return sign != std::string_view::npos && sign > 0;
}

bool isPermissions(std::string_view text) {
    return text.find_first_not_of("rwm") == std::string_view::npos &&
           std::ranges::all_of(
               text, [text](char letter) { return std::ranges::count(text, letter) == 1; });
}

void checkPath(std::string_view member, std::string_view path, const Findings& findings) {
    if (!path.starts_with('/')) {
        findings.add(std::string(member) + " " + inQuotes(path) + " is not absolute");
    }
}

void checkAnnotations(const std::map<std::string, std::string>& annotations,
                      const Findings& findings) {
    std::size_t size = 0;
    for (const auto& [key, value] : annotations) {
        size += key.size() + value.size();
        if (!isAnnotationKey(key)) {
            findings.add("annotation key " + inQuotes(key) + " is not a Kubernetes qualified name");
        }
    }
    if (size > longestAnnotations) {
        findings.add("annotations have " + std::to_string(size) + " bytes, more than " +
                     std::to_string(longestAnnotations));
    }
}

void checkEnv(const std::vector<std::string>& env, const Findings& findings) {
    for (std::size_t index = 0; index < env.size(); ++index) {
        if (!isAssignment(env[index])) {
            findings.in("env", index).add(inQuotes(env[index]) + " is not NAME=VALUE");
        }
    }
}

void checkNumber(std::string_view member,
                 std::optional<std::int64_t> number,
                 const Findings& findings) {
    if (number && (*number < 0 || *number > std::numeric_limits<std::int32_t>::max())) {
        findings.add(std::string(member) + " " + std::to_string(*number) +
                     " is not in 0 to 2147483647");
    }
}

void check(const DeviceNode& node, const Findings& findings) {
    checkPath("path", node.path, findings);
    if (!node.hostPath.empty()) {
        checkPath("hostPath", node.hostPath, findings);
    }
    if (!isOneOf(nodeTypes, node.type)) {
        findings.add("type " + inQuotes(node.type) + R"( is not "b", "c", "u" or "p")");
    }
    checkNumber("major", node.major, findings);
    checkNumber("minor", node.minor, findings);
    if (node.fileMode.value_or(0) > highestMode) {
        findings.add("fileMode " + std::to_string(*node.fileMode) + " is not in 0 to 4095");
    }
    if (!isPermissions(node.permissions)) {
        findings.add("permissions " + inQuotes(node.permissions) +
                     R"( are not letters out of "rwm", each once)");
    }
}

/// A bind mount's type is a dummy, often "none"; its options tell.
bool isBind(const Mount& mount) {
    return mount.type.empty() || mount.type == "bind" || isOneOf(mount.options, "bind") ||
           isOneOf(mount.options, "rbind");
}

void check(const Mount& mount, const Findings& findings) {
    if (isBind(mount)) {
        checkPath("hostPath", mount.hostPath, findings);
    } else if (mount.hostPath.empty()) {
        findings.add("hostPath is empty");
    }
    checkPath("containerPath", mount.containerPath, findings);
}

void check(const Hook& hook, const Findings& findings) {
    if (!isOneOf(hookNames, hook.hookName)) {
        findings.add("hookName " + inQuotes(hook.hookName) + " is not a hook of the OCI runtime");
    }
    checkPath("path", hook.path, findings);
    checkEnv(hook.env, findings);
    if (hook.timeout.value_or(1) <= 0) {
        findings.add("timeout " + std::to_string(*hook.timeout) + " is not above zero");
    }
}

void check(const IntelRdt& rdt, const Findings& findings) {
    const std::string_view id = rdt.closID;
    if (id == "." || id == ".." || id.find_first_of("/\n") != std::string_view::npos ||
        id.size() >= longestClosId) {
        findings.add("closID " + inQuotes(id) + " is not a file name");
    }
}

void check(const NetDevice& device, const Findings& findings) {
    if (device.hostInterfaceName.empty()) {
        findings.add("hostInterfaceName is empty");
    }
    if (device.name.empty()) {
        findings.add("name is empty");
    }
}

template <class Object>
void checkEach(std::string_view member,
               const std::vector<Object>& objects,
               const Findings& findings) {
    for (std::size_t index = 0; index < objects.size(); ++index) {
        check(objects[index], findings.in(member, index));
    }
}

void checkUnique(const std::vector<NetDevice>& devices, const Findings& findings) {
    std::set<std::string_view> hostNames;
    std::set<std::string_view> names;
    for (const NetDevice& device : devices) {
        if (!hostNames.insert(device.hostInterfaceName).second) {
            findings.add("netDevices: hostInterfaceName " + inQuotes(device.hostInterfaceName) +
                         " stands twice");
        }
        if (!names.insert(device.name).second) {
            findings.add("netDevices: name " + inQuotes(device.name) + " stands twice");
        }
    }
}

void check(const ContainerEdits& edits, const Findings& findings) {
    checkEnv(edits.env, findings);
    checkEach("deviceNodes", edits.deviceNodes, findings);
    checkEach("mounts", edits.mounts, findings);
    checkEach("hooks", edits.hooks, findings);
    if (edits.intelRdt) {
        check(*edits.intelRdt, findings.in("intelRdt"));
    }
    checkEach("netDevices", edits.netDevices, findings);
    checkUnique(edits.netDevices, findings);
}

void check(const Device& device, const Findings& findings) {
    if (!isDeviceName(device.name)) {
        findings.add("the name is not letters, digits, \"_\", \"-\", \".\" and \":\" between "
                     "letters or digits");
    }
    if (device.containerEdits.empty()) {
        findings.add("containerEdits are empty");
    }
    checkAnnotations(device.annotations, findings);
    check(device.containerEdits, findings);
}

void check(const std::vector<Device>& devices, const Findings& findings) {
    if (devices.empty()) {
        findings.add("devices are empty");
    }
    std::set<std::string_view> names;
    for (const Device& device : devices) {
        const Findings ofDevice = findings.in("device " + inQuotes(device.name));
        if (!names.insert(device.name).second) {
            ofDevice.add("the name stands twice");
        }
        check(device, ofDevice);
    }
}

} // namespace

std::vector<std::string> validate(const Spec& spec) {
    std::vector<std::string> sentences;
    const Findings findings(sentences);
    if (!isKind(spec.kind)) {
        findings.add("kind " + inQuotes(spec.kind) + " is not vendor/class");
    }
    checkAnnotations(spec.annotations, findings);
    check(spec.containerEdits, findings.in("containerEdits"));
    check(spec.devices, findings);
    for (const std::string& place : placesOfBadText(spec)) {
        findings.add(place + " is not UTF-8 without NUL");
    }
    return sentences;
}

void requireValid(const Spec& spec) {
    std::string sentences;
    for (const std::string& sentence : validate(spec)) {
        sentences += sentences.empty() ? sentence : "; " + sentence;
    }
    if (!sentences.empty()) {
        throw std::invalid_argument(sentences);
    }
}

} // namespace hdp::cdi
