// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hdp {

/// Whether the daemon shows itself on the system bus: where there is one, or never.
enum class DbusMode { Automatic, Off };

} // namespace hdp
