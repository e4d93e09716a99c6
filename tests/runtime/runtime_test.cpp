// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/runtime_test.hpp"

#include "cdi/spec_json.hpp"
#include "tests/integration/eventually.hpp"
#include "tests/runtime/cdi_library.hpp"
#include "tests/support/temporary_directory.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace hdp::testing {

namespace fs = std::filesystem;
using ::testing::AssertionFailure;
using ::testing::AssertionResult;
using ::testing::AssertionSuccess;

namespace {

std::vector<std::string> namesIn(const cdi::Spec& spec) {
    std::vector<std::string> names;
    std::ranges::transform(spec.devices, std::back_inserter(names), &cdi::Device::name);
    return names;
}

cdi::Spec parsed(const fs::path& file) {
    std::ifstream stream{file};
    return cdi::parseSpec(std::string{std::istreambuf_iterator<char>{stream}, {}});
}

AssertionResult agree(const CdiFolder& seen, const cdi::Spec& own) {
    if (!seen.errors.empty()) {
        const auto& [path, errors] = *seen.errors.begin();
        return AssertionFailure() << path << ": " << errors.front();
    }
    if (seen.files.size() != 1) {
        return AssertionFailure() << "the library finds " << seen.files.size() << " files";
    }
    const auto& file = seen.files.front();
    if (file.version != file.minimum) {
        return AssertionFailure() << "has version " << file.version << " and needs "
                                  << file.minimum;
    }
    // The library has them in an order of its own.
    auto names = namesIn(own);
    std::ranges::sort(names);
    auto theirs = file.devices;
    std::ranges::sort(theirs);
    return names == theirs ? AssertionSuccess()
                           : AssertionFailure() << "the library finds other devices";
}

} // namespace

void RuntimeTest::TearDown() {
    if (fs::exists(host.node.cdiFile())) {
        EXPECT_TRUE(libraryAgreesWith(host.node.cdiFile()));
    }
}

bool RuntimeTest::comesToDescribe(const MockChip& chip) const {
    return eventually([&] { return host.node.cdiNodeOf(idOf(chip)) == "/dev/" + chip.nodeName(); });
}

bool RuntimeTest::comesToName(const std::vector<std::string>& names) const {
    return eventually([&] {
        const auto spec = host.node.cdiSpec();
        return spec && namesIn(*spec) == names;
    });
}

AssertionResult libraryAgreesWith(const fs::path& file) {
    const TemporaryDirectory alone;
    fs::copy_file(file, alone.path() / file.filename());
    return agree(readCdiFolder(alone.path()), parsed(file));
}

} // namespace hdp::testing
