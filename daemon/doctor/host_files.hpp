// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace hdp::doctor {

/// The content of a regular file, at most 1 MiB of it; nothing if it cannot be read. Never waits
/// for a writer.
std::optional<std::string> readFile(const std::filesystem::path& path);

/// What the file says in its first line, without spaces around; empty if it cannot be read.
std::string firstLine(const std::filesystem::path& path);

/// The lines of a text, each without spaces around and without what follows a '#'.
std::vector<std::string> settingLines(const std::string& text);

/// The paths of all entries of a folder, sorted; none if it cannot be read.
std::vector<std::filesystem::path> entriesOf(const std::filesystem::path& folder);

/// False for what is not there and for what cannot be looked at.
bool isThere(const std::filesystem::path& path);

} // namespace hdp::doctor
