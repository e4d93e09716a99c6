// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/runtime/host.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::testing {

/// A host for each test. In the end the official CDI library has to agree with what the daemon
/// wrote last.
class RuntimeTest : public ::testing::Test {
  protected:
    void TearDown() override;

    /// Waits until the CDI file describes the chip as it is plugged now.
    [[nodiscard]] bool comesToDescribe(const MockChip& chip) const;

    /// Waits until the CDI file has devices of these names, in this order, and no other.
    [[nodiscard]] bool comesToName(const std::vector<std::string>& names) const;

    Host host;
};

/// Whether the official CDI library reads the file without an error, finds in it what our own
/// parser finds, and takes its version for the lowest that will do.
::testing::AssertionResult libraryAgreesWith(const std::filesystem::path& file);

} // namespace hdp::testing
