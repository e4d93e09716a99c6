// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace hdp::testing {

/// Whether the socket of a listener to umockdev's uevents can take one more within the time; one
/// that has gone can. A datagram socket that is connected is writable while its peer's queue has
/// room.
bool hasRoomWithin(int milliseconds, const std::filesystem::path& listener);

} // namespace hdp::testing
