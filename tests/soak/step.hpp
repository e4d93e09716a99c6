// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string_view>

namespace hdp::testing {

class Machine;

/// What a daemon may recover by. Where events alone must do, there is no health check during the
/// step, which would hide one that was lost.
enum class Recovery { ByEvents, ByHealthCheck };

/// One kind of trouble. When it returns, the trouble is over, and the daemon shall come to the
/// truth by itself.
struct Step {
    std::string_view name;
    Recovery recovery;
    void (*take)(Machine&);
};

/// All there are.
std::span<const Step> steps();

} // namespace hdp::testing
