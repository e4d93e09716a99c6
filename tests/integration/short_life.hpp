// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/bare_node.hpp"
#include "tests/integration/bystanders.hpp"
#include "tests/integration/system_calls.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::testing {

/// The life of a daemon from its start over one allocation to its end on SIGTERM, with a fault in
/// it if wanted, and the life of the daemon that is started after it without one. The node has two
/// chips, a kubelet that lives on, and files of others in all folders.
/// What is wrong is told in sentences, none when all is well, so that any thread may live it.
class ShortLife {
  public:
    static constexpr auto firstId = "0000:01:00.0";
    static constexpr auto secondId = "0000:02:00.0";

    /// What the daemon finds.
    enum class Scene {
        Fresh,      ///< no folder of its own, no CDI folder
        AfterDeath, ///< all that a daemon can leave behind that died: old, half-made, misleading
    };

    enum class Way { Kubelet, Watcher };

    /// Lives that go on at the same time have different lanes, from 0 to 6.
    ShortLife(Scene scene, Way way, std::size_t lane = 0);

    /// The calls of a life from its first to its last. Sets the scene first, but for bystanders.
    std::vector<SystemCall> live(const std::optional<Fault>& fault = {});

    /// How that life ended: the daemon's exit code.
    [[nodiscard]] std::optional<int> end() const { return end_; }

    /// What that daemon said.
    [[nodiscard]] std::string log() const { return log_; }

    /// Whether the kubelet got to know the chips in that life.
    [[nodiscard]] bool gotThere() const { return gotThere_; }

    /// What was wrong in that life once the kubelet knew the chips and errors had been got over.
    [[nodiscard]] std::vector<std::string> problemsInLife() const { return problemsInLife_; }

    /// What a daemon that has just died must not have left behind: half a CDI file, anything else
    /// in place of somebody's file.
    [[nodiscard]] std::vector<std::string> problems() const;

    /// What is wrong with the node as soon as a daemon that was started anew has settled.
    std::vector<std::string> problemsAfterRestart();

  private:
    void setScene();
    void addBystanders();
    bool settle();
    bool allocates();
    std::vector<std::string> problemsWhenSettled();
    [[nodiscard]] std::string wrongHandover() const;
    [[nodiscard]] std::string wrongSpec() const;
    [[nodiscard]] bool isSettled() const;
    [[nodiscard]] std::string cdiText() const;
    [[nodiscard]] std::vector<std::string> litter() const;
    [[nodiscard]] std::vector<std::string> sockets() const;
    [[nodiscard]] std::filesystem::path socketFolder() const;

    Scene scene_;
    Way way_;
    BareNode node_;
    Bystanders bystanders_;
    std::vector<std::string> flags_;
    std::vector<std::string> launcher_;
    std::size_t registrationsBefore_ = 0;
    bool gotThere_ = false;
    std::optional<int> end_;
    std::string log_;
    std::vector<std::string> problemsInLife_;
};

} // namespace hdp::testing
