// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/run_flags.hpp"

#include <sstream>

namespace hdp::testing {

namespace {

using Response = v1beta1::ContainerAllocateResponse;

void addEnvironment(const Response& response, Flags& flags) {
    for (const auto& [name, value] : response.envs()) {
        flags.push_back(std::string{"--env="}.append(name).append("=").append(value));
    }
}

void addMounts(const Response& response, Flags& flags) {
    for (const auto& mount : response.mounts()) {
        flags.push_back("--volume=" + mount.host_path() + ":" + mount.container_path() +
                        (mount.read_only() ? ":ro" : ""));
    }
}

void addNodes(const Response& response, const std::filesystem::path& folder, Flags& flags) {
    for (const auto& device : response.devices()) {
        const auto link = folder / ("node-" + std::to_string(flags.size()));
        std::filesystem::remove(link);
        std::filesystem::create_symlink(device.host_path(), link);
        flags.push_back("--device=" + link.string() + ":" + device.container_path() + ":" +
                        device.permissions());
    }
}

} // namespace

std::vector<std::string> cdiNamesIn(const Response& response) {
    std::vector<std::string> names;
    for (const auto& device : response.cdi_devices()) {
        names.push_back(device.name());
    }
    for (const auto& [key, value] : response.annotations()) {
        std::istringstream list{key.starts_with("cdi.k8s.io/") ? value : ""};
        for (std::string name; std::getline(list, name, ',');) {
            names.push_back(name);
        }
    }
    return names;
}

Flags flagsFor(const Response& response, const std::filesystem::path& folder) {
    Flags flags;
    addEnvironment(response, flags);
    addMounts(response, flags);
    addNodes(response, folder, flags);
    for (const auto& name : cdiNamesIn(response)) {
        flags.push_back("--device=" + name);
    }
    return flags;
}

} // namespace hdp::testing
