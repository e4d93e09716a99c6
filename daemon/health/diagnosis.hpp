// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "hotplug/pci_address.hpp"
#include "hotplug/problem.hpp"
#include "hotplug/vital_signs.hpp"

#include <string>
#include <vector>

namespace hdp {

/// What one reading says is wrong with the chip, but for its error counts, which mean something
/// only beside earlier ones. D3hot is the power state of every idle chip (Hailo's drivers put it
/// there at the last close), and speed is judged in D0 alone, because links slow down to save
/// power. Pure.
std::vector<hotplug::Problem> diagnose(const hotplug::PciAddress& address,
                                       const hotplug::VitalSigns& signs);

/// Megatransfers per second and lane as people say them: "8 GT/s", "2.5 GT/s".
std::string speedText(unsigned megatransfers);

} // namespace hdp
