// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/fake_kubelet.hpp"
#include "tests/fake_kubelet/sample_plugin.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

namespace hdp::testing {

/// A folder below the system's temporary one, gone with the object.
class PluginFolder {
  public:
    PluginFolder();
    ~PluginFolder();
    PluginFolder(const PluginFolder&) = delete;
    PluginFolder& operator=(const PluginFolder&) = delete;
    PluginFolder(PluginFolder&&) = delete;
    PluginFolder& operator=(PluginFolder&&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// A kubelet, not yet started, on a folder of its own.
class KubeletTest : public ::testing::Test {
  protected:
    static const std::string resource;

    /// Replaces the kubelet of the fixture; the options' directory is filled in.
    FakeKubelet& startKubelet(KubeletOptions options = {});

    [[nodiscard]] std::filesystem::path folder() const { return folder_.path(); }

    [[nodiscard]] std::filesystem::path kubeletSocket() const { return folder() / "kubelet.sock"; }

    /// Registers and waits for the first list.
    void connect(const SamplePlugin& plugin);
    grpc::Status registerPlugin(const SamplePlugin& plugin);

  private:
    PluginFolder folder_;

  protected:
    std::optional<FakeKubelet> kubelet_;
};

/// The errno of connecting to a unix socket; 0 on success.
int connectError(const std::filesystem::path& socket);

} // namespace hdp::testing
