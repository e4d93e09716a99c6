// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <system_error>

namespace hdp {

/// A connected descriptor, or why there is none.
struct KubeletConnection {
    int descriptor = -1;   ///< non-blocking; owned by the receiver
    std::error_code error; ///< no_such_file_or_directory: no kubelet yet; connection_refused: its
                           ///< socket is stale
};

/// Connects to the kubelet's registration socket without waiting. A kubelet that stops leaves its
/// socket behind; only connecting tells it from a living one.
KubeletConnection connectToKubelet(const std::filesystem::path& socket);

} // namespace hdp
