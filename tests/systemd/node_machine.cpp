// SPDX-License-Identifier: Apache-2.0
#include "tests/systemd/node_machine.hpp"

#include "tests/integration/eventually.hpp"

#include <cstdlib>
#include <stdexcept>

namespace hdp::testing {

namespace {

std::string variable(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    if (value == nullptr) {
        throw std::runtime_error(std::string{name} + " is not set");
    }
    return value;
}

/// The options with which a machine sees the hardware, which is made for it.
std::vector<std::string> withTwoChips(MockHost& hardware) {
    hardware.add({MockChip{.address = {0, 1, 0, 0}, .index = 0},
                  MockChip{.address = {0, 2, 0, 0}, .index = 1}});
    return {"--bind=" + hardware.inRoot("/").string() + ":/hardware"};
}

} // namespace

NodeMachine::NodeMachine() : machine(variable("HDP_INSTALLED"), withTwoChips(hardware)) {
    configure("");
}

void NodeMachine::configure(const std::string& yaml) const {
    machine.write("/etc/hailo-device-plugin/config.yaml",
                  "hardware: {sys-root: /hardware/sys, dev-root: \"\"}\nhealth: {interval: 1}\n" +
                      yaml);
}

void NodeMachine::dropIn(const std::string& lines) const {
    machine.write("/etc/systemd/system/hailo-device-plugin.service.d/test.conf",
                  "[Service]\n" + lines);
    static_cast<void>(machine.run({"systemctl", "daemon-reload"}));
}

bool NodeMachine::startDaemon() const {
    return machine.run({"systemctl", "start", unit}).exitCode == 0;
}

void NodeMachine::signal(const std::string& name, const std::string& to) const {
    // `systemctl kill` would reach for the control group too, which is not always ours.
    static_cast<void>(
        machine.sh("kill -s " + name + " $(systemctl show --value -p MainPID " + to + ")"));
}

void NodeMachine::startKubelet() {
    kubelet_ = machine.start({variable("HDP_FAKE_KUBELET"), "--pod-resources-socket",
                              "/var/lib/kubelet/pod-resources/kubelet.sock"});
}

bool NodeMachine::kubeletSays(const std::string& words) const {
    return eventually([&] { return kubelet_->output().find(words) != std::string::npos; });
}

std::string NodeMachine::show(const std::string& property) const {
    return machine.run({"systemctl", "show", "--value", "--property", property, unit}).output;
}

bool NodeMachine::comesToShow(const std::string& property, const std::string& value) const {
    return eventually([&] { return show(property) == value + "\n"; });
}

std::string NodeMachine::log() const {
    return machine.sh("journalctl --no-pager --unit hailo-device-plugin");
}

} // namespace hdp::testing
