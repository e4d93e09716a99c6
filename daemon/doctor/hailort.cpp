// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/host_files.hpp"

#include <array>
#include <map>
#include <set>

namespace hdp::doctor {

namespace {

constexpr std::string_view prefix = "libhailort.so.";

constexpr std::array folders{"/usr/lib", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
                             "/usr/lib64", "/usr/local/lib"};

/// "4.23.0" for "libhailort.so.4.23.0".
std::string versionIn(const std::filesystem::path& path) {
    const auto name = path.filename().string();
    return name.starts_with(prefix) ? name.substr(prefix.size()) : "";
}

std::map<std::string, std::string> librariesOf(const Patient& patient) {
    std::map<std::string, std::string> libraries;
    for (const std::string folder : folders) {
        for (const auto& path : entriesOf(patient.host(folder))) {
            if (auto version = versionIn(path); !version.empty()) {
                libraries.emplace(std::move(version), folder + "/" + path.filename().string());
            }
        }
    }
    return libraries;
}

std::set<std::string> driverVersions(const Patient& patient) {
    std::set<std::string> versions;
    for (const auto& chip : patient.view.chips) {
        if (const auto& version = chip.status.device.driverVersion) {
            versions.insert(*version);
        }
    }
    return versions;
}

Finding
otherVersion(const std::string& driver, const std::string& library, const std::string& path) {
    return {Verdict::Warning, "hailort", path + " is of another version than driver " + driver,
            "HailoRT refuses every driver but its own version, with error 76 "
            "(HAILO_INVALID_DRIVER_VERSION); containers need libhailort " +
                driver + " too",
            "install hailort " + driver + ", or the driver of " + library};
}

Finding noLibrary(const std::string& driver) {
    return {
        Verdict::Note, "hailort", "this host has no libhailort", "containers must bring their own",
        "use images with libhailort " + driver + ", which is what driver " + driver + " asks for"};
}

Finding judge(const std::string& driver, const std::map<std::string, std::string>& libraries) {
    if (libraries.empty()) {
        return noLibrary(driver);
    }
    if (const auto fitting = libraries.find(driver); fitting != libraries.end()) {
        return fine("hailort", fitting->second + " fits the driver's version");
    }
    const auto& [version, path] = *libraries.rbegin();
    return otherVersion(driver, version, path);
}

} // namespace

Findings checkHailort(const Patient& patient) {
    const auto libraries = librariesOf(patient);
    Findings findings;
    for (const auto& version : driverVersions(patient)) {
        findings.push_back(judge(version, libraries));
    }
    return findings;
}

} // namespace hdp::doctor
