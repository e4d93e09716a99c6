// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/doctor/doctor_test.hpp"

#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {
namespace {

using doctor::Verdict;
using hotplug::Reason;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr auto id = "0000:01:00.0";

using TheChipChecks = DoctorTest;

TEST_F(TheChipChecks, WarnOfAHostWithoutChips) {
    EXPECT_THAT(checkPresence(patient),
                ElementsAre(Tells(Verdict::Warning, "no Hailo chip", "lspci -d 1e60:")));
    plug({chip(id)});
    EXPECT_THAT(checkPresence(patient), ElementsAre(isFine("0000:01:00.0 (hailo-8)")));
}

TEST_F(TheChipChecks, TellAnomalies) {
    plug({chip(id)});
    patient.view.anomalies = {"something odd"};
    EXPECT_THAT(checkPresence(patient),
                ElementsAre(isFine(id), Tells(Verdict::Warning, "something odd", "dmesg")));
}

TEST_F(TheChipChecks, TellErrorsFromWhatOnlySlowsDown) {
    plug({with(Reason::LinkDegraded, with(Reason::ConfigSpaceDead, chip(id)))});
    EXPECT_THAT(checkHealth(patient),
                ElementsAre(Tells(Verdict::Error, "what is wrong",
                                  "echo 1 > /sys/bus/pci/devices/0000:01:00.0/remove"),
                            Tells(Verdict::Warning, "what is wrong", "lspci -vv -s 0000:01:00.0")));
}

TEST_F(TheChipChecks, HaveARemedyForEachReason) {
    const std::string functions = "/sys/bus/pci/devices/0000:01:00.0";
    const std::vector<std::pair<Reason, std::string>> remedies{
        {Reason::Removed, "put the chip back"},
        {Reason::NodeMismatch, "udevadm trigger"},
        {Reason::AerFatal, "cat " + functions + "/aer_dev_fatal"},
        {Reason::AerNonFatal, "cat " + functions + "/aer_dev_nonfatal"},
        {Reason::WideDomain, "turn Intel VMD off"},
        {Reason::LinkDown, "echo 1 > /sys/bus/pci/rescan"},
        {Reason::AttributeUnreadable, "dmesg | grep -i hailo"}};
    for (const auto& [reason, remedy] : remedies) {
        plug({with(reason, chip(id))});
        EXPECT_THAT(checkHealth(patient),
                    ElementsAre(Field(&doctor::Finding::remedy, HasSubstr(remedy))));
    }
}

TEST_F(TheChipChecks, LeaveTheDriverToItsOwnCheck) {
    plug({unboundChip(id), chip("0000:02:00.0")});
    EXPECT_THAT(checkHealth(patient), ElementsAre(isFine("all chips answer")));
}

TEST_F(TheChipChecks, SayThatChipsWereNotAsked) {
    plug({chip(id)});
    patient.view.signsGap = "health.interval is 0";
    EXPECT_THAT(checkHealth(patient),
                ElementsAre(Tells(Verdict::Note, "health.interval is 0", "--health-interval")));
}

TEST_F(TheChipChecks, WarnOfAChipThatNoResourceTakes) {
    plug({chip(id)});
    EXPECT_THAT(checkResources(patient), ElementsAre(isFine("each chip")));
    patient.view.chips.front().status.resource.clear();
    EXPECT_THAT(
        checkResources(patient),
        ElementsAre(Tells(Verdict::Warning, "no resource takes 0000:01:00.0", "--resource")));
}

TEST_F(TheChipChecks, LookAtNoNodeThatIsNotSeen) {
    plug({chip(id)});
    EXPECT_THAT(checkNodes(patient), IsEmpty());
    patient.options.devRoot.clear();
    EXPECT_THAT(checkNodes(patient), ElementsAre(Tells(Verdict::Note, "--dev-root is empty", "")));
}

TEST_F(TheChipChecks, ComparePathAndVersionOfHailort) {
    plug({chip(id)});
    EXPECT_THAT(checkHailort(patient),
                ElementsAre(Tells(Verdict::Note, "no libhailort", "libhailort 4.23.0")));
    host.write("/usr/lib/libhailort.so.4.22.0", "");
    EXPECT_THAT(checkHailort(patient),
                ElementsAre(Tells(Verdict::Warning,
                                  "/usr/lib/libhailort.so.4.22.0 is of another version than driver "
                                  "4.23.0",
                                  "install hailort 4.23.0, or the driver of 4.22.0")));
    host.write("/usr/local/lib/libhailort.so.4.23.0", "");
    EXPECT_THAT(checkHailort(patient), ElementsAre(isFine("/usr/local/lib/libhailort.so.4.23.0")));
}

} // namespace
} // namespace hdp::testing
