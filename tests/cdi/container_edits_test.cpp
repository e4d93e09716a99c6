// SPDX-License-Identifier: Apache-2.0
#include "cdi/validation.hpp"
#include "tests/cdi/example_specs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hdp::cdi {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// A spec whose device is named "chip", to be spoiled by the test.
class ContainerEditsTest : public ::testing::Test {
  protected:
    [[nodiscard]] std::vector<std::string> sentences() const { return validate(spec_); }

    Spec spec_ = testing::leastSpec();
    ContainerEdits& edits_ = spec_.devices[0].containerEdits;
};

using ValidEdits = ContainerEditsTest;

TEST_F(ValidEdits, MayMountASpecialFileSystemFromNoPath) {
    edits_.mounts = {{"tmpfs", "/x", {"nosuid"}, "tmpfs"}};
    EXPECT_THAT(sentences(), IsEmpty());
}

TEST_F(ValidEdits, MayHaveEveryKindOfNode) {
    for (const auto* type : {"", "b", "c", "u", "p"}) {
        edits_.deviceNodes = {{"/dev/x", "", type, {}, {}, {}, "", {}, {}}};
        EXPECT_THAT(sentences(), IsEmpty()) << type;
    }
}

TEST_F(ValidEdits, MayHaveEveryOciHook) {
    for (const auto* name : {"prestart", "createRuntime", "createContainer", "startContainer",
                             "poststart", "poststop"}) {
        edits_.hooks = {{name, "/bin/x", {}, {}, {}}};
        EXPECT_THAT(sentences(), IsEmpty()) << name;
    }
}

using InvalidEdits = ContainerEditsTest;

TEST_F(InvalidEdits, HaveARelativeNodePath) {
    edits_.deviceNodes.resize(2);
    edits_.deviceNodes[0].path = "/dev/x";
    edits_.deviceNodes[1].path = "dev/x";
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": deviceNodes[1]: path "dev/x" is not absolute)"));
}

TEST_F(InvalidEdits, HaveANodeWithoutAPath) {
    edits_.deviceNodes.resize(1);
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": deviceNodes[0]: path "" is not absolute)"));
}

TEST_F(InvalidEdits, HaveARelativeHostPath) {
    edits_.deviceNodes = {{"/dev/x", "y", "", {}, {}, {}, "", {}, {}}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": deviceNodes[0]: hostPath "y" is not absolute)"));
}

TEST_F(InvalidEdits, HaveANodeOfAnUnknownType) {
    edits_.deviceNodes = {{"/dev/x", "", "char", {}, {}, {}, "", {}, {}}};
    EXPECT_THAT(sentences(), ElementsAre(R"(device "chip": deviceNodes[0]: type "char" is not )"
                                         R"("b", "c", "u" or "p")"));
}

TEST_F(InvalidEdits, HaveDeviceNumbersOutOfRange) {
    edits_.deviceNodes = {{"/dev/x", "", "c", -1, 2147483648, {}, "", {}, {}}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": deviceNodes[0]: major -1 is not in 0 to 2147483647)",
                            R"(device "chip": deviceNodes[0]: minor 2147483648 is not in 0 to )"
                            "2147483647"));
}

TEST_F(InvalidEdits, HaveAFileModeWithMoreThanPermissionBits) {
    edits_.deviceNodes = {{"/dev/x", "", "c", {}, {}, 07777, "", {}, {}}};
    EXPECT_THAT(sentences(), IsEmpty());
    edits_.deviceNodes[0].fileMode = 020666;
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": deviceNodes[0]: fileMode 8630 is not in 0 to 4095)"));
}

TEST_F(InvalidEdits, HavePermissionsThatNotEveryRuntimeKnows) {
    edits_.deviceNodes.resize(1);
    edits_.deviceNodes[0].path = "/dev/x";
    for (const std::string permissions : {"rwx", "rr", "none", "mwrm", "R", " "}) {
        edits_.deviceNodes[0].permissions = permissions;
        EXPECT_THAT(sentences(),
                    ElementsAre(R"(device "chip": deviceNodes[0]: permissions ")" + permissions +
                                R"(" are not letters out of "rwm", each once)"));
    }
}

TEST_F(InvalidEdits, HaveABindMountFromARelativePath) {
    const std::string fault = R"(device "chip": mounts[0]: hostPath "a" is not absolute)";
    edits_.mounts = {{"a", "/b", {"ro"}, ""}};
    EXPECT_THAT(sentences(), ElementsAre(fault));
    edits_.mounts = {{"a", "/b", {"ro"}, "bind"}};
    EXPECT_THAT(sentences(), ElementsAre(fault));
    edits_.mounts = {{"a", "/b", {"ro", "bind"}, "none"}};
    EXPECT_THAT(sentences(), ElementsAre(fault));
    edits_.mounts = {{"a", "/b", {"rbind"}, "none"}};
    EXPECT_THAT(sentences(), ElementsAre(fault));
}

TEST_F(InvalidEdits, HaveAMountWithoutPaths) {
    edits_.mounts = {{"", "", {}, "tmpfs"}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": mounts[0]: hostPath is empty)",
                            R"(device "chip": mounts[0]: containerPath "" is not absolute)"));
}

TEST_F(InvalidEdits, HaveAMountToARelativePath) {
    edits_.mounts = {{"/a", "b", {}, ""}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": mounts[0]: containerPath "b" is not absolute)"));
}

TEST_F(InvalidEdits, HaveAHookThatNoRuntimeCalls) {
    edits_.hooks = {{"preStart", "/bin/x", {}, {}, {}}};
    EXPECT_THAT(sentences(), ElementsAre(R"(device "chip": hooks[0]: hookName "preStart" is not a )"
                                         "hook of the OCI runtime"));
}

TEST_F(InvalidEdits, HaveAHookThatCannotRun) {
    edits_.hooks = {{"prestart", "x", {}, {"B"}, 0}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": hooks[0]: path "x" is not absolute)",
                            R"(device "chip": hooks[0]: env[0]: "B" is not NAME=VALUE)",
                            R"(device "chip": hooks[0]: timeout 0 is not above zero)"));
}

TEST_F(InvalidEdits, HaveAClosIdThatIsNoFileName) {
    for (const std::string id : {".", "..", "/", "a/b", "a\nb"}) {
        edits_.intelRdt.emplace().closID = id;
        EXPECT_EQ(sentences().size(), 1) << id;
    }
    edits_.intelRdt->closID = "a/b";
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": intelRdt: closID "a/b" is not a file name)"));
}

TEST_F(InvalidEdits, HaveAClosIdBeyondThePathLimit) {
    edits_.intelRdt.emplace().closID = std::string(4095, 'x');
    EXPECT_THAT(sentences(), IsEmpty());
    edits_.intelRdt->closID += 'x';
    EXPECT_EQ(sentences().size(), 1);
}

TEST_F(InvalidEdits, HaveANetDeviceWithoutNames) {
    edits_.netDevices.resize(1);
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": netDevices[0]: hostInterfaceName is empty)",
                            R"(device "chip": netDevices[0]: name is empty)"));
}

TEST_F(InvalidEdits, HaveANetDeviceNameTwiceOnEitherSide) {
    edits_.netDevices = {{"a", "x"}, {"a", "y"}, {"b", "x"}};
    EXPECT_THAT(sentences(),
                ElementsAre(R"(device "chip": netDevices: hostInterfaceName "a" stands twice)",
                            R"(device "chip": netDevices: name "x" stands twice)"));
}

} // namespace
} // namespace hdp::cdi
