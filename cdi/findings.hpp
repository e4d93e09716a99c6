// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp::cdi {

/// Collects sentences about one object and, through in(), about the objects inside it. Every
/// sentence begins with the way to its object: "device "x": mounts[1]: ". The vector outlives all
/// of them.
class Findings {
  public:
    explicit Findings(std::vector<std::string>& sentences) : Findings(sentences, {}) {}

    [[nodiscard]] Findings in(std::string_view object) const {
        return {*sentences_, prefix_ + std::string(object) + ": "};
    }

    [[nodiscard]] Findings in(std::string_view list, std::size_t index) const {
        return in(std::string(list) + '[' + std::to_string(index) + ']');
    }

    void add(std::string_view fault) const { sentences_->push_back(prefix_ + std::string(fault)); }

  private:
    Findings(std::vector<std::string>& sentences, std::string prefix)
        : sentences_(&sentences), prefix_(std::move(prefix)) {}

    std::vector<std::string>* sentences_;
    std::string prefix_;
};

} // namespace hdp::cdi
