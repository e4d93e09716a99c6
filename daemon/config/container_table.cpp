// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/container_table.hpp"

#include "daemon/handover/container_settings.hpp"

#include <array>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <utility>

namespace hdp::config {

namespace {

constexpr auto group = "What a container gets";

template <class Member>
auto inContainer(Member ContainerSettings::*member) {
    return [member](auto& options) -> auto& {
        return options.container.*member;
    };
}

/// Refuses what validate() does.
template <class Member>
Form<Member> checked(Form<Member> form, Member ContainerSettings::*member) {
    form.read = [read = form.read, member](const Value& value) {
        ContainerSettings settings;
        settings.*member = read(value);
        try {
            validate(settings);
        } catch (const std::invalid_argument& error) {
            throw Refusal{value, error.what()};
        }
        return settings.*member;
    };
    return form;
}

template <class Member>
Setting containerSetting(Words words, Member ContainerSettings::*member, Form<Member> form) {
    words.group = group;
    return setting(std::move(words), inContainer(member), checked(std::move(form), member));
}

/// A flag has "KEY=VALUE" in a list where a file has a map.
Form<std::map<std::string, std::string>> annotations() {
    auto form = mapOf(text());
    form.read = [readMap = form.read](const Value& value) {
        if (value.kind != Value::Kind::List) {
            return readMap(value);
        }
        std::map<std::string, std::string> result;
        const auto texts =
            vectorOf(textThat([](const std::string& each) { parseAnnotation(each); })).read(value);
        for (const auto& each : texts) {
            result.insert(parseAnnotation(each));
        }
        return result;
    };
    return form;
}

Form<ContainerMount> mount() {
    return record<ContainerMount>({
        requiredField("host", &ContainerMount::hostPath, absolutePath()),
        requiredField("container", &ContainerMount::containerPath, absolutePath()),
        field("read-only", &ContainerMount::readOnly,
              choice<bool>({{"true", true}, {"false", false}})),
    });
}

Value mountOf(const std::string& text) {
    try {
        return mount().write(parseContainerMount(text));
    } catch (const std::invalid_argument& error) {
        throw Refusal{textValue(text), error.what()};
    }
}

Form<std::uint32_t> octalMode() {
    const auto checkedText = textThat([](const std::string& mode) { parseNodeMode(mode); });
    return {[checkedText](const Value& value) { return parseNodeMode(checkedText.read(value)); },
            [](const std::uint32_t& mode) {
                std::array<char, 16> text{};
                std::snprintf(text.data(), text.size(), "%04o", mode);
                return textValue(text.data());
            }};
}

void addExtras(std::vector<Setting>& all) {
    all.push_back(
        asOneText(containerSetting({.key = "container.env",
                                    .flag = "--container-env",
                                    .argument = "NAME=VALUE",
                                    .group = {},
                                    .help = "Environment variable for each container with a chip"},
                                   &ContainerSettings::env, vectorOf(text())),
                  {.separators = "\n"}));
    all.push_back(asOneText(containerSetting({.key = "container.annotations",
                                              .flag = "--container-annotation",
                                              .argument = "KEY=VALUE",
                                              .group = {},
                                              .help = "Annotation for the container runtime"},
                                             &ContainerSettings::annotations, annotations()),
                            {.separators = "\n"}));
    all.push_back(asOneText(
        containerSetting({.key = "container.mounts",
                          .flag = "--container-mount",
                          .argument = "HOST:CONTAINER[:ro|rw]",
                          .group = {},
                          .help = "File or folder of the host, read-only unless it says otherwise"},
                         &ContainerSettings::mounts, vectorOf(mount())),
        {.separators = "\n", .item = mountOf}));
}

void addNodes(std::vector<Setting>& all) {
    all.push_back(containerSetting({.key = "container.device-permissions",
                                    .flag = "--device-permissions",
                                    .argument = "rw|rwm",
                                    .group = {},
                                    .help = "Access to the device nodes by cgroup"},
                                   &ContainerSettings::devicePermissions, text()));
    all.push_back(containerSetting({.key = "container.node-mode",
                                    .flag = "--node-mode",
                                    .argument = "OCTAL",
                                    .group = {},
                                    .help = "File mode of device nodes that CDI makes"},
                                   &ContainerSettings::nodeMode, octalMode()));
    all.push_back(containerSetting({.key = "container.node-group",
                                    .flag = "--node-group",
                                    .argument = "GID",
                                    .group = {},
                                    .help = "Group id of device nodes that CDI makes"},
                                   &ContainerSettings::nodeGroup,
                                   optional(number<std::uint32_t>())));
}

void addFolders(std::vector<Setting>& all) {
    all.push_back(containerSetting(
        {.key = "container.hailort-library",
         .flag = "--hailort-library",
         .argument = "FOLDER",
         .group = {},
         .help = "Folder with the libhailort.so of the driver's version, for containers"},
        &ContainerSettings::libraryDirectory, optional(absolutePath())));
    all.push_back(containerSetting(
        {.key = "container.monitor-directory",
         .flag = "--monitor-directory",
         .argument = "FOLDER",
         .group = {},
         .help = "Folder where HailoRT in containers writes for hailortcli monitor"},
        &ContainerSettings::monitorDirectory, optional(absolutePath())));
}

} // namespace

void addContainer(std::vector<Setting>& all) {
    addExtras(all);
    addNodes(all);
    addFolders(all);
}

} // namespace hdp::config
