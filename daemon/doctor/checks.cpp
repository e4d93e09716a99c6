// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"

#include <array>
#include <iterator>

namespace hdp::doctor {

namespace {

using Check = Findings (*)(const Patient&);

constexpr std::array<Check, 19> checks{
    checkSettings,   checkPresence,     checkBinding, checkGeneration, checkFirmware,
    checkPageSize,   checkHealth,       checkNodes,   checkResources,  checkHailort,
    checkKubelet,    checkPodResources, checkSockets, checkCdiFile,    checkCdiNeighbours,
    checkContainerd, checkCrio,         checkInotify, checkSelinux,
};

} // namespace

Findings checkSettings(const Patient& patient) {
    Findings findings;
    for (const auto& warning : patient.warnings) {
        findings.push_back({Verdict::Warning, "settings", warning,
                            "what was meant to be set is not", "hailo-device-plugin config"});
    }
    if (findings.empty()) {
        findings.push_back(fine("settings", "all settings are in force"));
    }
    return findings;
}

Findings examine(const Patient& patient) {
    Findings all = checkPrivileges(patient);
    for (const auto check : checks) {
        auto findings = check(patient);
        std::move(findings.begin(), findings.end(), std::back_inserter(all));
    }
    return all;
}

} // namespace hdp::doctor
