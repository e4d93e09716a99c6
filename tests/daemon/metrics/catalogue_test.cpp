// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/catalogue.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace hdp::metrics {
namespace {

TEST(TheCatalogue, IsWhatTheDocumentationShows) {
    const std::filesystem::path root{std::getenv("HDP_SOURCE_ROOT")};
    std::ifstream file{root / "docs" / "metrics.md"};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};

    EXPECT_NE(text.find("<!-- metrics -->\n" + catalogue::table() + "<!-- /metrics -->"),
              std::string::npos)
        << "put this into docs/metrics.md:\n"
        << catalogue::table();
}

} // namespace
} // namespace hdp::metrics
