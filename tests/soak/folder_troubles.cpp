// SPDX-License-Identifier: Apache-2.0
#include "tests/soak/inotify_limit.hpp"
#include "tests/soak/inspection.hpp"
#include "tests/soak/machine.hpp"
#include "tests/soak/troubles.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/remove_all.hpp"

#include <filesystem>
#include <string>

namespace hdp::testing {

using namespace std::chrono_literals;
namespace fs = std::filesystem;

namespace {

/// In one go, so that the daemon does not put anything into a folder that is being emptied.
void takeAway(const fs::path& folder) {
    const auto away = folder.string() + ".old";
    fs::rename(folder, away);
    removeAll(away);
}

/// By renaming, as a careful writer does.
void replace(const fs::path& file, const std::string& content) {
    const auto written = file.parent_path().parent_path() / "written";
    writeFile(written, content);
    fs::rename(written, file);
}

void link(const fs::path& file) {
    const auto made = file.parent_path().parent_path() / "made";
    fs::create_symlink("/etc/passwd", made);
    fs::rename(made, file);
}

} // namespace

void removeCdiFolder(Machine& machine) {
    machine.note("the CDI folder is removed");
    takeAway(machine.node.cdiDirectory);
    machine.letPass(100ms);
    machine.neighbours.place();
    if (machine.dice.percent(30)) {
        machine.changeHardware();
    }
}

void removeLinks(Machine& machine) {
    machine.note("the links are removed");
    takeAway(machine.node.stateDirectory() / "devices");
    if (machine.dice.percent(30)) {
        machine.changeHardware();
    }
}

void spoilCdiFile(Machine& machine) {
    const auto file = machine.node.cdiFile();
    switch (machine.dice.below(5)) {
    case 0:
        machine.note("the CDI file is deleted");
        fs::remove(file);
        break;
    case 1:
        machine.note("the CDI file is emptied");
        writeFile(file, "");
        break;
    case 2:
        machine.note("there is rubbish in the CDI file");
        writeFile(file, "{\"cdiVersion\": \"0.6.0\", \"kind\": 7}");
        break;
    case 3:
        machine.note("the CDI file is replaced");
        replace(file, "{}");
        break;
    default:
        machine.note("the CDI file is a link");
        link(file);
    }
}

void fillDisk(Machine& machine) {
    constexpr std::size_t page = 4096;
    machine.note("the disk is full");
    machine.disk.fill(machine.dice.below(3) * page);
    if (machine.dice.percent(30)) {
        machine.note("the CDI file is deleted");
        fs::remove(machine.node.cdiFile());
    }
    machine.changeHardware();
    await(machine, inspectKubelet);
    machine.letPass(1500ms);
    machine.note("the disk has room");
    machine.disk.free();
}

void exhaustInotify(Machine& machine) {
    machine.note("nobody can watch another folder");
    const InotifyLimit limit;
    takeAway(machine.node.cdiDirectory);
    machine.neighbours.place();
    machine.changeHardware();
    if (machine.dice.percent(50)) {
        spoilPluginFolder(machine);
    }
    if (machine.dice.percent(30)) {
        machine.beginAnew();
    }
    machine.letPass(1500ms);
    machine.changeHardware();
}

} // namespace hdp::testing
