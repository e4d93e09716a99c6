// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/exposition.hpp"

#include "cdi/text.hpp"

#include <stdexcept>

#include <fmt/format.h>

namespace hdp::metrics {

namespace {

std::string escaped(const std::string& value) {
    std::string text;
    for (const char character : cdi::isText(value) ? value : cdi::printable(value)) {
        if (character == '\n') {
            text += "\\n";
            continue;
        }
        if (character == '"' || character == '\\') {
            text += '\\';
        }
        text += character;
    }
    return text;
}

/// name{a="1",b="2"}, with a label more for a bucket.
std::string seriesText(const std::string& name,
                       const Metric& metric,
                       const Exposition::Labels& values,
                       const std::string& extra = {}) {
    std::string list;
    std::size_t index = 0;
    for (const auto label : metric.labels()) {
        list +=
            fmt::format("{}{}=\"{}\"", list.empty() ? "" : ",", label, escaped(values.at(index)));
        ++index;
    }
    if (!extra.empty()) {
        list += (list.empty() ? "" : ",") + extra;
    }
    return list.empty() ? name : name + "{" + list + "}";
}

} // namespace

void Exposition::set(const Metric& metric, const Labels& labels, const Histogram& histogram) {
    const std::string name{metric.name};
    const auto line = [&metric, &labels](const std::string& series, const std::string& extra,
                                         auto value) {
        return fmt::format("{} {}\n", seriesText(series, metric, labels, extra), value);
    };
    auto& lines = familyOf(metric, labels).lines[labels];
    lines.clear();
    for (std::size_t index = 0; index < Histogram::bounds.size(); ++index) {
        const auto bound = fmt::format("le=\"{}\"", Histogram::bounds.at(index));
        lines += line(name + "_bucket", bound, histogram.upTo(index));
    }
    lines += line(name + "_bucket", "le=\"+Inf\"", histogram.count());
    lines += line(name + "_sum", {}, numberText(histogram.sum()));
    lines += line(name + "_count", {}, histogram.count());
}

std::string Exposition::text() const {
    std::string text;
    for (const auto& [name, family] : families_) {
        text += fmt::format("# HELP {} {}.\n# TYPE {} {}\n", name, family.metric->help, name,
                            nameOf(family.metric->type));
        for (const auto& [labels, lines] : family.lines) {
            text += lines;
        }
    }
    return text;
}

std::string Exposition::numberText(double number) {
    return fmt::format("{}", number);
}

void Exposition::add(const Metric& metric, const Labels& labels, const std::string& value) {
    familyOf(metric, labels).lines[labels] =
        seriesText(std::string{metric.name}, metric, labels) + " " + value + "\n";
}

Exposition::Family& Exposition::familyOf(const Metric& metric, const Labels& labels) {
    if (labels.size() != metric.labels().size()) {
        throw std::logic_error(std::string{metric.name} + " has other labels");
    }
    auto& family = families_[metric.name];
    family.metric = &metric;
    return family;
}

} // namespace hdp::metrics
