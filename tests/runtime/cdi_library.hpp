// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/command.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace hdp::testing {

/// A CDI file that the official library accepts.
struct CdiFile {
    std::filesystem::path path;
    std::string version;
    std::string minimum; ///< the lowest version that has all that is used in it
    std::vector<std::string> devices;
};

/// What the official library makes of a folder.
struct CdiFolder {
    std::vector<std::string> devices; ///< that can be asked for, qualified, sorted
    std::map<std::string, std::vector<std::string>> errors;
    std::vector<CdiFile> files;
};

/// The same program, built with one version of the library or another.
enum class CdiLibrary {
    Newest,
    Old ///< 1.0.1, as in containerd 2.2: it notices a renamed file by the name it had before
};

/// The words that start tests/runtime/cdi_library, whose binary the environment variable
/// HDP_CDI_LIBRARY or HDP_OLD_CDI_LIBRARY names. Throws std::runtime_error without it.
std::vector<std::string> cdiLibrary(const std::vector<std::string>& arguments,
                                    CdiLibrary library = CdiLibrary::Newest);

/// Reads a folder once. Throws std::runtime_error with the library's words.
CdiFolder readCdiFolder(const std::filesystem::path& folder);

/// A cache that watches a folder, as that of containerd and CRI-O.
class CdiCache {
  public:
    explicit CdiCache(const std::filesystem::path& folder, CdiLibrary library = CdiLibrary::Newest);

    /// What it knows now.
    CdiFolder ask();

  private:
    Command follow_;
    std::size_t answers_ = 0;
};

/// An OCI runtime specification after the library has given devices to its container. Throws
/// std::runtime_error with the library's words.
nlohmann::json applied(const nlohmann::json& spec,
                       const std::filesystem::path& folder,
                       const std::vector<std::string>& devices);

} // namespace hdp::testing
