// SPDX-License-Identifier: Apache-2.0
// What the image says it is made of (SBOM), beside what is in it.
#include "tests/runtime/command.hpp"
#include "tests/support/temporary_directory.hpp"

#include <gmock/gmock.h>
#include <nlohmann/json.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

namespace hdp::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::IsSupersetOf;

std::string environment(const char* name) {
    const char* value = std::getenv(name); // NOLINT(concurrency-mt-unsafe)
    return value == nullptr ? std::string{} : value;
}

class TheImagesListOfParts : public ::testing::Test {
  protected:
    void SetUp() override {
        const auto made =
            run({"python3", environment("HDP_SOURCE_ROOT") + "/charts/image/make_root.py",
                 environment("HDP_DAEMON"), root});
        ASSERT_EQ(made.exitCode, 0) << made.errors;
        std::ifstream file{root / "usr/share/sbom/hailo-device-plugin.spdx.json"};
        list = nlohmann::json::parse(file);
    }

    /// Names of Debian's packages.
    [[nodiscard]] std::set<std::string> parts(const std::string& how) const {
        std::map<std::string, std::string> names;
        for (const auto& package : list.at("packages")) {
            names[package.at("SPDXID")] = package.at("name");
        }
        std::set<std::string> found;
        for (const auto& relation : list.at("relationships")) {
            if (relation.at("relationshipType") == how) {
                found.insert(names.at(relation.at("relatedSpdxElement")));
            }
        }
        return found;
    }

    TemporaryDirectory folder;
    fs::path root = folder.path() / "root";
    nlohmann::json list;
};

TEST_F(TheImagesListOfParts, NamesWhatIsInsideTheBinaryAndWhatItLoads) {
    const auto inside = parts("STATIC_LINK");
    const auto loaded = parts("DYNAMIC_LINK");
    EXPECT_THAT(loaded, IsSupersetOf({"libc6", "libstdc++6", "libudev1"}));
    // Or, with -Dstatic_grpc=disabled, the other way round.
    const std::set<std::string> libraries{"libabsl-dev", "libgrpc-dev", "libprotobuf-dev"};
    if (!inside.empty()) {
        EXPECT_THAT(inside, IsSupersetOf(libraries));
    } else {
        EXPECT_THAT(loaded, Contains("libprotobuf32"));
    }
}

TEST_F(TheImagesListOfParts, ComesWithTheLicenceOfEach) {
    for (const auto* how : {"STATIC_LINK", "DYNAMIC_LINK"}) {
        for (const auto& package : parts(how)) {
            EXPECT_TRUE(fs::exists(root / "usr/share/doc" / package / "copyright")) << package;
        }
    }
}

} // namespace
} // namespace hdp::testing
