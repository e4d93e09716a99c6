// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/child/child_command.hpp"
#include "hotplug/sysfs_scanner.hpp"

#include <boost/asio/io_context.hpp>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hdp {

/// Whether a Hailo-8 is asked what it is. Hailo-8, 8L and 8R share one PCI id; only the firmware
/// tells 8L from the others, and asking it wakes the chip.
enum class IdentifyMode { Off, Once };

/// "off" or "once".
std::string_view nameOf(IdentifyMode mode);

/// Refines the models of a scan's chips by what their firmware says. Each Hailo-8 with a driver is
/// asked once when it is discovered, by a child that may hang and be given up, and only while it is
/// idle (power_state D3hot); what it said holds until it is removed or bound anew. A chip that
/// cannot be asked stays a "hailo-8". Loop thread only.
class ChipModels {
  public:
    struct Parameters {
        IdentifyMode mode = IdentifyMode::Off;
        std::filesystem::path sysRoot{};
        std::filesystem::path devRoot{};
        /// The program that prints a model; the path of the chip's node comes behind it.
        std::vector<std::string> program{};
        ChildCommand::Limits limits{};
    };

    /// The callback says that a model is known now; it should lead to another scan.
    ChipModels(boost::asio::io_context& loop, Parameters parameters, std::function<void()> onKnown);
    ChipModels(const ChipModels&) = delete;
    ChipModels& operator=(const ChipModels&) = delete;
    ~ChipModels() = default;

    /// Fills in what is known and begins to ask the others.
    [[nodiscard]] hotplug::Scan refine(hotplug::Scan scan);

    /// Gives up the children that still ask, and begins no other.
    void stop();

  private:
    struct Chip {
        hotplug::ClassDevice classDevice;
        std::string model{}; ///< empty while it is being asked
        std::unique_ptr<ChildCommand> question{};
    };

    [[nodiscard]] static bool isAskable(const hotplug::Device& device);
    [[nodiscard]] bool isIdle(const hotplug::PciAddress& address) const;
    void refine(hotplug::Device& device);
    Chip meet(const hotplug::Device& device);
    void ask(const hotplug::Device& device, Chip& chip);
    void onAnswer(const hotplug::PciAddress& address, const ChildEnd& end);

    boost::asio::io_context& loop_;
    Parameters parameters_;
    std::function<void()> onKnown_;
    AbandonedChildren abandoned_;
    std::map<hotplug::PciAddress, Chip> chips_;
};

} // namespace hdp
