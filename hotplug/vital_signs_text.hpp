// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"
#include "hotplug/vital_signs.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace hdp::hotplug {

/// The vital signs of one chip, as one process tells them to another.
struct VitalSignsLine {
    PciAddress address;
    VitalSigns signs;

    friend bool operator==(const VitalSignsLine&, const VitalSignsLine&) = default;
};

/// "0000:01:00.0 config=alive link=4/4x8000/16000 errors=0/0/0 power=D3hot" without a newline:
/// link is width/bestWidth x speed/bestSpeed, errors are correctable/nonFatal/fatal, and what is
/// absent is left out.
std::string toString(const VitalSignsLine& line);

/// Nothing for a line that toString() cannot have written.
std::optional<VitalSignsLine> parseVitalSignsLine(std::string_view text);

} // namespace hdp::hotplug
