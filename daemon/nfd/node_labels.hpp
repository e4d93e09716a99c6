// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <map>
#include <set>
#include <string>

namespace hdp {

/// What a scheduler is told of a node's chips, as Kubernetes' labels. Their names are those that
/// the chart's NodeFeatureRule makes in NFD's own name space, whose values come from elsewhere:
///     hailo.ai/hailo.present            true, if there is any
///     hailo.ai/hailo.count              how many
///     hailo.ai/<model>.count            how many of each model: hailo.ai/hailo-8.count
///     hailo.ai/<driver>.driver-version  of each PCI driver of Hailo's:
///     hailo.ai/hailo.driver-version
/// Chips that are Unhealthy or without a driver are there and count: labels say where hardware is,
/// allocatable says what of it can be had, and a label that follows health would move pods about.
/// One whose model is not yet known counts in no model. Tombstones and simulated devices do not
/// count.
struct NodeLabels {
    std::map<std::string, std::string> labels; ///< empty if there is no chip
    /// A sentence for each label that Kubernetes would not take, and that is left out therefore.
    std::set<std::string> refused{};
};

NodeLabels nodeLabelsOf(const Inventory& inventory);

/// The labels as a feature file: a comment, then a line "key=value" for each. Empty for none.
std::string featureFileOf(const std::map<std::string, std::string>& labels);

} // namespace hdp
