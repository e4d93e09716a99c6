// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/chart_pod.hpp"
#include "tests/runtime/host.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>

namespace hdp::testing {

inline std::string environment(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string{} : value;
}

inline std::filesystem::path source() {
    return environment("HDP_SOURCE_ROOT");
}

/// The image's root filesystem with the daemon in a pod as the chart makes it, beside a kubelet, on
/// a host with one chip. With HDP_IMAGE, a file that `podman save` wrote, it is that image.
class ThePodOfTheChartTest : public ::testing::Test {
  protected:
    static void SetUpTestSuite() {
        if (!archive().empty()) {
            return;
        }
        image = std::make_unique<TemporaryDirectory>();
        const auto made = run({"python3", source() / "charts/image/make_root.py",
                               environment("HDP_DAEMON"), image->path() / "root"});
        ASSERT_EQ(made.exitCode, 0) << made.errors;
    }

    static void TearDownTestSuite() { image.reset(); }

    ThePodOfTheChartTest() { chip = host.plug({.address = {0, 1, 0, 0}, .index = 0}); }

    void start(const std::string& settings = "") {
        host.node.kubelet.start();
        writeConfig("1", settings);
        // A Container does not move, so std::make_unique cannot have it.
        // NOLINTNEXTLINE(modernize-make-unique)
        container.reset(new Container(served()));
    }

    static std::filesystem::path archive() { return environment("HDP_IMAGE"); }

    [[nodiscard]] Container served() const {
        return archive().empty() ? host.podman.serve("plugin", flags(), image->path() / "root",
                                                     {"/usr/bin/hailo-device-plugin"})
                                 : host.podman.serveImage("plugin", flags(), archive());
    }

    /// As a kubelet writes a ConfigMap: a folder for each version, and a link that is replaced.
    void writeConfig(const std::string& version, const std::string& more) const {
        const auto folder = host.node.folder.path() / "config";
        writeFile(folder / version / "config.yaml", pod.config() + "\n" + more);
        std::filesystem::create_symlink(version, folder / "..data_tmp");
        std::filesystem::rename(folder / "..data_tmp", folder / "..data");
        if (!std::filesystem::is_symlink(folder / "config.yaml")) {
            std::filesystem::create_symlink("..data/config.yaml", folder / "config.yaml");
        }
    }

    [[nodiscard]] Flags flags() const {
        Flags flags = pod.securityFlags();
        for (const auto& flag : pod.environmentFlags("node1")) {
            flags.push_back(flag);
        }
        flags.push_back(volume(host.node.folder.path() / "config", pod.configFolder(), true));
        for (const auto& folder : pod.folders()) {
            flags.push_back(volume(counterpart(folder.onHost), folder.inPod, folder.readOnly));
        }
        flags.insert(flags.end(), moreFlags.begin(), moreFlags.end());
        return flags;
    }

    [[nodiscard]] std::filesystem::path counterpart(const std::filesystem::path& onHost) const {
        const auto& node = host.node;
        const auto name = onHost.filename();
        auto path = name == "device-plugins"  ? node.kubeletDirectory()
                    : name == "pod-resources" ? node.folder.path() / "pods"
                    : name == "cdi"           ? node.cdiFile().parent_path()
                                              : node.stateDirectory();
        std::filesystem::create_directories(path);
        return path;
    }

    static std::string
    volume(const std::filesystem::path& from, const std::filesystem::path& to, bool readOnly) {
        return "--volume=" + from.string() + ":" + to.string() + (readOnly ? ":ro" : "");
    }

    [[nodiscard]] bool kubeletSeesTheChip() {
        const bool sees = host.node.kubeletSees({{idOf(chip), "Healthy"}});
        if (!sees) {
            ADD_FAILURE() << container->log();
        }
        return sees;
    }

    static inline std::unique_ptr<TemporaryDirectory> image;
    ChartPod pod{source() / "charts/manifests/hailo-device-plugin.yaml"};
    Flags moreFlags;
    Host host;
    MockChip chip;
    std::unique_ptr<Container> container;
};

} // namespace hdp::testing
