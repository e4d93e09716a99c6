// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include <sys/types.h>

namespace hdp {

/// A process that was just started. Whoever has it closes the descriptors and reaps the child.
struct Spawned {
    pid_t child = -1;
    int pidfd = -1;  ///< readable when the child has ended
    int output = -1; ///< the end of a pipe from its standard output
};

/// Starts a program with nothing but that pipe and /dev/null, in a process group of its own, with
/// no signal blocked or ignored. Throws std::system_error, named after the call.
Spawned spawn(const std::vector<std::string>& arguments);

} // namespace hdp
