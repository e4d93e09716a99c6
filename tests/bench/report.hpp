// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/samples.hpp"

#include <nlohmann/json.hpp>

#include <string>

namespace hdp::testing {

/// What the benchmark found, in the order in which it was found.
class Report {
  public:
    void addLatency(const std::string& name, const Samples& samples);
    void addNumber(const std::string& name, double value, const std::string& unit);

    [[nodiscard]] std::string asTable() const;
    [[nodiscard]] std::string asJson() const;

  private:
    nlohmann::ordered_json results_ = nlohmann::ordered_json::array();
};

} // namespace hdp::testing
