// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/hardware_churn.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

namespace hdp::testing {

namespace {

constexpr std::size_t chips = 4;
constexpr unsigned indices = 8;

} // namespace

HardwareChurn::HardwareChurn(Testbed& hardware, Dice& dice)
    : hardware_(hardware), dice_(dice), slots_(chips) {
    for (std::size_t number = 0; number < chips; ++number) {
        auto& chip = slots_[number].chip;
        chip.address = {0, static_cast<std::uint8_t>(number + 1), 0, 0};
        chip.upstream = {{0, 0, static_cast<std::uint8_t>(8 + number), 0}};
        plug(slots_[number]);
    }
    mark_.chip = {.address = {0, 9, 0, 0}, .index = indices, .upstream = {{0, 0, 7, 0}}};
    hardware_.plug(mark_.chip);
    mark_.isPresent = mark_.isBound = true;
}

void HardwareChurn::mark() {
    if (mark_.isBound) {
        unbind(mark_);
    } else {
        hardware_.bind(mark_.chip);
        mark_.isBound = true;
    }
}

void HardwareChurn::chatter() {
    mention(mark_);
}

std::optional<std::string> HardwareChurn::sicken() {
    std::vector<Slot*> usable;
    for (auto& slot : slots_) {
        if (slot.isBound) {
            usable.push_back(&slot);
        }
    }
    if (usable.empty()) {
        return std::nullopt;
    }
    auto& slot = *usable[dice_.below(usable.size())];
    setConfigSpace(slot, true);
    return toString(slot.chip.address);
}

void HardwareChurn::heal() {
    for (auto& slot : slots_) {
        if (slot.isSick) {
            setConfigSpace(slot, false);
        }
    }
}

void HardwareChurn::setConfigSpace(Slot& slot, bool isSick) {
    using namespace std::string_literals;
    slot.isSick = isSick;
    hardware_.setAttribute(slot.chip.pciPath(), "config",
                           isSick ? "\xff\xff\xff\xff"s : "\x60\x1e\x64\x28"s);
}

std::vector<HardwareChurn::Slot> HardwareChurn::all() const {
    auto slots = slots_;
    slots.push_back(mark_);
    return slots;
}

std::string HardwareChurn::change() {
    using Change = void (HardwareChurn::*)(Slot&);

    struct Named {
        const char* name;
        Change apply;
    };

    static constexpr std::array absent{Named{"plug", &HardwareChurn::plug}};
    static constexpr std::array unbound{Named{"unplug", &HardwareChurn::unplug},
                                        Named{"bind", &HardwareChurn::bind}};
    static constexpr std::array bound{Named{"unplug", &HardwareChurn::unplug},
                                      Named{"replug", &HardwareChurn::replug},
                                      Named{"unbind", &HardwareChurn::unbind},
                                      Named{"say nothing new of", &HardwareChurn::mention}};
    auto& slot = slots_[dice_.below(slots_.size())];
    const auto choose = [this](const auto& changes) {
        return changes[dice_.below(changes.size())];
    };
    const auto chosen = !slot.isPresent ? choose(absent)
                        : slot.isBound  ? choose(bound)
                                        : choose(unbound);
    (this->*chosen.apply)(slot);
    return std::string{chosen.name} + " " + toString(slot.chip.address);
}

DeviceHealth HardwareChurn::health() const {
    DeviceHealth devices;
    for (const auto& slot : all()) {
        const bool isHealthy = slot.isPresent && slot.isBound && !slot.isSick;
        devices[toString(slot.chip.address)] = isHealthy ? "Healthy" : "Unhealthy";
    }
    return devices;
}

std::set<std::string> HardwareChurn::present() const {
    std::set<std::string> ids;
    for (const auto& slot : all()) {
        if (slot.isPresent) {
            ids.insert(toString(slot.chip.address));
        }
    }
    return ids;
}

std::map<std::string, std::string> HardwareChurn::nodes() const {
    std::map<std::string, std::string> nodes;
    for (const auto& slot : all()) {
        if (slot.isPresent && slot.isBound) {
            nodes[toString(slot.chip.address)] = "/dev/" + slot.chip.nodeName();
        }
    }
    return nodes;
}

void HardwareChurn::plug(Slot& slot) {
    slot.chip.index = freeIndex();
    hardware_.plug(slot.chip);
    slot.isPresent = slot.isBound = true;
}

void HardwareChurn::unplug(Slot& slot) {
    hardware_.unplug(slot.chip);
    slot.isPresent = slot.isBound = slot.isSick = false;
}

void HardwareChurn::replug(Slot& slot) {
    const auto index = freeIndex();
    unplug(slot);
    slot.chip.index = index;
    hardware_.plug(slot.chip);
    slot.isPresent = slot.isBound = true;
}

void HardwareChurn::bind(Slot& slot) {
    slot.chip.index = freeIndex();
    hardware_.bind(slot.chip);
    slot.isBound = true;
}

void HardwareChurn::unbind(Slot& slot) {
    hardware_.unbind(slot.chip);
    slot.isBound = false;
}

void HardwareChurn::mention(Slot& slot) {
    hardware_.uevent(slot.chip.pciPath(), "change");
}

/// There are more of them than chips.
unsigned HardwareChurn::freeIndex() {
    std::vector<unsigned> free;
    for (unsigned index = 0; index < indices; ++index) {
        const bool isTaken = std::ranges::any_of(slots_, [index](const Slot& slot) {
            return slot.isPresent && slot.isBound && slot.chip.index == index;
        });
        if (!isTaken) {
            free.push_back(index);
        }
    }
    return free[dice_.below(free.size())];
}

} // namespace hdp::testing
