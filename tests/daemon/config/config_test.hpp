// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/config/configuration.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <stdexcept>
#include <string>
#include <string_view>

namespace hdp::testing {

/// A configuration file in a folder of its own, an empty environment and no flags.
class ConfigTest : public ::testing::Test {
  protected:
    ConfigTest() { sources.isFileNamed = true; }

    void write(std::string_view text) const { writeFile(sources.file, text); }

    /// The options of sources that are good.
    [[nodiscard]] Options options() const { return config::load(sources).options; }

    [[nodiscard]] Options optionsOf(std::string_view text) const {
        write(text);
        return options();
    }

    /// What is said against the sources; empty if nothing is.
    [[nodiscard]] std::string refusal() const {
        try {
            static_cast<void>(config::load(sources));
            return {};
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
    }

    /// What is said against a file of this text, behind the file's name and a colon.
    [[nodiscard]] std::string refusalOf(std::string_view text) const {
        write(text);
        auto sentence = refusal();
        const auto name = sources.file.string() + ":";
        if (sentence.starts_with(name)) {
            sentence.erase(0, name.size());
        }
        return sentence;
    }

    TemporaryDirectory folder;
    config::Sources sources{.file = folder.path() / "config.yaml"};
};

/// None of them as by default.
inline ContainerSettings everyContainerSetting() {
    return {.env = {"A=b"},
            .annotations = {{"a.ai/b", "c"}},
            .mounts = {{"/h", "/i", false}},
            .devicePermissions = "rwm",
            .nodeMode = 0660,
            .nodeGroup = 44,
            .libraryDirectory = "/l",
            .monitorDirectory = "/m"};
}

inline Simulation everySimulationSetting() {
    return {.isOn = true,
            .count = 3,
            .idPrefix = "a",
            .nodeName = "b",
            .annotationPrefix = "c.ai/d",
            .envPrefix = "E",
            .deviceFilePrefix = "f",
            .numaNodes = {1, 0},
            .script = {{std::chrono::seconds{5}, 1, SimulatedState::Gone}}};
}

} // namespace hdp::testing
