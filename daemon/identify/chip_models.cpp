// SPDX-License-Identifier: Apache-2.0
#include "daemon/identify/chip_models.hpp"

#include "daemon/log.hpp"

#include <algorithm>
#include <fstream>
#include <utility>

namespace hdp {

namespace {

constexpr hotplug::PciId askableId{hotplug::hailoVendor, 0x2864};
constexpr std::string_view plainModel = "hailo-8";

void say(void (*tell)(std::string_view, log::Fields),
         const hotplug::PciAddress& address,
         const std::string& what) {
    const auto id = toString(address);
    tell("the chip at " + id + " " + what, {{"HAILO_EVENT", "identify"}, {"HAILO_DEVICE", id}});
}

bool isModel(std::string_view line) {
    return line == "hailo-8\n" || line == "hailo-8l\n";
}

} // namespace

std::string_view nameOf(IdentifyMode mode) {
    return mode == IdentifyMode::Off ? "off" : "once";
}

ChipModels::ChipModels(boost::asio::io_context& loop,
                       Parameters parameters,
                       std::function<void()> onKnown)
    : loop_(loop), parameters_(std::move(parameters)), onKnown_(std::move(onKnown)) {}

hotplug::Scan ChipModels::refine(hotplug::Scan scan) {
    if (parameters_.mode == IdentifyMode::Off) {
        return scan;
    }
    std::erase_if(chips_, [&scan](const auto& each) {
        const auto found = std::ranges::find(scan.devices, each.first, &hotplug::Device::address);
        return found == scan.devices.end() || found->classDevice != each.second.classDevice;
    });
    for (auto& device : scan.devices) {
        if (isAskable(device)) {
            refine(device);
        }
    }
    return scan;
}

void ChipModels::stop() {
    parameters_.mode = IdentifyMode::Off;
    chips_.clear();
}

bool ChipModels::isAskable(const hotplug::Device& device) {
    return device.id == askableId && device.driver == "hailo" && device.classDevice &&
           std::ranges::none_of(device.problems, [](const hotplug::Problem& problem) {
               return severityOf(problem.reason) == hotplug::Severity::Unusable;
           });
}

bool ChipModels::isIdle(const hotplug::PciAddress& address) const {
    std::ifstream file{parameters_.sysRoot / "bus/pci/devices" / toString(address) / "power_state"};
    std::string state;
    return std::getline(file, state) && state == "D3hot";
}

void ChipModels::refine(hotplug::Device& device) {
    auto known = chips_.find(device.address);
    if (known == chips_.end()) {
        known = chips_.emplace(device.address, meet(device)).first;
    }
    device.isBeingIdentified = known->second.model.empty();
    if (!device.isBeingIdentified) {
        device.model = known->second.model;
    }
}

ChipModels::Chip ChipModels::meet(const hotplug::Device& device) {
    Chip chip{*device.classDevice};
    if (isIdle(device.address)) {
        ask(device, chip);
    } else {
        say(log::info, device.address,
            "is in use and is not asked whether it is a Hailo-8L; it counts as a hailo-8");
        chip.model = plainModel;
    }
    return chip;
}

void ChipModels::ask(const hotplug::Device& device, Chip& chip) {
    auto arguments = parameters_.program;
    arguments.push_back((parameters_.devRoot / chip.classDevice.name).string());
    chip.question = std::make_unique<ChildCommand>(
        loop_, abandoned_, arguments, parameters_.limits,
        [this, address = device.address](const ChildEnd& end) { onAnswer(address, end); });
}

void ChipModels::onAnswer(const hotplug::PciAddress& address, const ChildEnd& end) {
    auto& chip = chips_.at(address); // whose end is told only while it is there
    chip.question.reset();
    if (end.kind == ChildEnd::Kind::Success && isModel(end.output)) {
        chip.model = end.output.substr(0, end.output.size() - 1);
        say(log::info, address, "says that it is a " + chip.model);
    } else {
        chip.model = plainModel;
        say(log::warning, address,
            "does not say whether it is a Hailo-8L: the child that asked it " +
                (end.failure.empty() ? "got nonsense" : end.failure) +
                "; it counts as a hailo-8 until it is bound anew");
    }
    onKnown_();
}

} // namespace hdp
