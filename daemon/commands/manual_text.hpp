// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/commands/grammar.hpp"

#include <string>

namespace hdp::commands {

/// Parts of manual pages, in the roff of man(7). Pure.
std::string commandsAsRoff(const Grammar& grammar); ///< each with its own flags
std::string flagsAsRoff(const Grammar& grammar);    ///< of the whole program, by group
std::string settingsAsRoff();                       ///< the keys of the file, by section

} // namespace hdp::commands
