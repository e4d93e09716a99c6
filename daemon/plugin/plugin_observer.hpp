// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace hdp {

/// What became of an Allocate call.
struct AllocationReport {
    enum class Outcome {
        Granted,
        Refused, ///< the request is invalid, or a chip is not to be had now
        Failed   ///< an error of ours or of the host
    };

    std::string resource;
    std::string ids;      ///< that were asked for, in a comma list; cut short where it is very long
    std::string handover; ///< the modes, in a comma list
    Outcome outcome = Outcome::Granted;
    std::string cause{};                           ///< one sentence; empty if granted
    std::chrono::steady_clock::time_point begin{}; ///< when the call arrived
    std::chrono::nanoseconds duration{};           ///< until its answer
};

/// "allocated 0000:01:00.0 of hailo.ai/device", or that it was not and why.
std::string sentenceOf(const AllocationReport& report);

/// "granted", "refused" or "failed".
std::string_view nameOf(AllocationReport::Outcome outcome);

/// Someone who is told what happens between a resource and the kubelet. Called on the loop thread.
class PluginObserver {
  public:
    PluginObserver() = default;
    PluginObserver(const PluginObserver&) = delete;
    PluginObserver& operator=(const PluginObserver&) = delete;
    virtual ~PluginObserver() = default;

    virtual void onAllocation(const AllocationReport& report) = 0;

    /// A list was handed to gRPC; with the time since the event that led to it, if one did.
    virtual void onList(const std::string& resource,
                        std::optional<std::chrono::nanoseconds> sinceEvent) = 0;

    /// The kubelet registered the resource, or an attempt to be registered failed.
    virtual void onRegistration(const std::string& resource, bool isAccepted) = 0;

    /// The registration is in another state.
    virtual void onState(const std::string& resource, std::string_view state) = 0;
};

} // namespace hdp
