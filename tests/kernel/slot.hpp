// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>

namespace hdp::testing {

/// A slot of the PCI Express bus that the kernel module hailo_bus plays, and what happens to the
/// chip in it. The kernel has taken notice when a call returns; drivers probe in their own time.
/// Calls throw std::system_error. Destruction empties the slot.
class Slot {
  public:
    static constexpr std::uint16_t hailo8 = 0x2864;
    static constexpr std::uint16_t hailo10h = 0x45c4;

    /// As the AER core numbers them.
    enum class Error { NonFatal = 0, Fatal = 1, Correctable = 2 };

    /// There are 0001:03:00.0 to 0001:06:00.0, the same in domain 0002, and 10000:03:00.0.
    explicit Slot(std::string address);
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot();

    /// The PCI address of the chip in it: its id for the kubelet.
    [[nodiscard]] const std::string& id() const { return address_; }

    void plug(std::uint16_t deviceId = hailo8);
    /// The chip is gone first, and then the kernel hears of it.
    void pullOut();

    /// Whether config space reads all ones.
    void setDead(bool isDead);
    void setLinkWidth(unsigned lanes);
    /// 1 is 2.5 GT/s, 2 is 5, 3 is 8.
    void setLinkSpeed(unsigned code);
    /// Whether the next probe finds a firmware that loads. Outlasts the chip.
    void setFirmwareLoads(bool loads);
    void report(Error error);

    /// Asks the PCI driver of this name to take the chip, or to let it go. Whether a driver takes a
    /// chip is another matter.
    void bind(const std::string& driver) const;
    void unbind(const std::string& driver) const;

    /// The node that a driver made for the chip, "/dev/hailo0", as the class devices tell; empty if
    /// there is none.
    [[nodiscard]] std::string deviceNode() const;

  private:
    void control(const std::string& name, unsigned value) const;

    std::string address_;
};

} // namespace hdp::testing
