// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/command.hpp"
#include "tests/support/temporary_directory.hpp"

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// Flags of `podman run`.
using Flags = std::vector<std::string>;

/// A container that waits for commands. Destruction ends it.
class Container {
  public:
    /// The words begin with podman's, up to its command; the name is the container's.
    Container(std::vector<std::string> podman, std::string name);
    Container(const Container&) = delete;
    Container(Container&&) = delete;
    Container& operator=(const Container&) = delete;
    Container& operator=(Container&&) = delete;
    ~Container();

    /// Runs a command inside.
    [[nodiscard]] Outcome execute(const std::vector<std::string>& command) const;

    /// Runs the stand-in of HailoRT's scan, as it is for a driver version.
    [[nodiscard]] Outcome scan(std::string_view driverVersion = "4.23.0") const;

    /// What it has written so far.
    [[nodiscard]] std::string log() const;

    /// Its first process, as this PID namespace counts.
    [[nodiscard]] std::string processId() const;

    /// Sends SIGTERM; the exit code, or 137 if it is still there after ten seconds.
    [[nodiscard]] std::string stop() const;

  private:
    [[nodiscard]] std::string ask(const std::vector<std::string>& command) const;

    std::vector<std::string> podman_;
    std::string name_;
};

/// Debian's podman with runc, and a root filesystem for its containers. In place of a sysfs of
/// their own, which would show this machine's devices, containers see what is mounted on /sys,
/// read-only as sysfs would be.
class Podman {
  public:
    Podman();

    /// Runs a command in a new container to its end.
    [[nodiscard]] Outcome run(const Flags& flags, const std::vector<std::string>& command) const;

    /// Runs the stand-in of HailoRT's scan in a new container.
    [[nodiscard]] Outcome scan(const Flags& flags, std::string_view driverVersion = "4.23.0") const;

    /// Starts a container that stays. Throws std::runtime_error with podman's words.
    [[nodiscard]] Container start(const std::string& name, const Flags& flags) const;

    /// Starts a container that runs a command on a root filesystem of its own.
    [[nodiscard]] Container serve(const std::string& name,
                                  const Flags& flags,
                                  const std::filesystem::path& root,
                                  const std::vector<std::string>& command) const;

    /// Starts a container of an image that `podman save` wrote, as the image says that it starts.
    [[nodiscard]] Container serveImage(const std::string& name,
                                       const Flags& flags,
                                       const std::filesystem::path& archive) const;

    [[nodiscard]] std::filesystem::path rootFilesystem() const;

  private:
    [[nodiscard]] Container started(const std::string& name,
                                    const std::vector<std::string>& command) const;
    [[nodiscard]] std::vector<std::string> base() const;
    /// What runs a container of something: "--rootfs" and a folder, or an image.
    [[nodiscard]] std::vector<std::string> words(const Flags& flags,
                                                 const std::vector<std::string>& of,
                                                 const std::vector<std::string>& command) const;

    TemporaryDirectory folder_;
};

/// "--device hailo.ai/device=NAME" for each name.
Flags cdiDevices(const std::vector<std::string>& names);

} // namespace hdp::testing
