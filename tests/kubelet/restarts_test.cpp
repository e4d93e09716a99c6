// SPDX-License-Identifier: Apache-2.0
#include "tests/kubelet/kubelet_node.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <string>
#include <thread>

namespace hdp::testing {
namespace {

unsigned numberFrom(const char* variable, unsigned otherwise) {
    const char* text = std::getenv(variable); // NOLINT(concurrency-mt-unsafe)
    return text == nullptr ? otherwise : static_cast<unsigned>(std::stoul(text));
}

/// A slot of the machine, and whether a chip is in it.
struct Slot {
    MockChip chip;
    bool isUsed = false;
    bool wasUsed = false;
};

/// HDP_KUBELET_RESTARTS says how many restarts there are, HDP_SEED which ones.
class RestartsTest : public ::testing::Test {
  protected:
    RestartsTest() {
        for (auto& slot : slots) {
            const auto index = static_cast<std::uint8_t>(&slot - slots.data());
            slot.chip = {.address = {0, static_cast<std::uint8_t>(index + 1), 0, 0},
                         .index = index,
                         .upstream = {{0, 0, index, 0}}};
        }
    }

    unsigned below(unsigned limit) {
        return std::uniform_int_distribution<unsigned>{0, limit - 1}(random);
    }

    void flipSomeSlot() {
        auto& slot = slots.at(below(4));
        slot.isUsed = !slot.isUsed;
        slot.wasUsed = true;
        if (slot.isUsed) {
            node.hardware.plug(slot.chip);
        } else {
            node.hardware.unplug(slot.chip);
        }
    }

    void flipSome(unsigned most) {
        for (unsigned left = below(most + 1); left > 0; --left) {
            flipSomeSlot();
            std::this_thread::sleep_for(std::chrono::microseconds(below(3000)));
        }
    }

    void restartKubelet() {
        node.kubelet().signal(below(2) == 0 ? SIGKILL : SIGTERM);
        ASSERT_TRUE(node.kubelet().wait());
        flipSome(2);
        std::this_thread::sleep_for(std::chrono::milliseconds(below(300)));
        node.startKubelet();
    }

    /// A chip that was seen once stays in the capacity.
    [[nodiscard]] NodeCount inventory() const {
        return {.capacity = static_cast<int>(std::ranges::count(slots, true, &Slot::wasUsed)),
                .allocatable = static_cast<int>(std::ranges::count(slots, true, &Slot::isUsed))};
    }

    std::mt19937 random{numberFrom("HDP_SEED", 1)};
    std::array<Slot, 4> slots;
    KubeletNode node;
};

using AKubeletThatRestartsOftenWhileChipsComeAndGo = RestartsTest;

TEST_F(AKubeletThatRestartsOftenWhileChipsComeAndGo, KnowsTheInventoryEachTime) {
    node.startKubelet();
    node.startDaemon();
    const auto restarts = numberFrom("HDP_KUBELET_RESTARTS", 40);
    for (unsigned restart = 1; restart <= restarts; ++restart) {
        restartKubelet();
        flipSome(3);
        ASSERT_TRUE(node.comesToHave(inventory())) << "after restart " << restart;
        // What arrived late would make it wrong again.
        std::this_thread::sleep_for(std::chrono::milliseconds(below(100)));
        ASSERT_EQ(node.count(), inventory()) << "after restart " << restart;
    }
}

} // namespace
} // namespace hdp::testing
