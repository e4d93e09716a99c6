// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hdp::cdi {

/// Collects sentences about one object and, through in(), about the objects inside it. Every
/// sentence begins with the way to its object: "device "x": mounts[1]: ", which is put together
/// only when there is something to say. The vector and the object around outlive it.
class Findings {
  public:
    explicit Findings(std::vector<std::string>& sentences) : sentences_(sentences) {}

    [[nodiscard]] Findings in(std::string object) const {
        return {*this, std::move(object), std::nullopt};
    }

    [[nodiscard]] Findings in(std::string_view list, std::size_t index) const {
        return {*this, std::string(list), index};
    }

    void add(std::string_view fault) const { sentences_.push_back(way() + std::string(fault)); }

  private:
    Findings(const Findings& outer, std::string object, std::optional<std::size_t> index)
        : sentences_(outer.sentences_), outer_(&outer), object_(std::move(object)), index_(index) {}

    [[nodiscard]] std::string way() const {
        if (outer_ == nullptr) {
            return {};
        }
        const auto place = index_ ? '[' + std::to_string(*index_) + ']' : std::string{};
        return outer_->way() + object_ + place + ": ";
    }

    std::vector<std::string>& sentences_;
    const Findings* outer_ = nullptr; ///< none around a whole spec
    std::string object_;
    std::optional<std::size_t> index_; ///< in a list
};

} // namespace hdp::cdi
