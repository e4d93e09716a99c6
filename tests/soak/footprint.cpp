// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/footprint.hpp"

#include "tests/support/process_stats.hpp"

#include <algorithm>

namespace hdp::testing {

Footprint Footprint::of(pid_t process) {
    std::size_t descriptors = 0;
    for (const auto& [kind, count] : descriptorsOf(process)) {
        descriptors += count;
    }
    return {memoryOf(process).rssAnon, descriptors, wakeupsOf(process).size()};
}

double Trend::slope() const {
    const auto begin = footprints_.size() / 2;
    const auto count = static_cast<double>(footprints_.size() - begin);
    double sumX = 0;
    double sumY = 0;
    double sumXY = 0;
    double sumXX = 0;
    for (auto index = begin; index < footprints_.size(); ++index) {
        const auto x = static_cast<double>(index);
        const auto y = static_cast<double>(footprints_[index].rssAnon);
        sumX += x;
        sumY += y;
        sumXY += x * y;
        sumXX += x * x;
    }
    const double spread = count * sumXX - sumX * sumX;
    return spread > 0 ? (count * sumXY - sumX * sumY) / spread : 0;
}

std::optional<std::string> Trend::growth() const {
    constexpr std::size_t enough = 200;
    if (footprints_.size() < enough) {
        return std::nullopt;
    }
    const auto before = medianOfFifth(1);
    const auto after = medianOfFifth(4);
    if (2 * after <= 3 * before) {
        return std::nullopt;
    }
    return "private memory has grown from " + std::to_string(before) + " to " +
           std::to_string(after) + " KiB";
}

std::uint64_t Trend::medianOfFifth(std::size_t fifth) const {
    const auto size = footprints_.size() / 5;
    std::vector<std::uint64_t> values;
    for (std::size_t index = fifth * size; index < (fifth + 1) * size; ++index) {
        values.push_back(footprints_[index].rssAnon);
    }
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::ranges::nth_element(values, middle);
    return *middle;
}

} // namespace hdp::testing
