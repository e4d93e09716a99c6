// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/metrics/histogram.hpp"
#include "daemon/metrics/metric.hpp"

#include <concepts>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::metrics {

/// Collects series and writes them in Prometheus' text format 0.0.4
/// (prometheus.io/docs/instrumenting/exposition_formats). A series is there once, however often it
/// is set; families come in the order of their names and series in that of their labels. What is no
/// UTF-8 is written as printable ASCII, because Prometheus refuses a whole scrape for it.
class Exposition {
  public:
    static constexpr std::string_view contentType = "text/plain; version=0.0.4; charset=utf-8";

    /// Values of the metric's labels, in its order.
    using Labels = std::vector<std::string>;

    /// The metric must outlive the exposition. Throws std::logic_error unless there is a value for
    /// each label.
    template <class Number>
    requires std::integral<Number> || std::floating_point<Number>

    void set(const Metric& metric, const Labels& labels, Number value) {
        add(metric, labels, numberText(static_cast<double>(value)));
    }

    void set(const Metric& metric, const Labels& labels, const Histogram& histogram);

    [[nodiscard]] std::string text() const;

  private:
    struct Family {
        const Metric* metric = nullptr;
        std::map<Labels, std::string> lines; ///< of each series
    };

    static std::string numberText(double number);
    void add(const Metric& metric, const Labels& labels, const std::string& value);
    Family& familyOf(const Metric& metric, const Labels& labels);

    std::map<std::string_view, Family> families_;
};

} // namespace hdp::metrics
