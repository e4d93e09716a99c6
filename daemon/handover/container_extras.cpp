// SPDX-License-Identifier: Apache-2.0
#include "daemon/handover/container_extras.hpp"

#include <system_error>

namespace hdp {

namespace fs = std::filesystem;

namespace {

bool isThere(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

std::string absence(const fs::path& hostPath, const std::string& flag) {
    return "containers go without " + hostPath.string() + ", because " + flag +
           " names it and it does not exist where this daemon looks; make it, or mount it into the "
           "daemon's own pod at the same path";
}

void addMonitor(const fs::path& folder, FoundExtras& found) {
    if (isThere(folder)) {
        found.extras.mounts.push_back({folder, monitorContainerPath, false});
        found.extras.env["HAILO_MONITOR"] = "1";
    } else {
        found.missing.push_back(absence(folder, "--monitor-directory"));
    }
}

void setEnvironment(const std::vector<std::string>& assignments, ContainerExtras& extras) {
    for (const auto& assignment : assignments) {
        const auto equals = assignment.find('=');
        extras.env[assignment.substr(0, equals)] = assignment.substr(equals + 1);
    }
}

} // namespace

FoundExtras findExtras(const ContainerSettings& settings) {
    FoundExtras found;
    for (const auto& mount : settings.mounts) {
        if (isThere(mount.hostPath)) {
            found.extras.mounts.push_back(mount);
        } else {
            found.missing.push_back(absence(mount.hostPath, "--container-mount"));
        }
    }
    if (settings.monitorDirectory) {
        addMonitor(*settings.monitorDirectory, found);
    }
    setEnvironment(settings.env, found.extras);
    return found;
}

std::optional<ContainerExtras> findLibrary(const ContainerSettings& settings,
                                           const std::string& driverVersion) {
    if (!settings.libraryDirectory) {
        return ContainerExtras{};
    }
    for (const auto& folder :
         {*settings.libraryDirectory / driverVersion, *settings.libraryDirectory}) {
        if (isThere(folder / ("libhailort.so." + driverVersion))) {
            ContainerExtras extras{{{"LD_LIBRARY_PATH", libraryContainerPath}},
                                   {{folder, libraryContainerPath, true}}};
            setEnvironment(settings.env, extras); // which may name other folders beside it
            std::erase_if(extras.env,
                          [](const auto& each) { return each.first != "LD_LIBRARY_PATH"; });
            return extras;
        }
    }
    return std::nullopt;
}

std::string absenceOfLibrary(const ContainerSettings& settings, const std::string& driverVersion) {
    const auto library = "libhailort.so." + driverVersion;
    const auto folder = settings.libraryDirectory.value_or("");
    return "there is neither " + (folder / driverVersion / library).string() + " nor " +
           (folder / library).string() + ", and no other libhailort works with driver " +
           driverVersion + "; install that version there, or leave --hailort-library away";
}

} // namespace hdp
