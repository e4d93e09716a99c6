// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/container_settings.hpp"

#include "cdi/names.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <stdexcept>
#include <system_error>

namespace hdp {

namespace fs = std::filesystem;

namespace {

constexpr std::uint32_t highestMode = 0777;

/// Ours, with and without the name of a resource behind them.
constexpr std::array<std::string_view, 3> ownNames{"HAILO_DEVICE_IDS", "HAILO_DEVICE_COUNT",
                                                   "HAILO_DRIVER_VERSION"};

[[noreturn]] void refuse(std::string_view text, const std::string& cause) {
    throw std::invalid_argument("\"" + std::string{text} + "\" " + cause);
}

bool isVariableName(std::string_view name) {
    constexpr std::string_view digits = "0123456789";
    constexpr std::string_view letters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_0123456789";
    return !name.empty() && digits.find(name.front()) == std::string_view::npos &&
           name.find_first_not_of(letters) == std::string_view::npos;
}

void checkPath(const fs::path& path) {
    const auto normal = path.lexically_normal();
    if (!path.is_absolute() || normal == "/") {
        refuse(path.string(), "is not an absolute path of a file or folder");
    }
}

bool isBelow(const fs::path& path, const fs::path& folder) {
    const auto relative = path.lexically_normal().lexically_relative(folder);
    return !relative.empty() && *relative.begin() != "..";
}

void checkPlace(const fs::path& containerPath) {
    for (const char* folder :
         {"/sys", "/dev", "/proc", libraryContainerPath, monitorContainerPath}) {
        // A client of hailort_service shares /dev/shm with it.
        if (isBelow(containerPath, folder) && !isBelow(containerPath, "/dev/shm")) {
            refuse(containerPath.string(), "is in " + std::string{folder} +
                                               ", where containers see something else already");
        }
    }
}

void checkMounts(const std::vector<ContainerMount>& mounts) {
    std::set<fs::path> places;
    for (const auto& mount : mounts) {
        checkPath(mount.hostPath);
        checkPath(mount.containerPath);
        checkPlace(mount.containerPath);
        if (!places.insert((mount.containerPath / "").lexically_normal()).second) {
            refuse(mount.containerPath.string(), "is mounted twice");
        }
    }
}

void checkEnvironment(const std::vector<std::string>& env) {
    std::set<std::string> names;
    for (const auto& assignment : env) {
        parseEnvironment(assignment);
        if (!names.insert(assignment.substr(0, assignment.find('='))).second) {
            refuse(assignment, "sets a variable twice");
        }
    }
}

void checkAnnotation(const std::string& key, const std::string& value) {
    parseAnnotation(key + "=" + value);
}

void checkAnnotations(const std::map<std::string, std::string>& annotations) {
    for (const auto& [key, value] : annotations) {
        checkAnnotation(key, value);
    }
}

void checkPermissions(const std::string& permissions) {
    if (permissions != "rw" && permissions != "rwm") {
        refuse(permissions,
               "is neither rw nor rwm: HailoRT opens the node for reading and writing");
    }
}

void checkMode(std::uint32_t mode) {
    if (mode > highestMode) {
        throw std::invalid_argument(std::to_string(mode) + " is not in 0 to 0777");
    }
}

} // namespace

std::string parseEnvironment(std::string_view text) {
    const auto equals = text.find('=');
    const auto name = text.substr(0, equals);
    if (equals == std::string_view::npos || !isVariableName(name)) {
        refuse(text, "is not NAME=VALUE with a name of letters, digits and \"_\"");
    }
    const auto isOwn = [name](std::string_view own) { return name.starts_with(own); };
    if (std::ranges::any_of(ownNames, isOwn)) {
        refuse(text, "sets a variable that tells a container which chips it has");
    }
    return std::string{text};
}

std::pair<std::string, std::string> parseAnnotation(std::string_view text) {
    const auto equals = text.find('=');
    const auto key = text.substr(0, equals);
    if (equals == std::string_view::npos || !cdi::isAnnotationKey(key)) {
        refuse(text, "is not KEY=VALUE with a qualified name of Kubernetes as the key");
    }
    if (key.starts_with("cdi.k8s.io/")) {
        refuse(text, "would ask the runtime for other CDI devices");
    }
    return {std::string{key}, std::string{text.substr(equals + 1)}};
}

ContainerMount parseContainerMount(std::string_view text) {
    const auto first = text.find(':');
    const auto second = first == std::string_view::npos ? first : text.find(':', first + 1);
    const auto access = second == std::string_view::npos ? "ro" : text.substr(second + 1);
    if (first == std::string_view::npos || (access != "ro" && access != "rw")) {
        refuse(text, "is not HOST:CONTAINER, HOST:CONTAINER:ro or HOST:CONTAINER:rw");
    }
    const auto length = second == std::string_view::npos ? second : second - first - 1;
    return {text.substr(0, first), text.substr(first + 1, length), access == "ro"};
}

std::uint32_t parseNodeMode(std::string_view text) {
    std::uint32_t mode = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), mode, 8);
    if (error != std::errc{} || end != text.data() + text.size() || mode > highestMode) {
        refuse(text, "is no file mode in octal like 0660");
    }
    return mode;
}

void validate(const ContainerSettings& settings) {
    checkEnvironment(settings.env);
    checkAnnotations(settings.annotations);
    checkMounts(settings.mounts);
    checkPermissions(settings.devicePermissions);
    checkMode(settings.nodeMode);
    if (settings.libraryDirectory) {
        checkPath(*settings.libraryDirectory);
    }
    if (settings.monitorDirectory) {
        checkPath(*settings.monitorDirectory);
    }
}

} // namespace hdp
