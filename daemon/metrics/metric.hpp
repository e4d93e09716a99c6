// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string_view>

namespace hdp::metrics {

enum class Type { Counter, Gauge, Histogram };

/// "counter", "gauge" or "histogram".
std::string_view nameOf(Type type);

/// A family of series: what is told of them, apart from the values.
struct Metric {
    static constexpr std::size_t mostLabels = 7;

    std::string_view name;
    Type type = Type::Gauge;
    std::string_view help; ///< one sentence without a full stop
    std::array<std::string_view, mostLabels> labelNames{};

    /// Those that are not empty.
    [[nodiscard]] std::span<const std::string_view> labels() const;
};

} // namespace hdp::metrics
