// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/catalogue.hpp"

#include <fmt/format.h>

namespace hdp::metrics::catalogue {

const std::vector<const Metric*>& all() {
    static const std::vector<const Metric*> metrics{&buildInfo,
                                                    &processStart,
                                                    &processResidentMemory,
                                                    &processOpenDescriptors,
                                                    &processMostDescriptors,
                                                    &processCpu,
                                                    &devices,
                                                    &deviceHealthy,
                                                    &deviceProblem,
                                                    &deviceInfo,
                                                    &linkWidth,
                                                    &linkBestWidth,
                                                    &linkSpeed,
                                                    &linkBestSpeed,
                                                    &pcieErrors,
                                                    &podResourcesUp,
                                                    &deviceInUse,
                                                    &devicePod,
                                                    &registered,
                                                    &registrationState,
                                                    &registrations,
                                                    &streamsOpen,
                                                    &lists,
                                                    &hotplug,
                                                    &allocations,
                                                    &allocationTime,
                                                    &uevents,
                                                    &overruns,
                                                    &restores,
                                                    &busErrors,
                                                    &lookTime,
                                                    &cdiWrites,
                                                    &cdiCurrent,
                                                    &reloads,
                                                    &configAccepted,
                                                    &httpAnswers,
                                                    &httpConnections};
    return metrics;
}

std::string table() {
    std::string text = "| metric | type | labels | what it tells |\n|---|---|---|---|\n";
    for (const auto* metric : all()) {
        std::string labels;
        for (const auto label : metric->labels()) {
            labels += fmt::format("{}`{}`", labels.empty() ? "" : ", ", label);
        }
        text += fmt::format("| `{}` | {} | {} | {} |\n", metric->name, nameOf(metric->type), labels,
                            metric->help);
    }
    return text;
}

} // namespace hdp::metrics::catalogue
