// SPDX-License-Identifier: Apache-2.0
#include "tests/support/testbed.hpp"

#include "tests/support/uevent_listener.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>
#include <stdexcept>

#include <unistd.h>

namespace hdp::testing {

namespace {

namespace fs = std::filesystem;

std::string readFile(const fs::path& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

fs::path rootOf(UMockdevTestbed* testbed) {
    gchar* text = umockdev_testbed_get_root_dir(testbed);
    fs::path root{text};
    g_free(text);
    return root;
}

/// umockdev writes each attribute with fsync(), which takes a hundredth of the time in memory, and
/// chooses the place by TMPDIR. That is only borrowed: GLib looks at it once, and programs that are
/// started should not see it.
UMockdevTestbed* makeTestbed() {
    const char* memory = "/dev/shm";
    if (::access(memory, W_OK) != 0) {
        return umockdev_testbed_new();
    }
    const char* variable = g_getenv("TMPDIR");
    const auto own = variable == nullptr ? std::nullopt : std::optional<std::string>{variable};
    g_setenv("TMPDIR", memory, 1);
    UMockdevTestbed* testbed = umockdev_testbed_new();
    if (own) {
        g_setenv("TMPDIR", own->c_str(), 1);
    } else {
        g_unsetenv("TMPDIR");
    }
    return testbed;
}

} // namespace

Testbed::Testbed() : testbed_(makeTestbed()), root_(rootOf(testbed_.get())) {
    if (umockdev_in_mock_environment() == 0) {
        throw std::logic_error("this program must run under umockdev-wrapper");
    }
    fs::create_directories(root_ / "dev");
}

Testbed::~Testbed() = default;

void Testbed::load(const Fixture& fixture) {
    for (const MockModule& module : fixture.modules) {
        addModule(module);
    }
    for (const DeviceBlock& device : fixture.devices) {
        add(device.text);
    }
}

Testbed::Clock::time_point Testbed::plug(const MockChip& chip) {
    const auto paths = chip.bridgePaths();
    const auto blocks = chip.bridgeBlocks();
    for (std::size_t index = 0; index < paths.size(); ++index) {
        if (!fs::exists(inRoot(paths[index]) / "uevent")) {
            add(blocks[index]);
        }
    }
    if (chip.isBound) {
        addModule(chip.module());
    }
    add(chip.pciBlock());
    const auto moment = Clock::now();
    if (chip.isBound) {
        add(chip.classBlock());
        uevent(chip.pciPath(), "bind");
    }
    return moment;
}

void Testbed::unplug(const MockChip& chip) {
    const std::string path = chip.pciPath();
    if (fs::is_symlink(driverLink(chip))) {
        unbind(chip);
    }
    fs::remove(root_ / "sys/bus/pci/devices" / toString(chip.address));
    uevent(path, "remove");
    fs::remove_all(inRoot(path));
}

MockChip Testbed::replug(MockChip chip, unsigned index) {
    unplug(chip);
    chip.index = index;
    plug(chip);
    return chip;
}

Testbed::Clock::time_point Testbed::unbind(const MockChip& chip) {
    const auto moment = removeClassDevice(chip);
    fs::remove(driverLink(chip));
    setAttribute(chip.pciPath(), "enable", "0\n");
    uevent(chip.pciPath(), "unbind");
    return moment;
}

Testbed::Clock::time_point Testbed::bind(const MockChip& chip) {
    const MockModule module = chip.module();
    addModule(module);
    fs::create_directory_symlink(root_ / "sys/bus/pci/drivers" / module.driver, driverLink(chip));
    setAttribute(chip.pciPath(), "enable", "1\n");
    const auto moment = Clock::now();
    add(chip.classBlock());
    uevent(chip.pciPath(), "bind");
    return moment;
}

void Testbed::setModuleVersion(std::string_view module, std::string_view version) {
    writeFile(root_ / "sys/module" / module / "version", std::string(version) + "\n");
}

void Testbed::setAttribute(const std::string& path,
                           const std::string& name,
                           std::string_view content) {
    writeFile(inRoot(path) / name, content);
}

Testbed::Clock::time_point Testbed::uevent(const std::string& path,
                                           const std::string& action,
                                           const std::vector<std::string>& properties) {
    const fs::path file = inRoot(path) / "uevent";
    if (!fs::exists(file)) {
        throw std::invalid_argument("no device at " + path);
    }
    if (properties.empty()) {
        return send(path, action);
    }
    // umockdev sends what this file says.
    const std::string own = readFile(file);
    std::string all = own;
    for (const std::string& property : properties) {
        all += property + "\n";
    }
    writeFile(file, all);
    const auto moment = send(path, action);
    writeFile(file, own);
    return moment;
}

fs::path Testbed::inRoot(const std::string& path) const {
    return root_ / fs::path(path).relative_path();
}

fs::path Testbed::driverLink(const MockChip& chip) const {
    return inRoot(chip.pciPath()) / "driver";
}

Testbed::Clock::time_point Testbed::send(const std::string& path, const std::string& action) {
    waitForRoom();
    const auto moment = Clock::now();
    umockdev_testbed_uevent(testbed_.get(), path.c_str(), action.c_str());
    return moment;
}

/// umockdev aborts the program when a listener's queue is full.
void Testbed::waitForRoom() const {
    constexpr int deadlineMilliseconds = 10'000;
    for (const auto& listener : listeners()) {
        if (!hasRoomWithin(deadlineMilliseconds, listener)) {
            throw std::runtime_error("a listener does not take its uevents: " + listener.string());
        }
    }
}

bool Testbed::hasRoom() const {
    return std::ranges::all_of(listeners(),
                               [](const fs::path& listener) { return hasRoomWithin(0, listener); });
}

std::vector<fs::path> Testbed::listeners() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(root_)) {
        if (entry.path().filename().string().starts_with("event")) {
            found.push_back(entry.path());
        }
    }
    return found;
}

void Testbed::add(const std::string& block) {
    waitForRoom();
    GError* error = nullptr;
    umockdev_testbed_add_from_string(testbed_.get(), block.c_str(), &error);
    if (error != nullptr) {
        const std::string message = error->message;
        g_error_free(error);
        throw std::invalid_argument("umockdev_testbed_add_from_string: " + message);
    }
}

void Testbed::addModule(const MockModule& module) {
    if (readFile(root_ / "sys/module" / module.name / "version") != module.version + "\n") {
        materialise(module, root_ / "sys");
    }
}

Testbed::Clock::time_point Testbed::removeClassDevice(const MockChip& chip) {
    const std::string path = chip.classPath();
    const std::string device = readFile(inRoot(path) / "dev");
    fs::remove(root_ / "sys/class" / chip.generation().classFolder / chip.nodeName());
    fs::remove(root_ / "sys/dev/char" / device.substr(0, device.find('\n')));
    fs::remove(root_ / "dev" / chip.nodeName());
    fs::remove(root_ / "dev/.node" / chip.nodeName());
    const auto moment = uevent(path, "remove");
    fs::remove_all(inRoot(path));
    return moment;
}

} // namespace hdp::testing
