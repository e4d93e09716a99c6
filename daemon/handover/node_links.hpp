// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"
#include "daemon/news/outage.hpp"

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hdp {

/// Keeps one symbolic link for each chip, named by its address, to its device node on the host.
/// The kubelet replays an AllocateResponse for the life of a pod, while /dev/hailoN goes to another
/// chip after a replug; runtimes resolve a DeviceSpec's host path when they create a container, so
/// a link that is kept current leads to the right chip, and none leads nowhere rather than to a
/// stranger. Loop thread only. Subscribe it before everything that advertises devices.
class NodeLinks final : public InventoryObserver {
  public:
    /// The device node of each chip that has one, by the chip's id.
    using Targets = std::map<std::string, std::filesystem::path>;

    /// The folder is made when it is needed, and must be nobody else's: see requireOwnFolder().
    /// Files and links in it that no chip owns are removed, sub-folders are left alone.
    explicit NodeLinks(std::filesystem::path folder);

    void onInventory(const InventoryPtr& inventory) override;

    /// The host path of the link for a chip, whether or not it exists now.
    [[nodiscard]] std::filesystem::path pathOf(std::string_view id) const;

    /// Whether the links match the newest inventory.
    [[nodiscard]] bool areCurrent() const { return current_; }

    /// Tries again after a failure, and restores what someone deleted.
    void verify();

  private:
    void update();
    void change(const Targets& before);
    void attempt(const std::function<void()>& work);
    void link(const std::string& id, const std::filesystem::path& target) const;
    void removeWrongLinks() const;
    /// Where the link of this name has to lead; empty if there shall be none.
    [[nodiscard]] std::filesystem::path targetFor(const std::string& name) const;

    std::filesystem::path folder_;
    std::optional<Targets> targets_; ///< nothing before the first inventory
    bool current_ = false;
    Outage outage_;
};

} // namespace hdp
