// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/options.hpp"

namespace hdp::config {

/// Checks that the models that resources ask for can be known: only a chip's firmware tells a
/// Hailo-8L from a Hailo-8, and asking it needs the device nodes. Throws Refusal with the key.
void checkModelSource(const Options& options);

} // namespace hdp::config
