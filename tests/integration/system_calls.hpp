// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

/// A call to the kernel that touches a node's folders or a socket.
struct SystemCall {
    std::string name;      ///< "rename"
    int number = 0;        ///< the how many-th of that name, from 1; strace counts so
    std::string what;      ///< "rename cdi/.x.json.*.tmp cdi/x.json": the same in each run
    bool changes = false;  ///< more than a look
    bool isFaulty = false; ///< the fault was put into this one
};

/// What is to happen instead of a call: "signal=KILL", "error=EIO".
struct Fault {
    std::string call;
    int number = 0;
    std::string outcome;
};

/// Why strace cannot be used here: in some containers nobody may trace. Nothing if it can.
std::optional<std::string> whyNoTracing();

/// The command that runs a daemon under strace, which stays out of its way as a grandchild.
/// Only the daemon's loop thread is traced: all that touches folders is done there.
std::vector<std::string> tracedTo(const std::filesystem::path& log,
                                  const std::optional<Fault>& fault = {});

/// The calls in a log of strace that name something below the folder, or a socket.
std::vector<SystemCall> callsOn(const std::filesystem::path& folder,
                                const std::filesystem::path& log);

} // namespace hdp::testing
