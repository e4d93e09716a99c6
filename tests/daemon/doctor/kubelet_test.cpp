// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/doctor/doctor_test.hpp"
#include "tests/daemon/kubelet/socket_file.hpp"

namespace hdp::testing {
namespace {

using doctor::Verdict;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::UnorderedElementsAre;

class KubeletCheckTest : public DoctorTest {
  protected:
    SocketFile socket(const std::string& path, SocketFile::State state) {
        return SocketFile{host.inRoot(path), state};
    }
};

using TheKubeletCheck = KubeletCheckTest;

TEST_F(TheKubeletCheck, WarnsOfAFolderThatIsNotThere) {
    EXPECT_THAT(checkKubelet(patient),
                ElementsAre(Tells(Verdict::Warning, "no folder", "/var/lib/k0s/kubelet")));
    EXPECT_THAT(checkPodResources(patient), IsEmpty());
    EXPECT_THAT(checkSockets(patient), IsEmpty());
}

TEST_F(TheKubeletCheck, TellsALivingKubeletFromADeadOne) {
    host.makeFolder("/kubelet");
    EXPECT_THAT(checkKubelet(patient), ElementsAre(Tells(Verdict::Warning, "No such file", "")));
    {
        const auto dead = socket("/kubelet/kubelet.sock", SocketFile::State::Dead);
        EXPECT_THAT(checkKubelet(patient),
                    ElementsAre(Tells(Verdict::Warning, "nobody listens", "systemctl status")));
    }
    host.remove("/kubelet/kubelet.sock");
    const auto living = socket("/kubelet/kubelet.sock", SocketFile::State::Listening);
    EXPECT_THAT(checkKubelet(patient), ElementsAre(isFine("the kubelet listens")));
}

TEST_F(TheKubeletCheck, AsksForPodResources) {
    host.makeFolder("/kubelet");
    EXPECT_THAT(checkPodResources(patient),
                ElementsAre(Tells(Verdict::Warning, "pods.sock: No such file", "")));
    const auto living = socket("/pods.sock", SocketFile::State::Listening);
    EXPECT_THAT(checkPodResources(patient), ElementsAre(isFine("who holds which chip")));
    patient.options.podResourcesSocket.clear();
    EXPECT_THAT(checkPodResources(patient), ElementsAre(Tells(Verdict::Note, "not asked", "")));
}

TEST_F(TheKubeletCheck, MissesADaemon) {
    host.makeFolder("/kubelet");
    EXPECT_THAT(checkSockets(patient),
                ElementsAre(Tells(Verdict::Warning, "no daemon serves hailo.ai/device",
                                  "systemctl start hailo-device-plugin")));
    const auto ours = socket("/kubelet/hailo.ai_device-1-1.sock", SocketFile::State::Listening);
    EXPECT_THAT(checkSockets(patient), ElementsAre(isFine("a daemon serves hailo.ai/device")));
}

TEST_F(TheKubeletCheck, LooksIntoThePluginWatchersFolder) {
    host.makeFolder("/registry");
    patient.options.registration = RegistrationMode::Watcher;
    const auto ours = socket("/registry/hailo.ai_device-1-1.sock", SocketFile::State::Listening);
    EXPECT_THAT(checkSockets(patient), ElementsAre(isFine("a daemon serves hailo.ai/device")));
}

TEST_F(TheKubeletCheck, FindsWhatTheDeadLeftBehind) {
    host.makeFolder("/kubelet");
    const auto living = socket("/kubelet/hailo.ai_device-2-1.sock", SocketFile::State::Listening);
    const auto ours = socket("/kubelet/hailo.ai_device-1-1.sock", SocketFile::State::Dead);
    const auto theirs = socket("/kubelet/Hailo8.sock", SocketFile::State::Dead);
    const auto gpu = socket("/kubelet/gpu.sock", SocketFile::State::Dead);
    const auto name = [this](const std::string& file) {
        return "rm " + host.inRoot("/kubelet/" + file).string();
    };
    EXPECT_THAT(checkSockets(patient),
                UnorderedElementsAre(
                    Tells(Verdict::Warning, "nobody listens", name("hailo.ai_device-1-1.sock")),
                    Tells(Verdict::Warning, "nobody listens", name("Hailo8.sock")),
                    isFine("a daemon serves")));
}

TEST_F(TheKubeletCheck, FindsAnotherPluginForTheSameChips) {
    host.makeFolder("/kubelet");
    const auto ours = socket("/kubelet/hailo.ai_device-1-1.sock", SocketFile::State::Listening);
    const auto theirs = socket("/kubelet/hailo.sock", SocketFile::State::Listening);
    EXPECT_THAT(checkSockets(patient),
                UnorderedElementsAre(isFine("a daemon serves"),
                                     Tells(Verdict::Error, "another Hailo plugin", "kubectl")));
}

} // namespace
} // namespace hdp::testing
