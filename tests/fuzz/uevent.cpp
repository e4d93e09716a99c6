// SPDX-License-Identifier: Apache-2.0
// The properties of one uevent, a line KEY=VALUE for each, on their way through libudev.
#include "hotplug/uevent.hpp"

#include "hotplug/recovery.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <algorithm>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include <libudev.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

struct Unref {
    void operator()(udev* context) const { udev_unref(context); }

    void operator()(udev_device* device) const { udev_device_unref(device); }
};

/// Puts the properties in the place of the environment, from which libudev takes them.
class Environment {
  public:
    explicit Environment(std::string_view properties) {
        while (!properties.empty()) {
            const auto end = std::min(properties.find('\n'), properties.size());
            add(properties.substr(0, end));
            properties.remove_prefix(std::min(end + 1, properties.size()));
        }
        std::ranges::transform(texts_, std::back_inserter(pointers_),
                               [](std::string& text) { return text.data(); });
        pointers_.push_back(nullptr);
        environ = pointers_.data();
    }

    Environment(const Environment&) = delete;
    Environment& operator=(const Environment&) = delete;

    ~Environment() { environ = before_; }

  private:
    void add(std::string_view property) {
        // libudev 252 itself falls over an empty list of tags, which only root could send it.
        if (!property.starts_with("TAGS=") && !property.starts_with("CURRENT_TAGS=")) {
            texts_.emplace_back(property);
        }
    }

    char** before_ = environ;
    std::vector<std::string> texts_;
    std::vector<char*> pointers_;
};

/// Null for what libudev does not take for an event.
std::unique_ptr<udev_device, Unref> deviceOf(std::string_view properties) {
    static const std::unique_ptr<udev, Unref> context{udev_new()};
    const Environment environment{properties};
    return std::unique_ptr<udev_device, Unref>{udev_device_new_from_environment(context.get())};
}

void requireEvent(const hotplug::Uevent& event) {
    if (const auto recovery = hotplug::recoveryOf(event)) {
        require(hotplug::isRelevant(event), "what tells of a recovery is worth a look");
        require(hotplug::parsePciAddress(event.deviceName) == recovery->address,
                "a recovery is that of the event's own function");
        require((recovery->end == hotplug::Recovery::End::BoundAnew) == (event.action == "bind"),
                "a driver that takes a chip is told of by itself");
    }
    auto ofOther = event;
    ofOther.pciId = "8086:1533";
    const bool isPci = event.subsystem == "pci";
    const bool isError = event.errorEvent && event.action == "change";
    require(!isPci || isError || !hotplug::isRelevant(ofOther), "others' functions are not ours");
    auto ofUs = event;
    ofUs.pciId = "1E60:2864";
    require(!isPci || hotplug::isRelevant(ofUs), "our functions are ours");
}

} // namespace

void tryOut(std::string_view input) {
    if (const auto device = deviceOf(input)) {
        requireEvent(hotplug::ueventOf(*device));
    }
}

} // namespace hdp::testing
