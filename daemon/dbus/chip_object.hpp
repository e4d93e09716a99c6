// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/inventory/inventory.hpp"

#include <sdbus-c++/IConnection.h>
#include <sdbus-c++/IObject.h>

#include <memory>
#include <string>
#include <vector>

namespace hdp::dbus {

/// What the bus says of a chip: the values of its properties, in the types that they have there.
struct ChipFacts {
    std::string address{}; ///< empty for a simulated device
    std::string id{};
    std::string model{};
    std::string node{};          ///< "/dev/hailo0", empty if there is none
    std::string driver{};        ///< empty if none is bound
    std::string driverVersion{}; ///< empty if it is not known
    int numaNode = -1;           ///< -1 if it is not known, as in sysfs
    bool healthy = false;
    std::vector<std::string> reasons{};   ///< "node-missing", in the order of the problems
    std::vector<std::string> sentences{}; ///< one for each reason
    std::string resource{};
    bool present = false; ///< false for a tombstone
    bool simulated = false;
};

ChipFacts factsOf(const DeviceStatus& status);

/// The names of the properties whose values differ.
std::vector<std::string> changedProperties(const ChipFacts& before, const ChipFacts& after);

/// One chip as an object of the bus. Loop thread only; must die before the connection. What it
/// sends is on its way only after BusConnection::kick(). All throw sdbus::Error when the bus is
/// gone.
class ChipObject {
  public:
    /// Announces it with InterfacesAdded.
    ChipObject(sdbus::IConnection& bus, const DeviceStatus& status);
    ChipObject(const ChipObject&) = delete;
    ChipObject& operator=(const ChipObject&) = delete;
    ~ChipObject() = default;

    /// Sends PropertiesChanged for what differs, and HealthChanged if health or reasons do.
    void update(const DeviceStatus& status);

    /// Sends InterfacesRemoved; the object is to be destroyed then.
    void retire();

  private:
    template <class Value>
    void addProperty(const std::string& name, Value ChipFacts::*value);
    void addProperties();

    ChipFacts facts_;
    std::unique_ptr<sdbus::IObject> object_;
};

} // namespace hdp::dbus
