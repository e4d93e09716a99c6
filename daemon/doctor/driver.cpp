// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/checks.hpp"
#include "daemon/doctor/driver_files.hpp"
#include "daemon/doctor/host_files.hpp"
#include "hotplug/driver_generation.hpp"

#include <algorithm>
#include <set>

namespace hdp::doctor {

namespace {

constexpr auto unusable = "without its driver no container can use the chip";
constexpr std::size_t smallPage = 4096;

using hotplug::Device;

std::string nameOf(const Device& device) {
    return toString(device.address) + " (" + device.model + ")";
}

Finding error(std::string seen, std::string remedy) {
    return {Verdict::Error, "driver", std::move(seen), unusable, std::move(remedy)};
}

Finding foreignDriver(const Device& device) {
    const auto address = toString(device.address);
    return error(nameOf(device) + " is bound to driver " + *device.driver + ", not Hailo's",
                 "echo " + address + " > /sys/bus/pci/drivers/" + *device.driver +
                     "/unbind; echo > /sys/bus/pci/devices/" + address + "/driver_override; echo " +
                     address + " > /sys/bus/pci/drivers_probe");
}

/// The module is loaded and did not take the chip.
Finding refused(const Device& device, const std::string& module, const ModuleState& state) {
    const auto fitting = hotplug::generationsFor(device.id);
    const auto* generation = hotplug::generationOf(state.version);
    if (generation != nullptr && std::ranges::find(fitting, generation) == fitting.end()) {
        return error(nameOf(device) + " has no driver: module " + module + " " + state.version +
                         " is loaded, which does not know this chip",
                     "install driver " + std::string{fitting.back()->firstVersion} + " to " +
                         std::string{fitting.back()->lastVersion} + " instead, whose module is " +
                         std::string{fitting.back()->module});
    }
    return error(nameOf(device) + " has no driver, though module " + module + " " + state.version +
                     " is loaded: it gave up while it set up the chip",
                 "dmesg | grep -iE 'hailo|firmware|msi'");
}

Finding notLoaded(const Device& device, const std::string& module, const ModuleState& state) {
    const auto start = nameOf(device) + " has no driver: module " + module;
    if (!state.blacklistedIn.empty()) {
        return error(start + " is kept out by " + state.blacklistedIn,
                     "sed -i '/" + module + "/d' " + state.blacklistedIn + " && modprobe " +
                         module);
    }
    if (!state.isInstalled) {
        return error(start + " is not installed for kernel " + state.kernel,
                     "apt install linux-headers-" + state.kernel +
                         " && dkms autoinstall && modprobe " + module);
    }
    return error(start + " is not loaded", "modprobe " + module);
}

Finding unbound(const Device& device, const Patient& patient) {
    const auto modules = modulesFor(device.id);
    if (modules.empty()) {
        return error(nameOf(device) + " has no driver, and its id is none that is known here",
                     "install the driver that Hailo names for " + toString(device.id));
    }
    for (const auto& module : modules) {
        const auto state = stateOf(module, patient);
        if (state.isLoaded) {
            return refused(device, module, state);
        }
    }
    return notLoaded(device, modules.front(), stateOf(modules.front(), patient));
}

bool isUnsaid(const Device& device) {
    const auto& problems = device.problems;
    return std::ranges::none_of(problems, [](const hotplug::Problem& problem) {
        return problem.reason == hotplug::Reason::Removed ||
               problem.reason == hotplug::Reason::PciFunctionMissing;
    });
}

bool offersNodeWithoutFirmware(const Device& device) {
    return device.driverVersion == "4.17.0" || device.driverVersion == "4.18.0";
}

/// Drivers 5.0.1 to 5.2.0 want the class folder that Hailo-8's driver has.
bool collide(const ModuleState& old, const ModuleState& young) {
    const auto* generation = hotplug::generationOf(young.version);
    return old.isLoaded && generation != nullptr && generation->classFolder == "hailo_chardev";
}

} // namespace

Findings checkBinding(const Patient& patient) {
    Findings findings;
    for (const auto& chip : patient.view.chips) {
        const auto& device = chip.status.device;
        if (!device.driver && isUnsaid(device)) {
            findings.push_back(unbound(device, patient));
        } else if (device.driver && !hotplug::isHailoDriver(*device.driver)) {
            findings.push_back(foreignDriver(device));
        } else if (device.driver) {
            findings.push_back(fine("driver", nameOf(device) + " has driver " + *device.driver +
                                                  " " + device.driverVersion.value_or("unknown")));
        }
    }
    return findings;
}

Findings checkGeneration(const Patient& patient) {
    Findings findings;
    std::set<std::string> unknown;
    for (const auto& chip : patient.view.chips) {
        const auto& version = chip.status.device.driverVersion;
        if (version && hotplug::generationOf(*version) == nullptr &&
            unknown.insert(*version).second) {
            findings.push_back({Verdict::Note, "driver",
                                "driver " + *version + " is none that this program was tested with",
                                "names of nodes and attributes may have changed",
                                "hailo-device-plugin list, and look whether all is there"});
        }
    }
    if (collide(stateOf("hailo_pci", patient), stateOf("hailo1x_pci", patient))) {
        findings.push_back({Verdict::Error, "driver",
                            "hailo_pci and a hailo1x_pci older than 5.3.0 are both loaded",
                            "both want /sys/class/hailo_chardev, and the second one gets no chip",
                            "modprobe -r the one that is not needed, or install driver 5.3.0"});
    }
    return findings;
}

Findings checkFirmware(const Patient& patient) {
    Findings findings;
    std::set<std::string> seen;
    for (const auto& chip : patient.view.chips) {
        const auto& device = chip.status.device;
        const auto name = firmwareOf(device.id);
        if (name.empty() || !seen.insert(name).second) {
            continue;
        }
        if (hasFirmware(name, patient)) {
            findings.push_back(fine("firmware", "/lib/firmware/" + name + " is there"));
        } else if (!device.classDevice || offersNodeWithoutFirmware(device)) {
            findings.push_back({Verdict::Error, "firmware",
                                "there is no /lib/firmware/" + name + " for " + nameOf(device),
                                "the driver loads it into the chip, which does nothing without; "
                                "drivers up to 4.18 offer a node all the same",
                                "install the firmware of the driver's version there, then reload "
                                "the driver: modprobe -r hailo_pci && modprobe hailo_pci"});
        }
    }
    return findings;
}

Findings checkPageSize(const Patient& patient) {
    const auto parameter =
        patient.options.sysRoot / "module/hailo_pci/parameters/force_desc_page_size";
    if (patient.pageSize <= smallPage || !isThere(parameter) || firstLine(parameter) == "4096") {
        return {};
    }
    return {{Verdict::Warning, "pages",
             "the kernel has pages of " + std::to_string(patient.pageSize) +
                 " bytes, and hailo_pci was not told to use smaller ones",
             "HailoRT then fails with max_desc_page_size, on a Raspberry Pi 5 for example",
             "echo 'options hailo_pci force_desc_page_size=4096' > /etc/modprobe.d/hailo_pci.conf "
             "&& modprobe -r hailo_pci && modprobe hailo_pci"}};
}

} // namespace hdp::doctor
