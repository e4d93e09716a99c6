// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/private_bus.hpp"

#include "tests/integration/eventually.hpp"
#include "tests/support/fixture.hpp"

#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

constexpr auto variable = "DBUS_SYSTEM_BUS_ADDRESS";

/// As on Debian: who owns names and who calls is forbidden unless a file allows it.
constexpr auto closed = R"(
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus"/>
    <allow own="org.freedesktop.login1"/>
    <allow send_destination="org.freedesktop.login1"/>
  </policy>
  <policy user="root">
    <allow send_destination="org.freedesktop.DBus" send_interface="org.freedesktop.DBus.Monitoring"/>
  </policy>
)";

constexpr auto open = R"(
  <policy context="default">
    <allow user="*"/>
    <allow own="*"/>
    <allow send_type="method_call"/>
    <allow send_type="method_return"/>
    <allow send_type="error"/>
    <allow send_type="signal"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow eavesdrop="true"/>
  </policy>
)";

std::string ourPolicy() {
    const char* root = std::getenv("HDP_SOURCE_ROOT"); // NOLINT(concurrency-mt-unsafe)
    return std::string{root == nullptr ? "." : root} + "/daemon/dbus/ai.hailo.DevicePlugin1.conf";
}

} // namespace

PrivateBus::PrivateBus(fs::path folder, Policy policy) : folder_(std::move(folder)) {
    fs::create_directories(folder_);
    writeConfiguration(policy);
    ::setenv(variable, address().c_str(), 1); // NOLINT(concurrency-mt-unsafe)
}

PrivateBus::~PrivateBus() {
    ::unsetenv(variable); // NOLINT(concurrency-mt-unsafe)
}

void PrivateBus::writeConfiguration(Policy policy) const {
    const std::string included =
        policy == Policy::Ours ? "  <include>" + ourPolicy() + "</include>\n" : "";
    writeFile(folder_ / "bus.conf", std::string{"<busconfig>\n  <type>system</type>\n  <listen>"} +
                                        address() + "</listen>\n  <auth>EXTERNAL</auth>\n" +
                                        (policy == Policy::Everything ? open : closed) + included +
                                        "</busconfig>\n");
}

void PrivateBus::start() {
    fs::remove(socket());
    program_.emplace(std::vector<std::string>{"dbus-daemon", "--nofork", "--nopidfile",
                                              "--config-file=" + (folder_ / "bus.conf").string()},
                     folder_ / "bus.log");
    if (!eventually([this] { return hasOwner("org.freedesktop.DBus"); })) {
        throw std::runtime_error("dbus-daemon does not start: " + program_->output());
    }
}

void PrivateBus::kill() {
    program_.reset();
}

fs::path PrivateBus::socket() const {
    return folder_ / "system_bus_socket";
}

std::string PrivateBus::address() const {
    return "unix:path=" + socket().string();
}

bool PrivateBus::hasOwner(const std::string& name) const {
    if (!fs::exists(socket())) {
        return false;
    }
    const auto outcome =
        run({"busctl", "--system", "call", "org.freedesktop.DBus", "/org/freedesktop/DBus",
             "org.freedesktop.DBus", "NameHasOwner", "s", name});
    return outcome.output == "b true\n";
}

} // namespace hdp::testing
