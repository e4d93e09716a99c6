// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/client_table.hpp"
#include "tests/fake_kubelet/event.hpp"
#include "tests/fake_kubelet/plugin_directory.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>

namespace hdp::testing {

/// What an id does to the kubelet that leaves the list while a container holds it.
enum class DroppedId {
    Survives, ///< up to 1.33
    Panics,   ///< from 1.34: nil dereference, in Allocate or when the pod is admitted again
};

/// Whether the dial-back during Register ends together with the plugin's Register call.
enum class CallerContext {
    Ignored,  ///< up to 1.34
    Honoured, ///< from 1.35
};

/// How a fake kubelet behaves. The defaults are those of a 1.36 and the time limits are the real
/// ones.
struct KubeletOptions {
    std::filesystem::path directory{}; ///< /var/lib/kubelet/device-plugins on a real node

    WipeRule wipeRule = WipeRule::From133;
    Takeover takeover = Takeover::DisconnectsCurrent;
    DroppedId droppedId = DroppedId::Panics;
    CallerContext callerContext = CallerContext::Honoured;

    std::chrono::milliseconds dialTimeout = std::chrono::seconds(10);
    std::chrono::milliseconds preStartTimeout = std::chrono::seconds(30);
    std::chrono::milliseconds stopGracePeriod = std::chrono::minutes(5);

    /// Where the plugin watcher looks; empty: there is none.
    std::filesystem::path pluginsRegistry{};
    std::chrono::milliseconds reconcilePeriod = std::chrono::seconds(1);
    std::chrono::milliseconds getInfoTimeout = std::chrono::seconds(1);
    std::chrono::milliseconds notifyTimeout = std::chrono::seconds(5);

    /// Where the pod resources service listens; empty: there is none.
    std::filesystem::path podResourcesSocket{};

    bool writesCheckpoint = true;
    std::uint32_t seed = 1; ///< of everything that is in random order

    /// Called under the lock of the kubelet: must be quick and must not call it back.
    std::function<void(const Event& event)> onEvent{};
};

} // namespace hdp::testing
