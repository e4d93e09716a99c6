// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/log/entry.hpp"
#include "daemon/log/format.hpp"

#include <initializer_list>
#include <string_view>

/// The daemon's voice. A message is one sentence for a person; fields carry the same facts for
/// programs, under the names of the journal: HAILO_EVENT, HAILO_DEVICE and so on. What repeats is
/// counted instead of written again and again (log::Repeats), and nothing waits for a reader.
/// Loop thread only, except for what gRPC itself logs.
namespace hdp::log {

struct Field {
    std::string_view name;
    std::string_view value;
};

using Fields = std::initializer_list<Field>;

/// Says everything from this level up, gRPC's own errors included. Where to, and how, the format
/// tells: to standard error, or to the journal if that takes it.
void setUp(Level level, Format format);

/// Change them later.
void setLevel(Level level);
void setFormat(Format format);

void debug(std::string_view message, Fields fields = {});
void info(std::string_view message, Fields fields = {});
void warning(std::string_view message, Fields fields = {});
void error(std::string_view message, Fields fields = {});

/// Tells how often entries were repeated whose time is over. Otherwise that comes with the next
/// entry.
void tellRepeats();

/// The same for all of them, because the daemon ends.
void tellAllRepeats();

} // namespace hdp::log
