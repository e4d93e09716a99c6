// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace hdp::doctor {

namespace {

using hotplug::Reason;

std::string onePci(const std::string& id) {
    return "/sys/bus/pci/devices/" + id;
}

/// Unbinding a chip that is in use has crashed kernels, hence the first step.
std::string resetOf(const std::string& id) {
    return "stop the pods that hold it, then: echo 1 > " + onePci(id) +
           "/remove && echo 1 > /sys/bus/pci/rescan; power-cycle the machine if it stays so";
}

std::string remedyFor(Reason reason, const std::string& id) {
    switch (reason) {
    case Reason::Removed:
        return "put the chip back, or delete the pod that holds it: hailo-device-plugin list";
    case Reason::NodeMissing:
    case Reason::NodeNotADevice:
    case Reason::NodeMismatch:
        return "rm -rf the wrong node if there is one, then: udevadm trigger --action=add";
    case Reason::LinkDegraded:
        return "lspci -vv -s " + id + " | grep -E 'LnkCap|LnkSta', then reseat the module";
    case Reason::AerFatal:
        return "cat " + onePci(id) + "/aer_dev_fatal; dmesg | grep -i aer";
    case Reason::AerNonFatal:
        return "cat " + onePci(id) + "/aer_dev_nonfatal; dmesg | grep -i aer";
    case Reason::WideDomain:
        return "turn Intel VMD off in the firmware setup of the machine";
    case Reason::ConfigSpaceDead:
    case Reason::NotResponding:
    case Reason::LinkDown:
    case Reason::RecoveryFailed:
        return resetOf(id);
    default:
        return "dmesg | grep -i hailo";
    }
}

Finding findingOf(const hotplug::Problem& problem, const std::string& id) {
    const bool isUnusable = severityOf(problem.reason) == hotplug::Severity::Unusable;
    return {isUnusable ? Verdict::Error : Verdict::Warning, "health", problem.sentence,
            isUnusable ? "the kubelet counts the chip as Unhealthy, and gives it to no pod"
                       : "pods get the chip, and it may be slow or fail",
            remedyFor(problem.reason, id)};
}

/// What checkBinding() tells in more words.
bool isOfDriver(const hotplug::Problem& problem) {
    return problem.reason == Reason::DriverNotBound || problem.reason == Reason::ForeignDriver;
}

std::string udevRule(const std::string& classFolder) {
    return R"(echo 'SUBSYSTEM==")" + classFolder +
           R"(", MODE="0666"' > /etc/udev/rules.d/51-hailo-udev.rules && udevadm control --reload )"
           "&& udevadm trigger --action=change --subsystem-match=" +
           classFolder;
}

} // namespace

Findings checkPresence(const Patient& patient) {
    if (patient.view.chips.empty()) {
        return {{Verdict::Warning, "chips", "there is no Hailo chip on the PCI bus",
                 "there is nothing to offer", "lspci -d 1e60:, then check seat, power and slot"}};
    }
    std::string list;
    for (const auto& chip : patient.view.chips) {
        list += (list.empty() ? "" : ", ") + chip.status.id + " (" + chip.status.device.model + ")";
    }
    Findings findings{fine("chips", list)};
    for (const auto& anomaly : patient.view.anomalies) {
        findings.push_back({Verdict::Warning, "chips", anomaly,
                            "the driver lists something that belongs to no chip",
                            "dmesg | grep -i hailo"});
    }
    return findings;
}

Findings checkHealth(const Patient& patient) {
    Findings findings;
    for (const auto& chip : patient.view.chips) {
        for (const auto& problem : chip.status.device.problems) {
            if (!isOfDriver(problem)) {
                findings.push_back(findingOf(problem, chip.status.id));
            }
        }
    }
    if (!patient.view.signsGap.empty()) {
        findings.push_back({Verdict::Note, "health",
                            "chips were not asked how they are: " + patient.view.signsGap,
                            "links and dead chips go unnoticed",
                            "hailo-device-plugin doctor --health-interval 30"});
    }
    if (findings.empty() && !patient.view.chips.empty()) {
        findings.push_back(
            fine("health", "all chips answer, and have the link that they can have"));
    }
    return findings;
}

Findings checkResources(const Patient& patient) {
    Findings findings;
    for (const auto& chip : patient.view.chips) {
        if (chip.status.resource.empty()) {
            findings.push_back(
                {Verdict::Warning, "resources",
                 "no resource takes " + chip.status.id + " (" + chip.status.device.model + ")",
                 "no pod can have it",
                 "add a --resource that takes it, or as the last one a --resource "
                 "without conditions"});
        }
    }
    if (findings.empty() && !patient.view.chips.empty()) {
        findings.push_back(fine("resources", "each chip belongs to a resource"));
    }
    return findings;
}

Findings checkNodes(const Patient& patient) {
    namespace fs = std::filesystem;
    constexpr auto all = fs::perms{0666};
    Findings findings;
    if (patient.options.devRoot.empty()) {
        return {{Verdict::Note, "nodes", "device nodes are not seen, because --dev-root is empty",
                 "a missing udev rule goes unnoticed", "run it on the host with --dev-root /dev"}};
    }
    for (const auto& chip : patient.view.chips) {
        const auto& device = chip.status.device.classDevice;
        std::error_code error;
        const auto status =
            device ? fs::status(patient.options.devRoot / device->name, error) : fs::file_status{};
        if (fs::is_character_file(status) && (status.permissions() & all) != all) {
            findings.push_back(
                {Verdict::Warning, "nodes", "not everybody may open /dev/" + device->name,
                 "a container that does not run as root fails with error 13 (EACCES), because the "
                 "runtime takes over the mode; Hailo's udev rule is missing",
                 udevRule(device->classFolder)});
        }
    }
    return findings;
}

} // namespace hdp::doctor
