// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hdp::testing {

/// Fills a folder with all that a container of these tests needs: busybox, and the stand-in of
/// HailoRT's scan, which the environment variable HDP_HAILORT_SCAN names.
void makeRootFilesystem(const std::filesystem::path& folder);

/// The words that run the scan in such a container, as the HailoRT of a driver version would.
std::vector<std::string> scanCommand(std::string_view driverVersion);

} // namespace hdp::testing
