// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/metric.hpp"

#include <algorithm>
#include <iterator>

namespace hdp::metrics {

std::string_view nameOf(Type type) {
    switch (type) {
    case Type::Counter:
        return "counter";
    case Type::Gauge:
        return "gauge";
    case Type::Histogram:
        break;
    }
    return "histogram";
}

std::span<const std::string_view> Metric::labels() const {
    const auto end = std::ranges::find(labelNames, std::string_view{});
    return {labelNames.begin(), static_cast<std::size_t>(std::distance(labelNames.begin(), end))};
}

} // namespace hdp::metrics
