// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace hdp::config {

/// The content of a configuration file, at most 1 MiB of UTF-8 without NUL; nothing if there is no
/// such file. Reads regular files only, so that no pipe can hold the loop up. Throws
/// std::invalid_argument with one sentence that names the file.
std::optional<std::string> readFileText(const std::filesystem::path& path);

} // namespace hdp::config
