// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>

namespace hdp::testing {

/// Ends all connections that this process still has to the unix socket of that path; whoever owns
/// their descriptors closes them. gRPC 1.51 forgets the connection of a channel that is destroyed
/// between its connect and the server's first frame, and holds it open for the rest of the process,
/// where the kernel would close it behind a kubelet that was killed.
void hangUp(const std::filesystem::path& socket);

} // namespace hdp::testing
