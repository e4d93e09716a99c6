// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/container_settings.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace hdp {

/// Environment and mounts that a container gets besides its chips.
struct ContainerExtras {
    std::map<std::string, std::string> env{};
    std::vector<ContainerMount> mounts{};

    friend bool operator==(const ContainerExtras&, const ContainerExtras&) = default;
};

/// What of the settings the host can give at this moment. A mount whose host path is absent would
/// keep every container with a chip from starting; so it is left out, and named.
struct FoundExtras {
    ContainerExtras extras{};
    std::vector<std::string> missing{}; ///< sentences
};

/// What every container gets, whatever its chips. Looks at the disk.
FoundExtras findExtras(const ContainerSettings& settings);

/// What containers whose chips have a driver of that version get: the folder with the libhailort
/// of exactly that version. Empty without a library directory; nothing if that has no such library.
/// Looks at the disk.
std::optional<ContainerExtras> findLibrary(const ContainerSettings& settings,
                                           const std::string& driverVersion);

/// The sentence about a library that is not there.
std::string absenceOfLibrary(const ContainerSettings& settings, const std::string& driverVersion);

} // namespace hdp
