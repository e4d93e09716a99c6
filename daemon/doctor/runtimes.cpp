// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/host_files.hpp"

#include <algorithm>
#include <array>

namespace hdp::doctor {

namespace {

constexpr std::array containerdFiles{"/etc/containerd/config.toml",
                                     "/var/lib/rancher/k3s/agent/etc/containerd/config.toml"};

bool has(const Options& options, HandoverMode mode) {
    return std::ranges::find(options.handover, mode) != options.handover.end();
}

bool needsCdi(const Options& options) {
    return has(options, HandoverMode::CdiCri) || has(options, HandoverMode::CdiAnnotations);
}

/// "true" for the line "enable_cdi = true"; empty if no line sets it.
std::string valueOf(const std::vector<std::string>& lines, const std::string& key) {
    for (auto line : lines) {
        std::erase(line, ' ');
        if (line.starts_with(key + "=")) {
            return line.substr(key.size() + 1);
        }
    }
    return {};
}

Finding cdiIsOff(const std::string& file, const Options& options) {
    const bool isCovered = has(options, HandoverMode::DeviceSpecs);
    return {isCovered ? Verdict::Note : Verdict::Error, "runtime",
            file + " leaves CDI off, if this is containerd 1.7",
            isCovered ? "containers get their chips by device-specs, which --handover names too; "
                        "CDI is not used"
                      : "containers start without their chips, and nobody says so",
            "set enable_cdi = true below [plugins.\"io.containerd.grpc.v1.cri\"] in " + file +
                ", then: systemctl restart containerd"};
}

} // namespace

Findings checkContainerd(const Patient& patient) {
    Findings findings;
    for (const std::string file : containerdFiles) {
        const auto text = readFile(patient.host(file));
        if (!text || !needsCdi(patient.options)) {
            continue;
        }
        const auto lines = settingLines(*text);
        const auto cdi = valueOf(lines, "enable_cdi");
        const bool isYoung = valueOf(lines, "version") == "3"; // containerd 2, where it is on
        const bool isOn = cdi.empty() ? isYoung : cdi == "true";
        findings.push_back(isOn ? fine("runtime", file + " has CDI on")
                                : cdiIsOff(file, patient.options));
    }
    return findings;
}

Findings checkCrio(const Patient& patient) {
    std::vector<std::filesystem::path> files{patient.host("/etc/crio/crio.conf")};
    std::ranges::copy(entriesOf(patient.host("/etc/crio/crio.conf.d")), std::back_inserter(files));
    const auto& folder = patient.options.cdiDirectory.string();
    Findings findings;
    for (const auto& file : files) {
        const auto text = readFile(file).value_or("");
        const auto start = text.find("\ncdi_spec_dirs");
        const auto list =
            start == std::string::npos ? "" : text.substr(start, text.find(']', start) - start);
        if (!list.empty() && list.find("\"" + folder + "\"") == std::string::npos) {
            findings.push_back({Verdict::Warning, "runtime",
                                file.string() + " has cdi_spec_dirs without " + folder,
                                "CRI-O does not find our CDI file",
                                "add it there, then: systemctl restart crio"});
        }
    }
    return findings;
}

} // namespace hdp::doctor
