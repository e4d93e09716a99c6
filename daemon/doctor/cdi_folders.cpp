// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_file.hpp"
#include "cdi/spec_json.hpp"
#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/host_files.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/handover/cdi_extras.hpp"

#include <algorithm>
#include <exception>
#include <set>
#include <system_error>

#include <unistd.h>

namespace hdp::doctor {

namespace fs = std::filesystem;

namespace {

constexpr auto writeIt = "systemctl restart hailo-device-plugin, or without Kubernetes: ";

std::string generate(const fs::path& file) {
    return writeIt + ("hailo-device-plugin cdi generate --output " + file.string());
}

fs::path fileOf(const Patient& patient) {
    return patient.options.cdiDirectory / cdi::specFileName(patient.options.cdiKind);
}

/// What the daemon would write; empty if nothing.
std::string wanted(const Patient& patient, Findings& findings) {
    const auto found =
        findCdiExtras(*patient.inventory, patient.options.container, patient.options.simulation);
    for (const auto& sentence : found.missing) {
        findings.push_back({Verdict::Error, "cdi", sentence, "containers do without it",
                            "put it there, or change the setting"});
    }
    const auto spec = cdiSpecOf(*patient.inventory, patient.options.cdiKind, found.extras);
    return spec ? cdi::toJson(*spec) : "";
}

/// What is wrong with a file's content; empty if nothing is.
std::string faultOf(const std::string& content) {
    try {
        cdi::parseSpec(content);
        return {};
    } catch (const std::exception& error) {
        return error.what();
    }
}

Finding judge(const fs::path& file, const std::string& wanted) {
    const auto content = readFile(file);
    if (!content && wanted.empty()) {
        return fine("cdi", "there is no CDI file, because there is no chip to describe");
    }
    if (!content) {
        return {Verdict::Warning, "cdi", "there is no CDI file " + file.string(),
                "runtimes know no chip by a CDI name", generate(file)};
    }
    if (const auto fault = faultOf(*content); !fault.empty()) {
        return {Verdict::Error, "cdi", file.string() + ": " + fault,
                "runtimes pass over the whole file", generate(file)};
    }
    if (*content != wanted) {
        return {Verdict::Warning, "cdi",
                file.string() + " is not what these settings and chips ask for",
                "containers get what was true earlier", generate(file)};
    }
    return fine("cdi", file.string() + " describes the chips as they are");
}

void checkFolder(const Patient& patient, Findings& findings) {
    const auto& folder = patient.options.cdiDirectory;
    if (isThere(folder) && ::access(folder.c_str(), W_OK) != 0) {
        findings.push_back({patient.userId == 0 ? Verdict::Error : Verdict::Note, "cdi",
                            folder.string() + " is not writable for this user",
                            "a daemon of this user cannot describe chips to runtimes",
                            patient.userId == 0 ? "mount it writable, or set --cdi-directory"
                                                : "sudo hailo-device-plugin doctor"});
    }
}

std::set<std::string> namesIn(const cdi::Spec& spec) {
    std::set<std::string> names;
    for (const auto& device : spec.devices) {
        names.insert(device.name);
    }
    return names;
}

/// Folders that are one and the same through links count once.
std::set<fs::path> foldersOf(const Patient& patient) {
    std::set<fs::path> folders;
    for (const auto& folder :
         {patient.host("/etc/cdi"), patient.host("/var/run/cdi"), patient.options.cdiDirectory}) {
        std::error_code error;
        const auto real = fs::canonical(folder, error);
        folders.insert(error ? folder : real);
    }
    return folders;
}

Finding conflict(const fs::path& file, const std::string& name, const Patient& patient) {
    const auto full = patient.options.cdiKind + "=" + name;
    std::error_code error;
    const bool isBeside = fs::equivalent(file.parent_path(), patient.options.cdiDirectory, error);
    return {isBeside ? Verdict::Error : Verdict::Warning, "cdi",
            file.string() + " defines " + full + " too",
            isBeside ? "a name that two files of one folder define is one that no runtime resolves"
                     : "of two folders, /var/run/cdi wins over /etc/cdi",
            "rm " + file.string()};
}

Findings judgeNeighbour(const fs::path& file, const Patient& patient) {
    const auto content = readFile(file).value_or("");
    cdi::Spec spec;
    try {
        spec = cdi::parseSpec(content);
    } catch (const std::exception& error) {
        const bool isAboutUs = content.find(patient.options.cdiKind) != std::string::npos;
        return !isAboutUs ? Findings{}
                          : Findings{{Verdict::Warning, "cdi",
                                      file.string() + " names " + patient.options.cdiKind +
                                          " and is not valid JSON of CDI: " + error.what(),
                                      "it may define the same devices as ours",
                                      "look at it, and remove it if it is a leftover"}};
    }
    if (spec.kind != patient.options.cdiKind) {
        return {};
    }
    const auto ours = cdiSpecOf(*patient.inventory, patient.options.cdiKind);
    for (const auto& name : namesIn(spec)) {
        if (ours && namesIn(*ours).contains(name)) {
            return {conflict(file, name, patient)};
        }
    }
    return {};
}

} // namespace

Findings checkCdiFile(const Patient& patient) {
    Findings findings;
    checkFolder(patient, findings);
    const auto content = wanted(patient, findings);
    findings.push_back(judge(fileOf(patient), content));
    return findings;
}

Findings checkCdiNeighbours(const Patient& patient) {
    Findings findings;
    for (const auto& folder : foldersOf(patient)) {
        for (const auto& file : entriesOf(folder)) {
            std::error_code error;
            const bool isRead = file.extension() == ".json" || file.extension() == ".yaml";
            if (isRead && !fs::equivalent(file, fileOf(patient), error)) {
                std::ranges::move(judgeNeighbour(file, patient), std::back_inserter(findings));
            }
        }
    }
    return findings;
}

} // namespace hdp::doctor
