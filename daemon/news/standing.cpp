// SPDX-License-Identifier: Apache-2.0
#include "daemon/news/standing.hpp"

#include <utility>

namespace hdp {

void Standing::hold(std::set<std::string> sentences, const Tell& tell) {
    for (const auto& sentence : sentences) {
        if (!sentences_.contains(sentence)) {
            tell(sentence);
        }
    }
    sentences_ = std::move(sentences);
}

} // namespace hdp
