// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/doctor/doctor_test.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

using doctor::Verdict;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr auto id = "0000:01:00.0";

using TheDriverCheck = DoctorTest;

hotplug::Device unboundYoungChip() {
    auto device = youngChip(id);
    device.driver.reset();
    device.driverVersion.reset();
    device.classDevice.reset();
    return with(hotplug::Reason::DriverNotBound, device);
}

TEST_F(TheDriverCheck, IsFineWithAChipThatHasIts) {
    plug({chip(id)});
    EXPECT_THAT(checkBinding(patient), ElementsAre(isFine("has driver hailo 4.23.0")));
}

TEST_F(TheDriverCheck, LoadsAModuleThatIsNotLoaded) {
    plug({unboundChip(id)});
    EXPECT_THAT(
        checkBinding(patient),
        ElementsAre(Tells(Verdict::Error, "module hailo_pci is not loaded", "modprobe hailo_pci")));
}

TEST_F(TheDriverCheck, FindsTheFileThatKeepsTheModuleOut) {
    plug({unboundChip(id)});
    host.write("/etc/modprobe.d/a.conf", "# blacklist hailo_pci\nblacklist hailo_pci_2\n");
    host.write("/etc/modprobe.d/b.txt", "blacklist hailo_pci\n");
    EXPECT_THAT(checkBinding(patient), ElementsAre(Tells(Verdict::Error, "not loaded", "")));

    for (const auto* line : {"blacklist hailo_pci # why\n", "\tinstall hailo_pci /bin/false\n"}) {
        host.write("/etc/modprobe.d/c.conf", line);
        EXPECT_THAT(checkBinding(patient),
                    ElementsAre(Tells(Verdict::Error, "is kept out by /etc/modprobe.d/c.conf",
                                      "sed -i '/hailo_pci/d' /etc/modprobe.d/c.conf")));
    }
}

TEST_F(TheDriverCheck, KnowsThatAKernelUpdateLeftTheModuleBehind) {
    plug({unboundChip(id)});
    host.write("/proc/sys/kernel/osrelease", "6.1.0-30-amd64\n");
    host.write("/lib/modules/6.1.0-30-amd64/modules.dep", "kernel/a.ko:\n");
    EXPECT_THAT(checkBinding(patient),
                ElementsAre(Tells(Verdict::Error, "not installed for kernel 6.1.0-30-amd64",
                                  "apt install linux-headers-6.1.0-30-amd64")));

    host.write("/lib/modules/6.1.0-30-amd64/modules.dep", "updates/dkms/hailo_pci.ko:\n");
    EXPECT_THAT(checkBinding(patient), ElementsAre(Tells(Verdict::Error, "not loaded", "")));
}

TEST_F(TheDriverCheck, KnowsWhichDriverBindsWhichChip) {
    plug({unboundYoungChip()});
    host.write("/sys/module/hailo_pci/version", "4.23.0\n");
    EXPECT_THAT(checkBinding(patient),
                ElementsAre(Tells(Verdict::Error, "hailo_pci 4.23.0 is loaded, which does not know",
                                  "install driver 5.3.0")));

    host.write("/sys/module/hailo_pci/version", "4.22.0\n");
    EXPECT_THAT(checkBinding(patient), ElementsAre(Tells(Verdict::Error, "it gave up", "dmesg")));
}

TEST_F(TheDriverCheck, GivesAChipBackThatAnotherDriverTook) {
    auto device = unboundChip(id);
    device.driver = "vfio-pci";
    plug({device});
    EXPECT_THAT(checkBinding(patient),
                ElementsAre(Tells(Verdict::Error, "vfio-pci, not Hailo's",
                                  "echo 0000:01:00.0 > /sys/bus/pci/drivers/vfio-pci/unbind")));
}

TEST_F(TheDriverCheck, SaysNothingOfChipsThatAreGone) {
    plug({chip(id)});
    patient.view.chips.front().status = tombstoneOf(patient.view.chips.front().status);
    EXPECT_THAT(checkBinding(patient), IsEmpty());
}

TEST_F(TheDriverCheck, NotesVersionsThatItDoesNotKnow) {
    auto device = chip(id);
    plug({device});
    EXPECT_THAT(checkGeneration(patient), IsEmpty());
    device.driverVersion = "4.99.0";
    plug({device});
    EXPECT_THAT(checkGeneration(patient), ElementsAre(Tells(Verdict::Note, "driver 4.99.0", "")));
}

TEST_F(TheDriverCheck, FindsTwoDriversThatWantOneClassFolder) {
    host.write("/sys/module/hailo_pci/version", "4.23.0\n");
    host.write("/sys/module/hailo1x_pci/version", "5.3.0\n");
    EXPECT_THAT(checkGeneration(patient), IsEmpty());
    host.write("/sys/module/hailo1x_pci/version", "5.2.0\n");
    EXPECT_THAT(checkGeneration(patient),
                ElementsAre(Tells(Verdict::Error, "both loaded", "modprobe -r")));
}

TEST_F(TheDriverCheck, MissesFirmware) {
    plug({unboundChip(id)});
    EXPECT_THAT(checkFirmware(patient),
                ElementsAre(Tells(Verdict::Error, "no /lib/firmware/hailo/hailo8_fw.bin", "")));
    host.write("/lib/firmware/hailo/hailo8_fw.bin.xz", "");
    EXPECT_THAT(checkFirmware(patient), ElementsAre(isFine("hailo8_fw.bin")));
}

TEST_F(TheDriverCheck, KnowsTheFirmwareOfEachFamily) {
    const std::vector<std::pair<std::uint16_t, std::string>> firmware{{0x2864, "hailo8_fw.bin"},
                                                                      {0x43a2, "hailo15l_fw.bin"},
                                                                      {0x45c4, "hailo10h"},
                                                                      {0x26a2, "hailo12l"}};
    for (const auto& [device, name] : firmware) {
        auto unbound = unboundChip(id);
        unbound.id = {hotplug::hailoVendor, device};
        plug({unbound});
        EXPECT_THAT(checkFirmware(patient),
                    ElementsAre(Tells(Verdict::Error, "no /lib/firmware/hailo/" + name, "")));
    }
    auto unknown = unboundChip(id);
    unknown.id = {hotplug::hailoVendor, 0xffff};
    plug({unknown});
    EXPECT_THAT(checkFirmware(patient), IsEmpty());
}

TEST_F(TheDriverCheck, MissesFirmwareOfAnOldDriverThatOffersANodeWithout) {
    auto device = chip(id);
    plug({device});
    EXPECT_THAT(checkFirmware(patient), IsEmpty());
    device.driverVersion = "4.18.0";
    plug({device});
    EXPECT_THAT(checkFirmware(patient), ElementsAre(Tells(Verdict::Error, "no /lib/firmware", "")));
}

TEST_F(TheDriverCheck, KnowsThatLargePagesNeedASetting) {
    host.write("/sys/module/hailo_pci/parameters/force_desc_page_size", "0\n");
    EXPECT_THAT(checkPageSize(patient), IsEmpty());
    patient.pageSize = 16384;
    EXPECT_THAT(checkPageSize(patient),
                ElementsAre(Tells(Verdict::Warning, "16384", "force_desc_page_size=4096")));
    host.write("/sys/module/hailo_pci/parameters/force_desc_page_size", "4096\n");
    EXPECT_THAT(checkPageSize(patient), IsEmpty());
}

} // namespace
} // namespace hdp::testing
