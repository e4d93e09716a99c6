// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp {

/// 16 hex digits that stand for a text where the text itself would be too long: FNV-1a, the same in
/// every build. No protection against someone who wants two texts to agree.
std::string digestOf(std::string_view text);

} // namespace hdp
