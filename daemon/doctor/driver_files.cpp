// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/driver_files.hpp"

#include "daemon/doctor/host_files.hpp"
#include "hotplug/driver_generation.hpp"

#include <algorithm>
#include <array>

namespace hdp::doctor {

namespace fs = std::filesystem;

namespace {

/// "install hailo_pci /bin/false" keeps a module out too.
bool keepsOut(const std::string& line, const std::string& module) {
    return line == "blacklist " + module || line.starts_with("install " + module + " /bin/") ||
           line.starts_with("install " + module + " /usr/bin/");
}

bool keepsOut(const fs::path& file, const std::string& module) {
    const auto lines = settingLines(readFile(file).value_or(""));
    return std::ranges::any_of(
        lines, [&module](const std::string& line) { return keepsOut(line, module); });
}

std::string blacklistOf(const std::string& module, const Patient& patient) {
    for (const std::string folder : {"/etc/modprobe.d", "/run/modprobe.d", "/usr/lib/modprobe.d"}) {
        for (const auto& file : entriesOf(patient.host(folder))) {
            if (file.extension() == ".conf" && keepsOut(file, module)) {
                return folder + "/" + file.filename().string();
            }
        }
    }
    return {};
}

bool isInstalled(const std::string& module, const std::string& kernel, const Patient& patient) {
    const auto list = readFile(patient.host("/lib/modules/" + kernel + "/modules.dep"));
    return !list || list->find("/" + module + ".ko") != std::string::npos;
}

} // namespace

ModuleState stateOf(const std::string& module, const Patient& patient) {
    const auto folder = patient.options.sysRoot / "module" / module;
    ModuleState state;
    state.isLoaded = isThere(folder);
    state.version = firstLine(folder / "version");
    state.kernel = firstLine(patient.host("/proc/sys/kernel/osrelease"));
    state.isInstalled = state.kernel.empty() || isInstalled(module, state.kernel, patient);
    state.blacklistedIn = blacklistOf(module, patient);
    return state;
}

std::vector<std::string> modulesFor(const hotplug::PciId& id) {
    std::vector<std::string> modules;
    auto generations = hotplug::generationsFor(id);
    std::ranges::reverse(generations);
    for (const auto* generation : generations) {
        const std::string module{generation->module};
        if (std::ranges::find(modules, module) == modules.end()) {
            modules.push_back(module);
        }
    }
    return modules;
}

std::string firmwareOf(const hotplug::PciId& id) {
    if (id.vendor != hotplug::hailoVendor) {
        return {};
    }
    switch (id.device) {
    case 0x2864:
        return "hailo/hailo8_fw.bin";
    case 0x43a2:
        return "hailo/hailo15l_fw.bin";
    case 0x45c4:
        return "hailo/hailo10h";
    case 0x26a2:
        return "hailo/hailo12l";
    default:
        return {};
    }
}

bool hasFirmware(const std::string& name, const Patient& patient) {
    constexpr std::array folders{"/lib/firmware/", "/lib/firmware/updates/", "/usr/lib/firmware/"};
    constexpr std::array endings{"", ".xz", ".zst"};
    return std::ranges::any_of(folders, [&](const std::string& folder) {
        return std::ranges::any_of(endings, [&](const std::string& ending) {
            return isThere(patient.host(folder + name + ending));
        });
    });
}

} // namespace hdp::doctor
