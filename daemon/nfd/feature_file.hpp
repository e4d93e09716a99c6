// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec_file.hpp"
#include "daemon/inventory/inventory.hpp"
#include "daemon/news/outage.hpp"
#include "daemon/news/standing.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace hdp {

/// Keeps a feature file of node-feature-discovery (NFD) equal to the inventory: nodeLabelsOf()
/// tells which labels. As of NFD 0.17.2 (source/local/local.go) its worker reads each file in a
/// folder, /etc/kubernetes/node-feature-discovery/features.d, once a minute:
/// - names that begin with a dot are passed over, so a temporary file is never seen;
/// - files of more than 64 KiB are refused; ours has a line for each model and driver;
/// - a file that is gone has no labels, and the node loses what it had by it.
/// Written only when the content changes, removed when no chip is left, and left in place at
/// shutdown: an update is no reason to take a node's labels, by which pods are placed. Failures are
/// logged once for each cause and retried with verify(). Loop thread only.
class FeatureFile final : public InventoryObserver {
  public:
    /// Nothing is touched before the first inventory.
    explicit FeatureFile(std::filesystem::path folder);

    void onInventory(const InventoryPtr& inventory) override;

    /// Tries again after a failure, and restores what someone changed.
    void verify();

  private:
    void publish();
    void store();

    cdi::SpecFile file_;
    std::optional<std::string> content_; ///< nothing before the first inventory; empty for no file
    Standing refused_;
    Outage outage_;
};

} // namespace hdp
