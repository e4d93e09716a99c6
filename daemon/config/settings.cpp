// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/settings.hpp"

#include "cdi/text.hpp"
#include "cdi/validation.hpp"
#include "daemon/config/container_table.hpp"
#include "daemon/config/http_table.hpp"
#include "daemon/config/simulation_table.hpp"
#include "daemon/inventory/resource_name.hpp"

#include <stdexcept>

namespace hdp::config {

namespace {

/// A value that is written as the text it is read from.
template <class Parse>
Form<std::string> parsed(Parse parse) {
    const auto checkedText = textThat([parse](const std::string& each) { parse(each); });
    return {[checkedText, parse](const Value& value) { return parse(checkedText.read(value)); },
            text().write};
}

Form<std::uint16_t> deviceId() {
    const auto checkedText = textThat([](const std::string& each) { parseDeviceId(each); });
    return {[checkedText](const Value& value) { return parseDeviceId(checkedText.read(value)); },
            [](const std::uint16_t& id) {
                return textValue(toString(hotplug::PciId{hotplug::hailoVendor, id}));
            }};
}

Form<Selector> selector() {
    return record<Selector>({
        field("models", &Selector::models, setOf(text())),
        field("pci-ids", &Selector::deviceIds, setOf(deviceId())),
        field("addresses", &Selector::addresses, setOf(parsed(parseAddressPattern))),
        field("drivers", &Selector::drivers, setOf(parsed(parseHailoDriver))),
        field("numa-nodes", &Selector::numaNodes, setOf(number<int>())),
    });
}

Form<ResourceRule> resourceRule() {
    return record<ResourceRule>({
        requiredField("name", &ResourceRule::resource, textThat(checkResourceName)),
        field("select", &ResourceRule::selector, selector()),
    });
}

Form<std::vector<ResourceRule>> resources() {
    auto form = vectorOf(resourceRule());
    form.read = [read = form.read](const Value& value) {
        auto rules = read(value);
        std::set<std::string> seen;
        for (std::size_t index = 0; index < rules.size(); ++index) {
            if (!seen.insert(rules[index].resource).second) {
                throw Refusal{value.children[index], "names " + rules[index].resource + " twice"};
            }
        }
        return rules;
    };
    return form;
}

/// A list that must not be empty.
template <class Item>
Form<std::vector<Item>> some(Form<std::vector<Item>> form, const std::string& what) {
    form.read = [read = form.read, what](const Value& value) {
        auto items = read(value);
        if (items.empty()) {
            throw Refusal{value, "needs at least one " + what};
        }
        return items;
    };
    return form;
}

void checkKind(const std::string& kind) {
    if (!cdi::isKind(kind)) {
        throw std::invalid_argument(cdi::inQuotes(kind) +
                                    " is not of the form vendor/class, as in hailo.ai/device");
    }
}

void checkSocketName(const std::string& name) {
    if (name.find('/') != std::string::npos || name.starts_with('.') || name.size() > 63) {
        throw std::invalid_argument(cdi::inQuotes(name) +
                                    " is no beginning of a file's name: at most 63 bytes, no "
                                    "slash, no dot in front");
    }
}

template <class Enum>
Form<Enum> choiceOf(std::initializer_list<Enum> values) {
    std::vector<std::pair<std::string, Enum>> names;
    for (const auto value : values) {
        names.emplace_back(nameOf(value), value);
    }
    return choice(names);
}

Value ruleOf(const std::string& text) {
    try {
        return resourceRule().write(parseResourceRule(text));
    } catch (const std::invalid_argument& error) {
        throw Refusal{textValue(text), error.what()};
    }
}

using Settings = std::vector<Setting>;

void addResources(Settings& all) {
    const std::string group = "Kubernetes";
    all.push_back(asOneText(
        setting({"resources", "--resource", "NAME[:KEY=VALUE,...]", group,
                 "Extended resource that pods ask for; several share out the chips, the first that "
                 "takes a chip has it; keys are model, id, address, driver and numa"},
                &Options::resources, some(resources(), "name")),
        {.separators = " \t\n", .item = ruleOf}));
    all.push_back(live(setting(
        {"allocation.policy", "--allocation-policy", "packed|spread", group,
         "packed: several chips of a container share a NUMA node and a PCIe switch; spread: they "
         "do not"},
        &Options::allocationPolicy,
        choiceOf({AllocationPolicy::Packed, AllocationPolicy::Spread}))));
}

void addKubelet(Settings& all) {
    const std::string group = "Kubernetes";
    all.push_back(setting(
        {"kubelet.registration", "--kubelet-registration", "register|watcher", group,
         "register: call the kubelet; watcher: let its plugin watcher find "
         "us"},
        &Options::registration, choiceOf({RegistrationMode::Register, RegistrationMode::Watcher})));
    all.push_back(setting({"kubelet.directory", "--kubelet-directory", "FOLDER", group,
                           "The kubelet's device-plugins folder"},
                          &Options::kubeletDirectory, absolutePath()));
    all.push_back(setting({"kubelet.plugins-registry", "--plugins-registry", "FOLDER", group,
                           "The folder that the kubelet's plugin watcher watches"},
                          &Options::pluginsRegistry, absolutePath()));
    all.push_back(asOneText(
        setting({"kubelet.socket-name", "--socket-name", "NAME", group,
                 "What our sockets in the kubelet's folder are called by; empty for the resource"},
                &Options::socketName, textThat(checkSocketName)),
        {.mayBeEmpty = true}));
    all.push_back(
        asOneText(setting({"kubelet.pod-resources-socket", "--pod-resources-socket", "PATH", group,
                           "Where the kubelet tells who holds which chip; empty to never ask"},
                          &Options::podResourcesSocket, pathOrNothing()),
                  {.mayBeEmpty = true}));
    all.push_back(
        live(setting({"kubelet.tombstone-grace", "--tombstone-grace", "SECONDS", group,
                      "Seconds for which a vanished chip stays listed even if no pod holds it"},
                     &Options::tombstoneGrace, seconds())));
}

void addHandover(Settings& all) {
    const std::string group = "What a container gets";
    all.push_back(asOneText(
        setting({"handover", "--handover", "cdi-cri|cdi-annotations|device-specs", group,
                 "How chips are handed to the container runtime, in a comma list"},
                &Options::handover,
                some(vectorOf(choiceOf({HandoverMode::CdiCri, HandoverMode::CdiAnnotations,
                                        HandoverMode::DeviceSpecs})),
                     "mode")),
        {.separators = ","}));
    all.push_back(setting(
        {"cdi.kind", "--cdi-kind", "VENDOR/CLASS", group, "vendor/class of the CDI devices"},
        &Options::cdiKind, textThat(checkKind)));
    all.push_back(
        setting({"cdi.directory", "--cdi-directory", "FOLDER", group, "Folder for the CDI file"},
                &Options::cdiDirectory, absolutePath()));
    all.push_back(setting(
        {"state.directory", "--state-directory", "FOLDER", group,
         "Folder for by-address links and class views; runtimes see it under the same path"},
        &Options::stateDirectory, absolutePath()));
}

void addHardware(Settings& all) {
    using hotplug::UeventSource;
    const std::string group = "Hardware";
    all.push_back(
        setting({"hardware.uevents", "--uevents", "auto|udev|kernel", group,
                 "Who reports hotplug: udevd, or the kernel itself as in a pod"},
                &Options::ueventSource,
                choiceOf({UeventSource::Automatic, UeventSource::Udev, UeventSource::Kernel})));
    all.push_back(
        setting({"hardware.sys-root", "--sys-root", "FOLDER", group, "Where sysfs is seen"},
                &Options::sysRoot, pathOrNothing()));
    all.push_back(
        asOneText(setting({"hardware.dev-root", "--dev-root", "FOLDER", group,
                           "Where the host's device nodes are seen; empty if they are not"},
                          &Options::devRoot, pathOrNothing()),
                  {.mayBeEmpty = true}));
    all.push_back(setting({"hardware.identify", "--identify", "off|once", group,
                           "once: ask the firmware of each new Hailo-8 whether it is an 8L, which "
                           "wakes the chip"},
                          &Options::identify, choiceOf({IdentifyMode::Off, IdentifyMode::Once})));
}

void addOperation(Settings& all) {
    const std::string group = "Operation";
    all.push_back(live(setting({"health.interval", "--health-interval", "SECONDS", group,
                                "Seconds between looks at what has no event; 0 for never"},
                               &Options::healthInterval, seconds())));
    all.push_back(setting(
        {"dbus.enabled", "--dbus", "auto|off", group,
         "auto: show the chips on the system bus where there is one"},
        &Options::dbus, choice<DbusMode>({{"auto", DbusMode::Automatic}, {"off", DbusMode::Off}})));
    all.push_back(setting({"nfd.directory", "--nfd-directory", "FOLDER", group,
                           "Folder where node-feature-discovery reads feature files; they give the "
                           "node labels for its chips"},
                          &Options::nfdDirectory, optional(absolutePath())));
    all.push_back(live(setting({"log.level", "--log-level", "debug|info|warning|error", group,
                                "The least important kind of message to write"},
                               &Options::logLevel,
                               choice<log::Level>({{"debug", log::Level::Debug},
                                                   {"info", log::Level::Info},
                                                   {"warning", log::Level::Warning},
                                                   {"error", log::Level::Error}}))));
    all.push_back(live(setting({"log.format", "--log-format", "auto|text|json|journal", group,
                                "How to write messages; auto: to the journal of systemd as entries "
                                "with fields if standard error leads there, as JSON in a pod, else "
                                "as text"},
                               &Options::logFormat,
                               choiceOf({log::Format::Automatic, log::Format::Text,
                                         log::Format::Json, log::Format::Journal}))));
}

} // namespace

const std::vector<Setting>& settings() {
    static const auto table = [] {
        Settings all;
        addResources(all);
        addKubelet(all);
        addHandover(all);
        addContainer(all);
        addHardware(all);
        addSimulation(all);
        addOperation(all);
        addHttp(all);
        return all;
    }();
    return table;
}

const Setting& settingOf(std::string_view key) {
    const auto found = std::ranges::find(
        settings(), key, [](const Setting& each) -> std::string_view { return each.words.key; });
    if (found == settings().end()) {
        throw std::out_of_range("no setting " + std::string{key});
    }
    return *found;
}

} // namespace hdp::config
