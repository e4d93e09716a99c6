// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/oci_bundle.hpp"

#include "tests/runtime/root_filesystem.hpp"
#include "tests/support/fixture.hpp"

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include <sys/stat.h>
#include <sys/sysmacros.h>

namespace hdp::testing {

namespace fs = std::filesystem;
using nlohmann::json;

namespace {

json bindOf(const std::string& source, const std::string& destination) {
    return {{"destination", destination},
            {"type", "bind"},
            {"source", source},
            {"options", {"rbind", "ro"}}};
}

/// What runc proposes when it is asked.
json proposal(const fs::path& bundle) {
    const auto outcome = run({"runc", "spec", "--bundle", bundle});
    if (outcome.exitCode != 0) {
        throw std::runtime_error("runc spec: " + outcome.errors);
    }
    std::ifstream file{bundle / "config.json"};
    return json::parse(file);
}

void seeThisHostsSys(json& spec) {
    for (auto& mount : spec.at("mounts")) {
        if (mount.at("destination") == "/sys") {
            mount = bindOf("/sys", "/sys");
        }
    }
}

} // namespace

OciBundle::OciBundle(std::string_view driverVersion) {
    spec = proposal(folder_.path());
    makeRootFilesystem(folder_.path() / "rootfs");
    spec.at("process").at("terminal") = false;
    spec.at("process").at("args") = scanCommand(driverVersion);
    seeThisHostsSys(spec);
}

void OciBundle::add(const v1beta1::ContainerAllocateResponse& response) {
    for (const auto& mount : response.mounts()) {
        spec.at("mounts").push_back(bindOf(mount.host_path(), mount.container_path()));
    }
    for (const auto& device : response.devices()) {
        struct stat status {};

        if (::stat(device.host_path().c_str(), &status) != 0) {
            throw std::runtime_error("no device node is at " + device.host_path());
        }
        json node{
            {"type", "c"}, {"major", major(status.st_rdev)}, {"minor", minor(status.st_rdev)}};
        json rule = node;
        node["path"] = device.container_path();
        spec.at("linux")["devices"].push_back(node);
        rule["allow"] = true;
        rule["access"] = device.permissions();
        spec.at("linux").at("resources").at("devices").push_back(rule);
    }
    for (const auto& [name, value] : response.envs()) {
        spec.at("process").at("env").push_back(std::string{name}.append("=").append(value));
    }
}

Outcome OciBundle::run() const {
    writeFile(folder_.path() / "config.json", spec.dump());
    const auto id = "hdp-" + folder_.path().filename().string();
    return testing::run(
        {"runc", "--root", folder_.path() / "state", "run", "--bundle", folder_.path(), id});
}

} // namespace hdp::testing
