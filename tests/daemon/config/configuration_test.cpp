// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/configuration.hpp"
#include "daemon/config/settings.hpp"
#include "tests/daemon/config/config_test.hpp"

#include <string>
#include <vector>

namespace hdp::testing {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::StartsWith;

using AConfiguration = ConfigTest;

TEST_F(AConfiguration, IsTheDefaultsWhenNothingIsSaid) {
    sources.isFileNamed = false;

    const auto configuration = config::load(sources);

    EXPECT_THAT(config::differences(configuration.options, Options{}), IsEmpty());
    EXPECT_EQ(configuration.fileText, std::nullopt);
    for (const auto& setting : config::settings()) {
        EXPECT_EQ(configuration.origins.at(setting.words.key), "default");
    }
}

TEST_F(AConfiguration, ReadsEachSettingFromItsFile) {
    const auto set =
        optionsOf("resources:\n"
                  "  - name: hailo.ai/h8\n"
                  "    select:\n"
                  "      models: [hailo-8]\n"
                  "      pci-ids: [\"1e60:2864\"]\n"
                  "      addresses: [\"0000:01:*\"]\n"
                  "      drivers: [hailo]\n"
                  "      numa-nodes: [0, 1]\n"
                  "  - name: a.ai/rest\n"
                  "allocation: {policy: spread}\n"
                  "kubelet:\n"
                  "  registration: watcher\n"
                  "  directory: /k\n"
                  "  plugins-registry: /r\n"
                  "  socket-name: sock\n"
                  "  pod-resources-socket: \"\"\n"
                  "  tombstone-grace: 7\n"
                  "handover: [device-specs]\n"
                  "cdi: {kind: a.ai/xx, directory: /c}\n"
                  "state: {directory: /s}\n"
                  "container:\n"
                  "  env: [A=b]\n"
                  "  annotations: {a.ai/b: c}\n"
                  "  mounts: [{host: /h, container: /i, read-only: false}]\n"
                  "  device-permissions: rwm\n"
                  "  node-mode: \"0660\"\n"
                  "  node-group: 44\n"
                  "  hailort-library: /l\n"
                  "  monitor-directory: /m\n"
                  "hardware: {uevents: kernel, sys-root: /y, dev-root: /d, "
                  "identify: once}\n"
                  "health: {interval: 0}\n"
                  "log: {level: debug, format: json}\n"
                  "http: {listen: \"127.0.0.1:9460\"}\n"
                  "metrics: {pods: true}\n"
                  "dbus: {enabled: off}\n"
                  "nfd: {directory: /n}\n"
                  "simulate: {enabled: true, count: 3, numa-nodes: [1, 0], id-prefix: a,"
                  "  script: [{after: 5, device: 1, becomes: gone}], node-name: b,"
                  "  annotation-prefix: c.ai/d, env-prefix: E, "
                  "  device-file-prefix: f}\n");

    EXPECT_THAT(set.resources, ElementsAre(ResourceRule{"hailo.ai/h8",
                                                        {.models = {"hailo-8"},
                                                         .deviceIds = {0x2864},
                                                         .addresses = {"0000:01:*"},
                                                         .drivers = {"hailo"},
                                                         .numaNodes = {0, 1}}},
                                           ResourceRule{"a.ai/rest", {}}));
    EXPECT_EQ(set.allocationPolicy, AllocationPolicy::Spread);
    EXPECT_EQ(set.registration, RegistrationMode::Watcher);
    EXPECT_EQ(set.kubeletDirectory, "/k");
    EXPECT_EQ(set.pluginsRegistry, "/r");
    EXPECT_EQ(set.podResourcesSocket, "");
    EXPECT_EQ(set.tombstoneGrace, std::chrono::seconds{7});
    EXPECT_THAT(set.handover, ElementsAre(HandoverMode::DeviceSpecs));
    EXPECT_EQ(set.cdiKind, "a.ai/xx");
    EXPECT_EQ(set.cdiDirectory, "/c");
    EXPECT_EQ(set.stateDirectory, "/s");
    EXPECT_EQ(set.ueventSource, hotplug::UeventSource::Kernel);
    EXPECT_EQ(set.sysRoot, "/y");
    EXPECT_EQ(set.devRoot, "/d");
    EXPECT_EQ(set.healthInterval, std::chrono::seconds{0});
    EXPECT_EQ(set.logLevel, log::Level::Debug);
    EXPECT_EQ(set.logFormat, log::Format::Json);
    EXPECT_EQ(set.httpListen, "127.0.0.1:9460");
    EXPECT_TRUE(set.metricsPods);
    EXPECT_EQ(set.dbus, DbusMode::Off);
    EXPECT_EQ(set.nfdDirectory, "/n");
    EXPECT_EQ(set.socketName, "sock");
    EXPECT_EQ(set.simulation, everySimulationSetting());
    EXPECT_EQ(set.identify, IdentifyMode::Once);
    EXPECT_EQ(set.container, everyContainerSetting());
    EXPECT_EQ(config::differences(set, Options{}).size(), config::settings().size())
        << "this test forgot a setting";
}

TEST_F(AConfiguration, PrefersTheFlagToTheVariableToTheFileToTheDefault) {
    write("health: {interval: 1}\nlog: {level: debug}\ncdi: {kind: file.ai/kind}\n");
    sources.environment = {{"HDP_HEALTH_INTERVAL", "2"}, {"HDP_LOG_LEVEL", "warning"}};
    sources.flags = {{"--health-interval", {"3"}}};

    const auto configuration = config::load(sources);

    EXPECT_EQ(configuration.options.healthInterval, std::chrono::seconds{3});
    EXPECT_EQ(configuration.options.logLevel, log::Level::Warning);
    EXPECT_EQ(configuration.options.cdiKind, "file.ai/kind");
    EXPECT_EQ(configuration.origins.at("health.interval"), "--health-interval");
    EXPECT_EQ(configuration.origins.at("log.level"), "HDP_LOG_LEVEL");
    EXPECT_EQ(configuration.origins.at("cdi.kind"), sources.file.string() + ":3");
    EXPECT_EQ(configuration.origins.at("cdi.directory"), "default");
}

TEST_F(AConfiguration, TakesSectionsAllOfWhichIsCommentedOut) {
    EXPECT_EQ(optionsOf("kubelet:\n  # directory: /k\n").kubeletDirectory,
              Options{}.kubeletDirectory);
}

TEST_F(AConfiguration, RefusesAnUnknownKeyAndNamesTheNearest) {
    EXPECT_EQ(refusalOf("log:\n  levl: debug\n"),
              "2: the key \"log.levl\" is unknown; did you mean log.level?");
    EXPECT_EQ(refusalOf("kublet: {}\n"), "1: the key \"kublet\" is unknown; did you mean kubelet?");
    EXPECT_EQ(refusalOf("colour: red\n"), "1: the key \"colour\" is unknown");
    EXPECT_THAT(refusalOf("<<: {}\n"), HasSubstr("unknown"));
    EXPECT_THAT(refusalOf("\"\": {}\n"), HasSubstr("unknown"));
}

TEST_F(AConfiguration, SaysWhereAMisplacedKeyBelongs) {
    EXPECT_THAT(refusalOf("level: debug\n"), HasSubstr("did you mean log.level?"));
    EXPECT_THAT(refusalOf("cdi-kind: a.ai/xx\n"), HasSubstr("did you mean cdi.kind?"));
    EXPECT_THAT(refusalOf("kubelet: {handover: []}\n"), HasSubstr("unknown"));
}

TEST_F(AConfiguration, NamesTheLineTheKeyTheValueAndWhatIsAllowed) {
    EXPECT_EQ(refusalOf("log:\n  level: loud\n"),
              "2: log.level: \"loud\" is none of debug, info, warning, error");
    EXPECT_EQ(refusalOf("health:\n\n  interval: soon\n"),
              "3: health.interval: \"soon\" is not a whole number from 0 to 4294967295");
    EXPECT_EQ(refusalOf("kubelet:\n  directory: plugins\n"),
              "2: kubelet.directory: \"plugins\" is not an absolute path");
    EXPECT_EQ(refusalOf("handover:\n  - cdi-cri\n  - cdi\n"),
              "3: handover[1]: \"cdi\" is none of cdi-cri, cdi-annotations, device-specs");
    EXPECT_EQ(
        refusalOf("resources:\n  - name: a.ai/b\n    select:\n      addresses: [1:0]\n"),
        "4: resources[0].select.addresses[0]: \"1:0\" is no PCI address like 0000:01:00.0 and no "
        "pattern like 0000:01:*");
    EXPECT_EQ(refusalOf("cdi: {kind: hailo}\n"),
              "1: cdi.kind: \"hailo\" is not of the form vendor/class, as in hailo.ai/device");
}

TEST_F(AConfiguration, RefusesValuesOfAnotherKind) {
    EXPECT_EQ(refusalOf("log: debug\n"), "1: log: must be a map, but is the text \"debug\"");
    EXPECT_EQ(refusalOf("log: []\n"), "1: log: must be a map, but is a list");
    EXPECT_EQ(refusalOf("resources: hailo.ai/h8\n"),
              "1: resources: must be a list, but is the text \"hailo.ai/h8\"");
    EXPECT_EQ(refusalOf("cdi:\n  kind: {}\n"), "2: cdi.kind: must be one value, but is a map");
    EXPECT_EQ(refusalOf("[]\n"), "1: must be a map, but is a list");
    EXPECT_EQ(refusalOf("text\n"), "1: must be a map, but is the text \"text\"");
}

TEST_F(AConfiguration, NeedsResourcesWithGoodNamesEachOnce) {
    EXPECT_EQ(refusalOf("resources: []\n"), "1: resources: needs at least one name");
    EXPECT_THAT(refusalOf("resources:\n  - name: kubernetes.io/device\n"),
                AllOf(StartsWith("2: resources[0].name: "), HasSubstr("kubernetes.io")));
    EXPECT_EQ(refusalOf("resources:\n"
                        "  - name: a.ai/x\n"
                        "  - name: a.ai/x\n"
                        "    select: {models: [hailo-8]}\n"),
              "3: resources: names a.ai/x twice");
}

TEST_F(AConfiguration, IsRefusedInOneShortLineWhateverIsInIt) {
    EXPECT_THAT(refusalOf("resources:\n  - name: \"a\\n\\e[31m\"\n"), HasSubstr("a\\x0a\\x1b[31m"));
    for (const auto* key :
         {"cdi: {kind: ", "kubelet: {directory: /", "handover: [", "log: {level: "}) {
        EXPECT_LT(refusalOf(key + std::string(500000, 'a') + "/a").size(), 1100U) << key;
    }
    EXPECT_LT(refusalOf("resources: [{name: a.ai/" + std::string(500000, 'a') + "}]").size(),
              1100U);
    EXPECT_LT(refusalOf(std::string(500, 'a') + "{: 1").size(), 1100U);
}

TEST_F(AConfiguration, TakesAModelFromTheFirmwareOnlyWhereTheFirmwareIsAsked) {
    const std::string rule = "resources: [{name: a.ai/small, select: {models: [hailo-8l]}}]\n";

    EXPECT_EQ(refusalOf(rule),
              "1: resources: a.ai/small takes the model hailo-8l, which is known only "
              "if hardware.identify is once");
    EXPECT_EQ(refusalOf(rule + "hardware: {identify: once}\n"), "");
    EXPECT_EQ(
        refusalOf("hardware: {identify: once, dev-root: \"\"}\n"),
        "1: hardware.identify: \"once\" needs the device nodes, but hardware.dev-root is empty");
}

TEST_F(AConfiguration, RefusesWhatNoContainerCanBeGiven) {
    EXPECT_THAT(refusalOf("container:\n  env: [A=b, A=c]\n"),
                AllOf(StartsWith("2: container.env: "), HasSubstr("sets a variable twice")));
    EXPECT_THAT(refusalOf("container:\n  annotations: {\"a b\": c}\n"),
                StartsWith("2: container.annotations: "));
    EXPECT_THAT(refusalOf("container:\n  mounts: [{host: /h, container: /dev/x}]\n"),
                AllOf(StartsWith("2: container.mounts: "),
                      HasSubstr("where containers see something else already")));
}

TEST_F(AConfiguration, RefusesDevicesAndSocketsBeyondMeasure) {
    EXPECT_EQ(refusalOf("simulate: {count: 1025}\n"),
              "1: simulate.count: 1025 devices are more than 1024");
    EXPECT_THAT(refusalOf("kubelet: {socket-name: ../other}\n"),
                AllOf(StartsWith("1: kubelet.socket-name: "),
                      HasSubstr("is no beginning of a file's name")));
}

TEST_F(AConfiguration, NeedsRoomForTheSocketsPath) {
    const auto deep = "/" + std::string(100, 'k');
    EXPECT_THAT(refusalOf("kubelet: {directory: " + deep + "}\n"),
                AllOf(StartsWith("1: kubelet.directory: "), HasSubstr("the kernel allows 107")));
    EXPECT_THAT(refusalOf("kubelet: {plugins-registry: " + deep + ", registration: watcher}\n"),
                StartsWith("1: kubelet.plugins-registry: "));
    EXPECT_EQ(refusalOf("kubelet: {directory: " + deep + ", registration: watcher}\n"), "")
        << "that folder is not used";
}

TEST_F(AConfiguration, LeavesTheSocketsPathEveryByteThatTheKernelAllows) {
    const std::string longestName = "/hailo.ai_device-00000000-999999.sock";
    const auto longest = "/" + std::string(107 - longestName.size() - 1, 'k');

    EXPECT_EQ(refusalOf("kubelet: {directory: " + longest + "}\n"), "");
    EXPECT_THAT(refusalOf("kubelet: {directory: " + longest + "k}\n"), HasSubstr("get 108 bytes"));
}

} // namespace
} // namespace hdp::testing
