// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/host_files.hpp"
#include "daemon/doctor/report.hpp"
#include "tests/daemon/doctor/doctor_test.hpp"

#include <sys/stat.h>

namespace hdp::testing {
namespace {

using doctor::Verdict;
using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

using TheHostChecks = DoctorTest;

TEST_F(TheHostChecks, KnowWhereContainerdHasItsCdiOff) {
    EXPECT_THAT(checkContainerd(patient), IsEmpty());
    host.write("/etc/containerd/config.toml", "version = 2\n#enable_cdi = true\n");
    EXPECT_THAT(checkContainerd(patient),
                ElementsAre(Tells(Verdict::Note, "leaves CDI off", "enable_cdi = true")));
    patient.options.handover = {HandoverMode::CdiCri};
    EXPECT_THAT(checkContainerd(patient),
                ElementsAre(Tells(Verdict::Error, "leaves CDI off", "enable_cdi = true")));
    patient.options.handover = {HandoverMode::DeviceSpecs};
    EXPECT_THAT(checkContainerd(patient), IsEmpty());
}

TEST_F(TheHostChecks, KnowWhereContainerdHasItsCdiOn) {
    for (const auto* text : {"version = 2\n  enable_cdi = true\n", "version = 3\n"}) {
        host.write("/etc/containerd/config.toml", text);
        EXPECT_THAT(checkContainerd(patient), ElementsAre(isFine("has CDI on")));
    }
    host.write("/etc/containerd/config.toml", "version = 3\nenable_cdi=false\n");
    EXPECT_THAT(checkContainerd(patient), ElementsAre(Tells(Verdict::Note, "CDI off", "")));
}

TEST_F(TheHostChecks, KnowWhichFoldersCrioReads) {
    host.write("/etc/crio/crio.conf", "# cdi_spec_dirs = [\n");
    EXPECT_THAT(checkCrio(patient), IsEmpty());
    host.write("/etc/crio/crio.conf.d/1.conf", "[crio]\ncdi_spec_dirs = [\n\"" +
                                                   patient.options.cdiDirectory.string() +
                                                   "\",\n]\n");
    EXPECT_THAT(checkCrio(patient), IsEmpty());
    host.write("/etc/crio/crio.conf.d/1.conf", "[crio]\ncdi_spec_dirs = [\"/etc/cdi\"]\n");
    EXPECT_THAT(checkCrio(patient), ElementsAre(Tells(Verdict::Warning, "without", "crio")));
}

TEST_F(TheHostChecks, CountTheInotifyInstancesOfTheUser) {
    host.write("/proc/sys/fs/inotify/max_user_instances", "10\n");
    for (const auto* process : {"7", "8", "self"}) {
        const auto folder = "/proc/" + std::string{process};
        host.write(folder + "/status", "Name:\tx\nUid:\t0\t0\t0\t0\n");
        host.link(folder + "/fd/3", "anon_inode:inotify");
        host.link(folder + "/fd/4", "socket:[1]");
    }
    EXPECT_THAT(checkInotify(patient), ElementsAre(isFine("2 of 10 inotify instances of user 0")));
    host.link("/proc/7/fd/5", "anon_inode:inotify");
    EXPECT_THAT(checkInotify(patient),
                ElementsAre(Tells(Verdict::Warning, "3 of 10", "fs.inotify.max_user_instances")));
    patient.userId = 7;
    EXPECT_THAT(checkInotify(patient), ElementsAre(isFine("0 of 10")));
}

TEST_F(TheHostChecks, SayWhatAUserMayNotSee) {
    EXPECT_THAT(checkPrivileges(patient), IsEmpty());
    patient.userId = 1000;
    EXPECT_THAT(checkPrivileges(patient), ElementsAre(Tells(Verdict::Note, "user 1000", "sudo")));
}

TEST_F(TheHostChecks, KnowThatSelinuxIsEnforcing) {
    host.write("/sys/fs/selinux/enforce", "0");
    EXPECT_THAT(checkSelinux(patient), IsEmpty());
    host.write("/sys/fs/selinux/enforce", "1");
    EXPECT_THAT(checkSelinux(patient), ElementsAre(Tells(Verdict::Note, "enforcing", "ausearch")));
}

TEST_F(TheHostChecks, RepeatWarningsAboutSettings) {
    EXPECT_THAT(checkSettings(patient), ElementsAre(isFine("")));
    patient.warnings = {"HDP_X sets nothing"};
    EXPECT_THAT(checkSettings(patient), ElementsAre(Tells(Verdict::Warning, "HDP_X", "config")));
}

TEST_F(TheHostChecks, AreAllMade) {
    patient.userId = 1;
    patient.warnings = {"w"};
    host.write("/proc/sys/fs/inotify/max_user_instances", "1\n");
    host.write("/sys/fs/selinux/enforce", "1");
    const auto findings = examine(patient);
    for (const auto* check :
         {"user", "settings", "chips", "kubelet", "cdi", "inotify", "selinux"}) {
        EXPECT_THAT(findings, Contains(::testing::Field(&doctor::Finding::check, check)));
    }
}

TEST_F(TheHostChecks, WaitForNobodyWhoWouldWriteAFifo) {
    host.makeFolder("/etc/crio");
    ASSERT_EQ(::mkfifo(host.inRoot("/etc/crio/crio.conf").c_str(), 0600), 0);
    EXPECT_EQ(doctor::readFile(host.inRoot("/etc/crio/crio.conf")), std::nullopt);
    EXPECT_THAT(checkCrio(patient), IsEmpty());
}

TEST_F(TheHostChecks, ReadSoMuchOfAFileAndNoMore) {
    host.write("/large", std::string(5'000'000, 'x'));
    EXPECT_THAT(doctor::readFile(host.inRoot("/large")).value_or(""), SizeIs(1024 * 1024));
}

const doctor::Finding good = doctor::fine("chips", "good");
const doctor::Finding warning{Verdict::Warning, "cdi", "seen\x1b[2J", "because", "mend it"};
const doctor::Finding mistake{Verdict::Error, "driver", "bad", "because", "mend it"};

TEST(TheDoctorsReport, HasTheWorstLastAndCounts) {
    EXPECT_EQ(doctor::toText({mistake, good, warning}), "ok       chips: good\n"
                                                        "warning  cdi: seen\\x1b[2J\n"
                                                        "         why:  because\n"
                                                        "         mend: mend it\n"
                                                        "error    driver: bad\n"
                                                        "         why:  because\n"
                                                        "         mend: mend it\n"
                                                        "\n"
                                                        "1 error, 1 warning\n");
}

TEST(TheDoctorsReport, LosesNoWordOfALongSentence) {
    const auto text = doctor::toText({doctor::fine("x", std::string(1000, 'a'))});
    EXPECT_THAT(text, HasSubstr(std::string(1000, 'a')));
    EXPECT_THAT(text, Not(HasSubstr("...")));
}

TEST(TheDoctorsReport, SaysTheSameInJson) {
    EXPECT_EQ(doctor::toJson({mistake}), R"({
  "errors": 1,
  "warnings": 0,
  "findings": [
    {
      "verdict": "error",
      "check": "driver",
      "seen": "bad",
      "why": "because",
      "remedy": "mend it"
    }
  ]
}
)");
}

TEST(TheDoctorsReport, EndsWithTheCodeOfTheWorst) {
    EXPECT_EQ(doctor::exitCodeOf({good, {Verdict::Note, "x", "y", "z"}}), 0);
    EXPECT_EQ(doctor::exitCodeOf({warning, good}), 1);
    EXPECT_EQ(doctor::exitCodeOf({mistake, warning}), 2);
}

} // namespace
} // namespace hdp::testing
