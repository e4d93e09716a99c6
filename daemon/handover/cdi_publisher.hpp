// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec_file.hpp"
#include "daemon/files/directory_watch.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/inventory/inventory.hpp"
#include "daemon/news/outage.hpp"
#include "daemon/news/standing.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace hdp {

/// Keeps the CDI file equal to the inventory. Written only when the content changes, removed when
/// no chip is left, restored when someone deletes or changes it, and left in place at shutdown
/// because running containers restart with it. Who changes it again and again, as another daemon of
/// another version would, is left alone until the next verify(). Subscribe it before everything
/// that advertises devices: the kubelet may ask for one at once. What containers should get and the
/// host lacks is left out, said once, and looked for with each verify(). Failures are logged once
/// for each cause and retried with the next look.
class CdiPublisher final : public InventoryObserver {
  public:
    /// What became of the file.
    enum class Change { Written, Removed, Failed };
    using OnChange = std::function<void(Change change)>;

    CdiPublisher(Inotify& inotify,
                 const std::filesystem::path& folder,
                 std::string kind,
                 ContainerSettings container = {},
                 Simulation simulation = {},
                 OnChange onChange = {});

    void onInventory(const InventoryPtr& inventory) override;

    /// Whether the file holds the newest inventory, as far as this process knows.
    [[nodiscard]] bool isPublished() const { return published_; }

    [[nodiscard]] const std::string& kind() const { return kind_; }

    /// Checks the file and its folder again: for what inotify does not tell, and after a failure.
    void verify();

  private:
    void onFolderChange(DirectoryWatch::Change change, std::string_view name);
    void publish();
    void describe();
    void store();
    [[nodiscard]] bool mayRestore();
    void tell(Change change) const;

    std::string kind_;
    ContainerSettings container_;
    Simulation simulation_;
    OnChange onChange_;
    cdi::SpecFile file_;
    InventoryPtr inventory_; ///< null before the first
    InventoryPtr described_; ///< the one that the content is about
    std::string content_;    ///< empty when no chip can be described
    bool published_ = false;
    int restores_ = 0; ///< since the last verify()
    Outage outage_;
    Standing missing_; ///< of what containers should get
    DirectoryWatch watch_;
};

} // namespace hdp
