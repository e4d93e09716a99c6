// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/bare_node.hpp"

#include <optional>

namespace hdp::testing {

/// The chips as the daemon shows them on the system bus, asked with busctl; nothing if it is not
/// there.
std::optional<DeviceHealth> chipsOnTheBus();

} // namespace hdp::testing
