// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/truth.hpp"

namespace hdp::testing {

std::optional<std::string> Truth::contradicts(const DeviceHealth& listed) const {
    const auto known = hardware_.health();
    for (const auto& [id, health] : listed) {
        const auto chip = known.find(id);
        if (chip == known.end()) {
            return id + " is listed and was never there";
        }
        if (chip->second != health) {
            return id + " is listed as " + health + " and is " + chip->second;
        }
    }
    const auto present = hardware_.present();
    for (const auto& [id, health] : known) {
        if (!listed.contains(id) && (present.contains(id) || told_.contains(id))) {
            return id + ", which is " + health + ", is not listed";
        }
    }
    return std::nullopt;
}

void Truth::wasTold() {
    told_.merge(hardware_.present());
}

} // namespace hdp::testing
