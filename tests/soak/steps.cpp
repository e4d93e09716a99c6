// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/step.hpp"
#include "tests/soak/troubles.hpp"

#include <array>

namespace hdp::testing {

std::span<const Step> steps() {
    using enum Recovery;
    static constexpr std::array all{
        Step{"hotplug", ByEvents, plugAndUnplug},
        Step{"chip-health", ByHealthCheck, makeChipIll},
        Step{"uevent-flood", ByEvents, floodWithUevents},
        Step{"pause", ByEvents, pauseTheDaemon},
        Step{"kubelet-restart", ByEvents, restartKubelet},
        Step{"kubelet-refusal", ByEvents, refuseRegistrations},
        Step{"stream-reset", ByEvents, resetStream},
        Step{"plugin-folder", ByEvents, spoilPluginFolder},
        Step{"cdi-folder", ByEvents, removeCdiFolder},
        Step{"state-folder", ByHealthCheck, removeLinks},
        Step{"cdi-file", ByEvents, spoilCdiFile},
        Step{"disk-full", ByHealthCheck, fillDisk},
        Step{"descriptors", ByHealthCheck, exhaustDescriptors},
        Step{"inotify-limit", ByHealthCheck, exhaustInotify},
        Step{"bus", ByEvents, breakBus},
        Step{"configuration", ByEvents, editConfiguration},
    };
    return all;
}

} // namespace hdp::testing
