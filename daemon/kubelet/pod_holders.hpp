// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/kubelet/pod_resources_call.hpp"
#include "daemon/kubelet/retry_timer.hpp"

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace hdp {

/// A device that the kubelet gave to a container.
struct Holding {
    std::string resource;
    std::string id;
    std::string podNamespace;
    std::string pod;
    std::string container;

    friend bool operator==(const Holding&, const Holding&) = default;
};

/// Which containers hold our chips, for those who want to know: as the kubelet's podresources
/// service told it last. It is asked only when somebody wants to know, and no more often than once
/// in two seconds. Loop thread only.
class PodHolders {
  public:
    struct Parameters {
        std::filesystem::path socket; ///< empty: it is never asked
        std::set<std::string> resources;
        std::function<void()> onChange; ///< another answer than before; from the loop
    };

    PodHolders(boost::asio::io_context& loop, Parameters parameters);

    /// Asks soon.
    void refresh();

    /// Absent while the kubelet does not tell.
    [[nodiscard]] const std::optional<std::vector<Holding>>& holdings() const { return holdings_; }

    /// Asks no more.
    void stop();

  private:
    using Clock = std::chrono::steady_clock;

    void ask();
    void onAnswer(const PodResources& answer);
    void know(std::optional<std::vector<Holding>> holdings);

    boost::asio::io_context& loop_;
    Parameters parameters_;
    std::optional<std::vector<Holding>> holdings_;
    std::optional<Clock::time_point> askedAt_;
    bool isDue_ = false;
    bool isStopped_ = false;
    std::unique_ptr<PodResourcesCall> call_;
    RetryTimer timer_;
};

} // namespace hdp
