// SPDX-License-Identifier: Apache-2.0
// The kubelet's checkpoint file.
#include "daemon/kubelet/checkpoint.hpp"

#include "tests/fuzz/fuzz.hpp"
#include "tests/fuzz/held.hpp"
#include "tests/fuzz/told.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <nlohmann/json.hpp>

#include <memory>
#include <string>

namespace hdp::testing {

namespace {

std::set<HeldDevice> heldIn(std::string_view content) {
    static const TemporaryDirectory folder;
    static const auto file = folder.path() / "kubelet_internal_checkpoint";
    writeFile(file, content);
    return heldInCheckpoint(file);
}

} // namespace

void tryOut(std::string_view input) {
    requireNoLeak([input] {
        const auto held = heldIn(input);
        const auto json = nlohmann::json::parse(input, nullptr, false);
        require(held.empty() || !json.is_discarded(), "only JSON tells of held devices");
        if (!json.is_discarded()) {
            require(heldIn(json.dump(1)) == held, "the layout does not matter");
        }
        requireTold({.inventory = std::make_shared<const Inventory>(tombstonesOf(held))});
    });
}

} // namespace hdp::testing
