// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/recovery_table.hpp"

#include <array>
#include <iomanip>

namespace hdp::testing {

namespace {

constexpr int nameWidth = 18;
constexpr int width = 10;

} // namespace

void RecoveryTable::print(std::ostream& out) const {
    constexpr double perMillisecond = 1000.0;
    constexpr std::array shares{0.5, 0.99, 1.0};
    out << std::left << std::setw(nameWidth) << "time to recover" << std::right;
    for (const auto* title : {"count", "p50 ms", "p99 ms", "max ms"}) {
        out << std::setw(width) << title;
    }
    out << "\n" << std::fixed << std::setprecision(1);
    for (const auto& [step, times] : times_) {
        out << std::left << std::setw(nameWidth) << step << std::right << std::setw(width)
            << times.size();
        for (const auto share : shares) {
            out << std::setw(width) << times.percentile(share) / perMillisecond;
        }
        out << "\n";
    }
}

} // namespace hdp::testing
