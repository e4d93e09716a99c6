// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/kubelet_options.hpp"

#include <string_view>

namespace hdp::testing {

/// The behaviour of a kubelet of that version, such as "1.34" or "v1.34.2"; the directory is left
/// empty. Versions before 1.31 behave like 1.31. Throws std::invalid_argument.
KubeletOptions behaviourOf(std::string_view version);

} // namespace hdp::testing
