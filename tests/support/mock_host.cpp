// SPDX-License-Identifier: Apache-2.0
#include "tests/support/mock_host.hpp"

namespace hdp::testing {

namespace fs = std::filesystem;

MockHost::MockHost() {
    fs::create_directory(root_.path() / "sys");
    fs::create_directory(root_.path() / "dev");
}

void MockHost::add(const Fixture& fixture) {
    materialise(fixture, root_.path());
}

void MockHost::add(std::string_view fixtureName) {
    add(Fixture::load(fixtureName));
}

void MockHost::add(const std::vector<MockChip>& chips) {
    add(fixtureOf(chips));
}

void MockHost::write(const std::string& path, std::string_view content) const {
    fs::remove_all(inRoot(path));
    writeFile(inRoot(path), content);
}

void MockHost::link(const std::string& path, const fs::path& target) const {
    fs::remove_all(inRoot(path));
    fs::create_directories(inRoot(path).parent_path());
    fs::create_symlink(target, inRoot(path));
}

void MockHost::makeFolder(const std::string& path) const {
    fs::remove_all(inRoot(path));
    fs::create_directories(inRoot(path));
}

void MockHost::remove(const std::string& path) const {
    fs::remove_all(inRoot(path));
}

fs::path MockHost::inRoot(std::string_view path) const {
    return root_.path() / fs::path(path).relative_path();
}

hotplug::Scan MockHost::scan() const {
    return hotplug::SysfsScanner{inRoot("/sys"), ""}.scan();
}

hotplug::Scan MockHost::scanWithNodes() const {
    return hotplug::SysfsScanner{inRoot("/sys"), inRoot("/dev")}.scan();
}

std::vector<hotplug::Reason> reasonsOf(const hotplug::Device& device) {
    std::vector<hotplug::Reason> reasons;
    for (const hotplug::Problem& problem : device.problems) {
        reasons.push_back(problem.reason);
    }
    return reasons;
}

} // namespace hdp::testing
