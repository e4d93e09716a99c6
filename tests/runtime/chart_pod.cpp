// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/chart_pod.hpp"

#include <map>
#include <stdexcept>

#include <yaml-cpp/yaml.h>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

void expect(const YAML::Node& node, const std::string& value, const std::string& what) {
    if (!node.IsDefined() || node.Scalar() != value) {
        throw std::runtime_error("the chart's pod has another " + what + " than " + value);
    }
}

/// What one member of a security context is for podman.
Flags flagsOf(const std::string& key, const YAML::Node& value, const YAML::Node& context) {
    if (key == "runAsUser") {
        return {"--user=" + value.Scalar() + ":" + context["runAsGroup"].Scalar()};
    }
    if (key == "allowPrivilegeEscalation") {
        expect(value, "false", key);
        return {"--security-opt=no-new-privileges"};
    }
    if (key == "readOnlyRootFilesystem") {
        expect(value, "true", key);
        return {"--read-only", "--read-only-tmpfs=false"};
    }
    if (key == "capabilities") {
        expect(value["drop"][0], "ALL", "capabilities");
        return {"--cap-drop=ALL"};
    }
    if (key == "privileged") {
        expect(value, "false", key);
    } else if (key == "seccompProfile") {
        expect(value["type"], "RuntimeDefault", key);
    } else if (key != "runAsGroup" && key != "seLinuxOptions") {
        throw std::runtime_error("the chart's security context has something new: " + key);
    }
    return {};
}

Flags securityOf(const YAML::Node& container) {
    Flags flags;
    const auto context = container["securityContext"];
    for (const auto& member : context) {
        for (auto& flag : flagsOf(member.first.Scalar(), member.second, context)) {
            flags.push_back(std::move(flag));
        }
    }
    if (flags.size() != 5) {
        throw std::runtime_error("the chart's security context lacks something");
    }
    return flags;
}

std::vector<std::string> probesOf(const YAML::Node& container) {
    const auto authority = "http://127.0.0.1:" + container["ports"][0]["containerPort"].Scalar();
    std::vector<std::string> urls;
    for (const std::string name : {"startupProbe", "livenessProbe", "readinessProbe"}) {
        const auto request = container[name]["httpGet"];
        expect(request["port"], container["ports"][0]["name"].Scalar(), name + "'s port");
        urls.push_back(authority + request["path"].Scalar());
    }
    return urls;
}

} // namespace

ChartPod::ChartPod(const fs::path& manifests) {
    for (const auto& object : YAML::LoadAllFromFile(manifests)) {
        const auto kind = object["kind"].Scalar();
        if (kind == "ConfigMap") {
            config_ = object["data"]["config.yaml"].Scalar();
        } else if (kind == "DaemonSet") {
            readPod(YAML::Dump(object["spec"]["template"]["spec"]));
        }
    }
    if (config_.empty() || folders_.empty()) {
        throw std::runtime_error(manifests.string() + " lacks a ConfigMap or a DaemonSet");
    }
}

void ChartPod::readPod(const std::string& text) {
    const auto pod = YAML::Load(text);
    const auto container = pod["containers"][0];
    expect(pod["hostNetwork"], "false", "hostNetwork");
    security_ = securityOf(container);
    probes_ = probesOf(container);
    for (const auto& variable : container["env"]) {
        expect(variable["valueFrom"]["fieldRef"]["fieldPath"], "spec.nodeName", "variable");
        nodeNames_.push_back(variable["name"].Scalar());
    }
    std::map<std::string, fs::path> sources;
    for (const auto& volume : pod["volumes"]) {
        if (const auto source = volume["hostPath"]) {
            sources[volume["name"].Scalar()] = source["path"].Scalar();
        }
    }
    for (const auto& mount : container["volumeMounts"]) {
        const auto source = sources.find(mount["name"].Scalar());
        if (source == sources.end()) {
            configFolder_ = mount["mountPath"].Scalar();
        } else {
            folders_.push_back({.onHost = source->second,
                                .inPod = mount["mountPath"].Scalar(),
                                .readOnly = mount["readOnly"].as<bool>(false)});
        }
    }
}

Flags ChartPod::environmentFlags(const std::string& nodeName) const {
    Flags flags;
    for (const auto& variable : nodeNames_) {
        flags.push_back(std::string{"--env="}.append(variable).append("=").append(nodeName));
    }
    return flags;
}

Flags ChartPod::securityFlags() const {
    return security_;
}

} // namespace hdp::testing
