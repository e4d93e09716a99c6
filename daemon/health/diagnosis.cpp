// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/diagnosis.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace hdp {

namespace {

using hotplug::PcieLink;
using hotplug::Problem;
using hotplug::Reason;
using hotplug::VitalSigns;

std::optional<Problem> judgeLink(const std::string& chip, const PcieLink& link, bool isAwake) {
    if (link.isDown()) {
        return Problem{Reason::LinkDown,
                       "the PCIe link of " + chip + " is down; reseat or power-cycle it"};
    }
    if (link.width < link.bestWidth) {
        return Problem{Reason::LinkDegraded,
                       "the PCIe link of " + chip + " has " + std::to_string(link.width) + " of " +
                           std::to_string(link.bestWidth) + " lanes, so it is slower; reseat it"};
    }
    if (isAwake && link.speed < link.bestSpeed) {
        return Problem{Reason::LinkDegraded,
                       "the PCIe link of " + chip + " runs at " + speedText(link.speed) + " of " +
                           speedText(link.bestSpeed) + ", so it is slower; reseat it"};
    }
    return std::nullopt;
}

/// Those that every chip goes through, and what kernels before 5.11 say.
bool isUsual(std::string_view powerState) {
    constexpr std::array<std::string_view, 5> usual{"", "D0", "D1", "D2", "D3hot"};
    return std::ranges::find(usual, powerState) != usual.end();
}

} // namespace

std::string speedText(unsigned megatransfers) {
    constexpr unsigned megaPerGiga = 1000;
    constexpr unsigned megaPerTenth = 100;
    auto text = std::to_string(megatransfers / megaPerGiga);
    if (const auto rest = megatransfers % megaPerGiga / megaPerTenth; rest != 0) {
        text += "." + std::to_string(rest);
    }
    return text + " GT/s";
}

std::vector<Problem> diagnose(const hotplug::PciAddress& address, const VitalSigns& signs) {
    const auto chip = toString(address);
    if (signs.isConfigSpaceDead) {
        // Whatever else it seems to say is all ones too.
        return {{Reason::ConfigSpaceDead,
                 chip + " answers all ones in config space: it is cut off or hangs; reset or "
                        "power-cycle it"}};
    }
    std::vector<Problem> problems;
    if (signs.link) {
        if (auto problem = judgeLink(chip, *signs.link, signs.powerState == "D0")) {
            problems.push_back(*std::move(problem));
        }
    }
    if (!isUsual(signs.powerState)) {
        problems.push_back({Reason::PowerState, chip + " is in power state " + signs.powerState +
                                                    ", in which the driver never puts it; look "
                                                    "into the kernel's log"});
    }
    return problems;
}

} // namespace hdp
