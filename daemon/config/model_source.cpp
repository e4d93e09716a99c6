// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/model_source.hpp"

#include "daemon/config/value.hpp"

namespace hdp::config {

void checkModelSource(const Options& options) {
    const bool isAsked = options.identify == IdentifyMode::Once;
    if (isAsked && options.devRoot.empty()) {
        throw Refusal{0, "hardware.identify",
                      "\"once\" needs the device nodes, but hardware.dev-root is empty"};
    }
    for (const auto& rule : options.resources) {
        if (!isAsked && rule.selector.models.contains("hailo-8l")) {
            throw Refusal{0, "resources",
                          rule.resource + " takes the model hailo-8l, which is known only if "
                                          "hardware.identify is once"};
        }
    }
}

} // namespace hdp::config
