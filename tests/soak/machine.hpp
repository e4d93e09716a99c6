// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/dice.hpp"
#include "tests/integration/hardware_churn.hpp"
#include "tests/integration/node.hpp"
#include "tests/integration/private_bus.hpp"
#include "tests/soak/daemon_config.hpp"
#include "tests/soak/neighbours.hpp"
#include "tests/soak/small_disk.hpp"
#include "tests/soak/truth.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>

namespace hdp::testing {

/// The daemon on a node with everything that steps make trouble with: hardware, a kubelet with a
/// pod, a system bus, a CDI folder on a disk that can be full. Calls throw std::runtime_error when
/// the daemon does not do in time what they wait for.
class Machine {
  public:
    explicit Machine(std::uint32_t seed);

    Dice dice;
    Node node;
    SmallDisk disk;
    PrivateBus bus;
    HardwareChurn hardware;
    Truth truth;
    DaemonConfig config;
    Neighbours neighbours;

    /// Of the daemon at rest, by kind; empty until somebody says what they should be.
    std::map<std::string, std::size_t> restingDescriptors;
    std::size_t restingWatches = 0; ///< of folders

    void start();

    /// One change of the hardware, or a few.
    void changeHardware();

    void killKubelet();
    void startKubelet();

    /// Puts a pod that holds a chip in the place of the one before, if there is a chip to hold.
    void admitPod();
    void forgetPod();

    [[nodiscard]] const std::set<std::string>& held() const { return held_; }

    /// Writes the daemon's configuration and returns when it is in force.
    void configure();
    void setTicking(bool ticks);

    /// The same with a setting that needs another daemon.
    void beginAnew();

    /// The daemon sleeps, and goes on by itself when the time is over, whatever happens meanwhile.
    void pauseDaemon(std::chrono::milliseconds time);

    /// Lets some time pass, at most so much. Mostly little, so that things meet.
    void letPass(std::chrono::milliseconds longest);

    /// What was done since the last time, for whoever looks into a failure.
    void note(const std::string& what);
    [[nodiscard]] std::string takeNotes();

  private:
    void requireNoHarm() const;

    std::set<std::string> held_; ///< by the pod
    std::string notes_;
    std::jthread pause_;
};

} // namespace hdp::testing
