// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/simulation_table.hpp"

#include "cdi/text.hpp"
#include "daemon/handover/container_settings.hpp"
#include "daemon/inventory/simulated_name.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace hdp::config {

namespace {

constexpr auto group = "Simulation";

template <class Member>
Setting simulationSetting(Words words, Member Simulation::*member, Form<Member> form) {
    words.group = group;
    const auto part = [member](auto& options) -> auto& {
        return options.simulation.*member;
    };
    return setting(std::move(words), part, std::move(form));
}

Setting mayBeEmpty(Setting setting) {
    return asOneText(std::move(setting), {.mayBeEmpty = true});
}

void checkAnnotationPrefix(const std::string& prefix) {
    if (!prefix.empty()) {
        parseAnnotation(prefix + "-65535=");
    }
}

void checkEnvPrefix(const std::string& prefix) {
    if (!prefix.empty()) {
        parseEnvironment(prefix + "_0=");
    }
}

Form<std::uint32_t> count() {
    auto form = number<std::uint32_t>();
    form.read = [read = form.read](const Value& value) {
        const auto wanted = read(value);
        constexpr std::uint32_t most = 1024;
        static_assert(most <= mostSimulated);
        if (wanted > most) {
            throw Refusal{value, std::to_string(wanted) + " devices are more than " +
                                     std::to_string(most)};
        }
        return wanted;
    };
    return form;
}

Form<ScriptStep> step() {
    return record<ScriptStep>({
        field("after", &ScriptStep::after, seconds()),
        requiredField("device", &ScriptStep::device, number<std::uint32_t>()),
        requiredField("becomes", &ScriptStep::becomes,
                      choice<SimulatedState>({{"healthy", SimulatedState::Healthy},
                                              {"unhealthy", SimulatedState::Unhealthy},
                                              {"gone", SimulatedState::Gone}})),
    });
}

Value stepOf(const std::string& text) {
    try {
        return step().write(parseScriptStep(text));
    } catch (const std::invalid_argument& error) {
        throw Refusal{textValue(text), error.what()};
    }
}

void addDevices(std::vector<Setting>& all) {
    all.push_back(simulationSetting({"simulate.enabled",
                                     "--simulate",
                                     "false|true",
                                     {},
                                     "true: offer devices that are not there, and look at no real "
                                     "chip"},
                                    &Simulation::isOn,
                                    choice<bool>({{"false", false}, {"true", true}})));
    all.push_back(live(simulationSetting(
        {"simulate.count", "--simulate-count", "N", {}, "How many; another number is a hotplug"},
        &Simulation::count, count())));
    all.push_back(live(asOneText(
        simulationSetting({"simulate.numa-nodes",
                           "--simulate-numa",
                           "N,...",
                           {},
                           "NUMA nodes that the devices are dealt out to; none for unknown"},
                          &Simulation::numaNodes, vectorOf(number<int>())),
        {.separators = ","})));
    all.push_back(live(asOneText(
        simulationSetting({"simulate.script",
                           "--simulate-step",
                           "SECONDS:INDEX:STATE",
                           {},
                           "A change after so many seconds: the device of that index becomes "
                           "healthy, unhealthy or gone"},
                          &Simulation::script, vectorOf(step())),
        {.separators = " \t\n,", .item = stepOf})));
}

void addNames(std::vector<Setting>& all) {
    all.push_back(simulationSetting(
        {"simulate.id-prefix", "--simulate-id-prefix", "PREFIX", {}, "Ids are PREFIX-NODE-INDEX"},
        &Simulation::idPrefix, textThat(checkIdPrefix)));
    all.push_back(mayBeEmpty(simulationSetting(
        {"simulate.node-name",
         "--simulate-node-name",
         "NODE",
         {},
         "The node in the ids; empty for the variable NODE_NAME, else the name of the host"},
        &Simulation::nodeName, textThat(checkNodeName))));
    all.push_back(mayBeEmpty(simulationSetting(
        {"simulate.annotation-prefix",
         "--simulate-annotation-prefix",
         "PREFIX",
         {},
         "Containers get an annotation PREFIX-INDEX with the id for each device; empty for none"},
        &Simulation::annotationPrefix, textThat(checkAnnotationPrefix))));
    all.push_back(mayBeEmpty(simulationSetting(
        {"simulate.env-prefix",
         "--simulate-env-prefix",
         "PREFIX",
         {},
         "Containers get a variable PREFIX_INDEX=/dev/INDEX for each device; empty for none"},
        &Simulation::envPrefix, textThat(checkEnvPrefix))));
    all.push_back(mayBeEmpty(simulationSetting(
        {"simulate.device-file-prefix",
         "--simulate-device-file-prefix",
         "PREFIX",
         {},
         "Containers get the host's node /dev/PREFIX-INDEX for each device; empty for none"},
        &Simulation::deviceFilePrefix, textThat(checkDeviceFilePrefix))));
}

} // namespace

void addSimulation(std::vector<Setting>& all) {
    addDevices(all);
    addNames(all);
}

} // namespace hdp::config
