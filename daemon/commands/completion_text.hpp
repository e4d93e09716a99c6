// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/grammar.hpp"

#include <string>

namespace hdp::commands {

/// Completions of a command line as each shell wants them in a file of its own. Flags of the whole
/// program complete behind every command, because they may stand there. Pure.
std::string forBash(const Grammar& grammar);
std::string forZsh(const Grammar& grammar);
std::string forFish(const Grammar& grammar);

} // namespace hdp::commands
