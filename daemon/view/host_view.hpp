// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/kubelet/pod_resources_call.hpp"
#include "hotplug/vital_signs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace hdp {

/// One chip as an operator wants to see it. A plain value.
struct ChipView {
    DeviceStatus status;
    std::optional<hotplug::VitalSigns>
        signs{};                   ///< absent: the chip was not asked or did not answer
    std::vector<Holder> holders{}; ///< who has it; only what HostView::holdersGap allows

    friend bool operator==(const ChipView&, const ChipView&) = default;
};

/// What is known of all chips at one moment, and why the rest is not known. A plain value.
struct HostView {
    std::vector<ChipView> chips{}; ///< sorted by address
    std::string signsGap{};        ///< why chips could not be asked, a clause; empty if they were
    std::string holdersGap{};      ///< why it is not known who holds chips; empty if it is
    std::vector<std::string>
        anomalies{}; ///< sentences about entries of sysfs that belong to no chip

    friend bool operator==(const HostView&, const HostView&) = default;
};

} // namespace hdp
