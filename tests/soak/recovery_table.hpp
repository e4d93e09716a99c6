// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/bench/samples.hpp"

#include <map>
#include <ostream>
#include <string>

namespace hdp::testing {

/// How long it took to come back to the truth, by kind of step.
class RecoveryTable {
  public:
    void add(const std::string& step, Samples::Duration time) { times_[step].add(time); }

    void print(std::ostream& out) const;

  private:
    std::map<std::string, Samples> times_;
};

} // namespace hdp::testing
