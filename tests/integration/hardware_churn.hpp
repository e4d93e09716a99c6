// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/dice.hpp"
#include "tests/integration/node.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hdp::testing {

/// Chips that come and go at random: plugged, unplugged, put in again under another index, taken
/// from their driver and given back, or only talked about. Knows what a kubelet and a container
/// runtime should know of them after each change.
class HardwareChurn {
  public:
    /// All are there from now on: one that first comes and goes between two looks of a daemon is
    /// never heard of.
    HardwareChurn(Testbed& hardware, Dice& dice);

    /// Makes one change that the state of the chip allows, whichever it is; says what it did.
    std::string change();

    /// Changes a chip that nothing else happens to. Whoever sees the new state has seen everything
    /// that came before.
    void mark();

    /// Makes the kernel say nothing new of that chip.
    void chatter();

    /// Makes a chip hang that can be used, if there is one, and says which. No uevent tells.
    std::optional<std::string> sicken();

    /// What hangs is well again.
    void heal();

    /// Every chip. One that is gone or hangs is Unhealthy.
    [[nodiscard]] DeviceHealth health() const;

    /// The chips that are on the bus, with a driver or without.
    [[nodiscard]] std::set<std::string> present() const;

    /// The nodes of the chips that have one: "/dev/hailo3" by id.
    [[nodiscard]] std::map<std::string, std::string> nodes() const;

  private:
    struct Slot {
        MockChip chip{};
        bool isPresent = false;
        bool isBound = false;
        bool isSick = false;
    };

    void plug(Slot& slot);
    void unplug(Slot& slot);
    void replug(Slot& slot);
    void bind(Slot& slot);
    void unbind(Slot& slot);
    void mention(Slot& slot);
    [[nodiscard]] unsigned freeIndex();
    void setConfigSpace(Slot& slot, bool isSick);
    [[nodiscard]] std::vector<Slot> all() const;

    Testbed& hardware_;
    Dice& dice_;
    std::vector<Slot> slots_;
    Slot mark_;
};

} // namespace hdp::testing
