// SPDX-License-Identifier: Apache-2.0
#include "tests/runtime/root_filesystem.hpp"

#include "tests/support/mock_chip.hpp"

#include <cstdlib>
#include <stdexcept>

namespace hdp::testing {

namespace fs = std::filesystem;

namespace {

fs::path scanProgram() {
    const char* path = std::getenv("HDP_HAILORT_SCAN"); // NOLINT(concurrency-mt-unsafe)
    if (path == nullptr) {
        throw std::runtime_error("HDP_HAILORT_SCAN does not name the stand-in of HailoRT's scan");
    }
    return path;
}

} // namespace

void makeRootFilesystem(const fs::path& folder) {
    for (const auto* name : {"bin", "dev", "etc", "proc", "run", "sys", "tmp"}) {
        fs::create_directories(folder / name);
    }
    fs::copy_file("/bin/busybox", folder / "bin/busybox");
    for (const auto* name : {"cat", "env", "ls", "sh", "sleep", "stat"}) {
        fs::create_symlink("busybox", folder / "bin" / name);
    }
    fs::copy_file(scanProgram(), folder / "bin/hailort_scan");
}

std::vector<std::string> scanCommand(std::string_view driverVersion) {
    const auto& generation = generationOf(driverVersion);
    std::vector<std::string> words{"/bin/hailort_scan", std::string{generation.classFolder},
                                   std::string{generation.addressAttribute}};
    if (generation.hasAcceleratorType) {
        words.emplace_back("accelerator_type");
    }
    return words;
}

} // namespace hdp::testing
