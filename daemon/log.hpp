// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string_view>

/// The daemon's voice. A message is one sentence for a person; fields carry the same facts for
/// programs, under the names of the journal: HAILO_EVENT, HAILO_DEVICE and so on.
/// Loop thread only, except for what gRPC itself logs.
namespace hdp::log {

enum class Level { Debug, Info, Warning, Error };

struct Field {
    std::string_view name;
    std::string_view value;
};

using Fields = std::initializer_list<Field>;

/// Sends everything from this level up to standard error, gRPC's own warnings and errors included.
void setUp(Level level);

/// Changes the level later.
void setLevel(Level level);

void debug(std::string_view message, Fields fields = {});
void info(std::string_view message, Fields fields = {});
void warning(std::string_view message, Fields fields = {});
void error(std::string_view message, Fields fields = {});

} // namespace hdp::log
