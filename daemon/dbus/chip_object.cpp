// SPDX-License-Identifier: Apache-2.0
#include "daemon/dbus/chip_object.hpp"

#include "daemon/dbus/dbus_names.hpp"

#include <sdbus-c++/sdbus-c++.h>

#include <utility>

namespace hdp::dbus {

namespace {

constexpr auto healthChanged = "HealthChanged";

/// Notes the name of a property if its values differ.
class Comparison {
  public:
    Comparison(const ChipFacts& before, const ChipFacts& after) : before_(before), after_(after) {}

    template <class Value>
    Comparison& of(const char* name, Value ChipFacts::*value) {
        if (before_.*value != after_.*value) {
            changed_.emplace_back(name);
        }
        return *this;
    }

    [[nodiscard]] const std::vector<std::string>& changed() const { return changed_; }

  private:
    const ChipFacts& before_;
    const ChipFacts& after_;
    std::vector<std::string> changed_;
};

} // namespace

ChipFacts factsOf(const DeviceStatus& status) {
    const auto& device = status.device;
    ChipFacts facts{.address = device.simulated ? "" : toString(device.address),
                    .id = status.id,
                    .model = device.model,
                    .node = device.classDevice ? "/dev/" + device.classDevice->name : "",
                    .driver = device.driver.value_or(""),
                    .driverVersion = device.driverVersion.value_or(""),
                    .numaNode = device.numaNode.value_or(-1),
                    .healthy = status.health == Health::Healthy,
                    .resource = status.resource,
                    .present = !isTombstone(status),
                    .simulated = device.simulated.has_value()};
    for (const auto& problem : device.problems) {
        facts.reasons.emplace_back(nameOf(problem.reason));
        facts.sentences.push_back(problem.sentence);
    }
    return facts;
}

std::vector<std::string> changedProperties(const ChipFacts& before, const ChipFacts& after) {
    return Comparison{before, after}
        .of("Model", &ChipFacts::model)
        .of("Node", &ChipFacts::node)
        .of("Driver", &ChipFacts::driver)
        .of("DriverVersion", &ChipFacts::driverVersion)
        .of("NumaNode", &ChipFacts::numaNode)
        .of("Healthy", &ChipFacts::healthy)
        .of("Reasons", &ChipFacts::reasons)
        .of("Sentences", &ChipFacts::sentences)
        .of("Resource", &ChipFacts::resource)
        .of("Present", &ChipFacts::present)
        .changed();
}

ChipObject::ChipObject(sdbus::IConnection& bus, const DeviceStatus& status)
    : facts_(factsOf(status)), object_(sdbus::createObject(bus, pathOf(status.id))) {
    addProperties();
    object_->registerSignal(healthChanged)
        .onInterface(chipInterface)
        .withParameters<bool, std::vector<std::string>>("healthy", "reasons");
    object_->finishRegistration();
    object_->emitInterfacesAddedSignal({chipInterface});
}

template <class Value>
void ChipObject::addProperty(const std::string& name, Value ChipFacts::*value) {
    const bool isConstant = name == "Address" || name == "Id" || name == "Simulated";
    object_->registerProperty(name)
        .onInterface(chipInterface)
        .withGetter([this, value] { return facts_.*value; })
        .withUpdateBehavior(isConstant ? sdbus::Flags::CONST_PROPERTY_VALUE
                                       : sdbus::Flags::EMITS_CHANGE_SIGNAL);
}

void ChipObject::addProperties() {
    addProperty("Address", &ChipFacts::address);
    addProperty("Id", &ChipFacts::id);
    addProperty("Model", &ChipFacts::model);
    addProperty("Node", &ChipFacts::node);
    addProperty("Driver", &ChipFacts::driver);
    addProperty("DriverVersion", &ChipFacts::driverVersion);
    addProperty("NumaNode", &ChipFacts::numaNode);
    addProperty("Healthy", &ChipFacts::healthy);
    addProperty("Reasons", &ChipFacts::reasons);
    addProperty("Sentences", &ChipFacts::sentences);
    addProperty("Resource", &ChipFacts::resource);
    addProperty("Present", &ChipFacts::present);
    addProperty("Simulated", &ChipFacts::simulated);
}

void ChipObject::update(const DeviceStatus& status) {
    const auto before = std::exchange(facts_, factsOf(status));
    const auto changed = changedProperties(before, facts_);
    if (changed.empty()) {
        return;
    }
    object_->emitPropertiesChangedSignal(chipInterface, changed);
    if (before.healthy != facts_.healthy || before.reasons != facts_.reasons) {
        object_->emitSignal(healthChanged)
            .onInterface(chipInterface)
            .withArguments(facts_.healthy, facts_.reasons);
    }
}

void ChipObject::retire() {
    object_->emitInterfacesRemovedSignal({chipInterface});
}

} // namespace hdp::dbus
