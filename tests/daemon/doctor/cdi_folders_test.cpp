// SPDX-License-Identifier: Apache-2.0
#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "tests/daemon/doctor/doctor_test.hpp"

namespace hdp::testing {
namespace {

using doctor::Verdict;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

class CdiCheckTest : public DoctorTest {
  protected:
    CdiCheckTest() { plug({chip("0000:01:00.0")}); }

    [[nodiscard]] std::string wanted() const {
        return cdi::toJson(*cdiSpecOf(*patient.inventory, patient.options.cdiKind));
    }

    const std::string ours = "/var/run/cdi/hailo.ai-device.json";
};

using TheCdiCheck = CdiCheckTest;

TEST_F(TheCdiCheck, MissesTheFile) {
    EXPECT_THAT(checkCdiFile(patient),
                ElementsAre(Tells(Verdict::Warning, "there is no CDI file",
                                  "cdi generate --output " + host.inRoot(ours).string())));
    plug({});
    EXPECT_THAT(checkCdiFile(patient), ElementsAre(isFine("no chip to describe")));
}

TEST_F(TheCdiCheck, ComparesTheFileWithTheChips) {
    host.write(ours, wanted());
    EXPECT_THAT(checkCdiFile(patient), ElementsAre(isFine("describes the chips as they are")));
    plug({chip("0000:02:00.0")});
    EXPECT_THAT(checkCdiFile(patient), ElementsAre(Tells(Verdict::Warning, "is not what", "")));
}

TEST_F(TheCdiCheck, FindsAFileThatRuntimesPassOver) {
    host.write(ours, "{}");
    EXPECT_THAT(checkCdiFile(patient), ElementsAre(Tells(Verdict::Error, "cdiVersion", "")));
}

TEST_F(TheCdiCheck, NamesWhatContainersShouldGetAndTheHostLacks) {
    host.write(ours, wanted());
    patient.options.container.mounts = {{"/none/there", "/there"}};
    EXPECT_THAT(checkCdiFile(patient),
                ElementsAre(Tells(Verdict::Error, "/none/there", ""), isFine("")));
}

TEST_F(TheCdiCheck, FindsTheSameNameInAnotherFile) {
    host.write(ours, wanted());
    EXPECT_THAT(checkCdiNeighbours(patient), IsEmpty());
    host.write("/var/run/cdi/old.json", wanted());
    EXPECT_THAT(checkCdiNeighbours(patient),
                ElementsAre(Tells(Verdict::Error, "defines hailo.ai/device=",
                                  "rm " + host.inRoot("/var/run/cdi/old.json").string())));
}

TEST_F(TheCdiCheck, OnlyWarnsOfTheSameNameInAnotherFolder) {
    host.write("/etc/cdi/old.json", wanted());
    EXPECT_THAT(checkCdiNeighbours(patient),
                ElementsAre(Tells(Verdict::Warning, "old.json defines", "")));
}

TEST_F(TheCdiCheck, LeavesOtherKindsAndOtherFilesAlone) {
    auto other = patient;
    host.write("/etc/cdi/gpu.json", cdi::toJson(*cdiSpecOf(*patient.inventory, "nvidia.com/gpu")));
    host.write("/etc/cdi/broken.json", "{");
    host.write("/etc/cdi/old.txt", wanted());
    EXPECT_THAT(checkCdiNeighbours(patient), IsEmpty());
    host.write("/etc/cdi/old.yaml", "kind: hailo.ai/device\n");
    EXPECT_THAT(checkCdiNeighbours(patient),
                ElementsAre(Tells(Verdict::Warning, "old.yaml names hailo.ai/device", "")));
}

TEST_F(TheCdiCheck, CountsAFolderThatHasTwoNamesOnce) {
    host.write("/var/run/cdi/old.json", wanted());
    host.link("/etc/cdi", host.inRoot("/var/run/cdi"));
    EXPECT_THAT(checkCdiNeighbours(patient), ElementsAre(Tells(Verdict::Error, "old.json", "")));
}

} // namespace
} // namespace hdp::testing
