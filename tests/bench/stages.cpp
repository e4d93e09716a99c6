// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/stages.hpp"

#include "cdi/spec_file.hpp"
#include "cdi/spec_json.hpp"
#include "daemon/handover/cdi_devices.hpp"
#include "daemon/inventory/device_registry.hpp"
#include "daemon/plugin/device_list.hpp"
#include "hotplug/sysfs_scanner.hpp"
#include "tests/bench/bare_stream.hpp"
#include "tests/bench/bench_node.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <thread>
#include <utility>

namespace hdp::testing {

namespace {

constexpr auto kind = "hailo.ai/device";

/// Durations of the work, each time after a change that is not measured.
Samples timed(Pace pace, const std::function<void()>& change, const std::function<void()>& work) {
    Samples samples;
    for (std::size_t round = 0; round < pace.rounds; ++round) {
        change();
        std::this_thread::sleep_for(pace.pause);
        samples.time(work);
    }
    return samples;
}

/// What takes turns: all chips are well, or the first has lost its driver.
class Turns {
  public:
    explicit Turns(hotplug::Scan well, hotplug::Scan ill)
        : scans_{std::move(well), std::move(ill)} {}

    void change() { ++turn_; }

    [[nodiscard]] const hotplug::Scan& now() const { return scans_.at(turn_ % 2); }

  private:
    std::array<hotplug::Scan, 2> scans_;
    std::size_t turn_ = 0;
};

/// The daemon's own parts, in its order, without their neighbours.
struct Parts {
    explicit Parts(Turns& turns)
        : registry(
              loop, [&turns] { return turns.now(); }, rules()) {
        registry.look();
    }

    static std::vector<ResourceRule> rules() {
        std::vector<ResourceRule> rules(1);
        rules.front().resource = kind;
        return rules;
    }

    [[nodiscard]] std::string content() const {
        const auto spec = cdiSpecOf(*registry.current(), kind);
        return spec ? cdi::toJson(*spec) : "";
    }

    [[nodiscard]] std::string list() const {
        return deviceListOf(*registry.current()).SerializeAsString();
    }

    boost::asio::io_context loop;
    DeviceRegistry registry;
    TemporaryDirectory folder;
    cdi::SpecFile file{folder.path(), cdi::specFileName(kind)};
};

void reportParts(
    Report& report, Turns& turns, const std::string& prefix, const std::string& suffix, Pace pace) {
    Parts parts{turns};
    const auto change = [&turns] { turns.change(); };
    const auto next = [&turns, &parts] {
        turns.change();
        parts.registry.look();
    };
    std::string content;
    const auto render = [&] {
        next();
        content = parts.content();
    };
    report.addLatency(prefix + "compare and publish" + suffix,
                      timed(pace, change, [&parts] { parts.registry.look(); }));
    report.addLatency(prefix + "describe as CDI" + suffix,
                      timed(pace, next, [&] { content = parts.content(); }));
    report.addLatency(prefix + "write the CDI file" + suffix,
                      timed(pace, render, [&] { parts.file.write(content); }));
    report.addLatency(prefix + "make the list" + suffix,
                      timed(pace, next, [&] { content = parts.list(); }));
}

hotplug::Scan syntheticScan(std::size_t chips) {
    hotplug::Scan scan;
    for (std::size_t index = 0; index < chips; ++index) {
        auto device = chip("0000:01:00.0", static_cast<unsigned>(index));
        device.address.domain = static_cast<std::uint32_t>(index / 256);
        device.address.bus = static_cast<std::uint8_t>(index % 256);
        scan.devices.push_back(std::move(device));
    }
    return scan;
}

void reportScaleOf(Report& report, std::size_t chips) {
    const Pace pace{20, std::chrono::milliseconds{10}};
    const auto suffix = ", " + std::to_string(chips) + (chips == 1 ? " chip" : " chips");
    const auto well = syntheticScan(chips);
    auto ill = well;
    ill.devices.front() = with(hotplug::Reason::ClassDeviceMissing, ill.devices.front());
    Turns turns{well, ill};
    reportParts(report, turns, "growth: ", suffix, pace);
    const Parts parts{turns};
    report.addNumber("growth: size of the list" + suffix, static_cast<double>(parts.list().size()),
                     "B");
    report.addNumber("growth: size of the CDI file" + suffix,
                     static_cast<double>(parts.content().size()), "B");
}

} // namespace

void reportStages(Report& report, const Plan& plan) {
    const Pace pace{plan.events, std::chrono::milliseconds{10}};
    BenchNode node;
    auto& hardware = node.hardware;
    hotplug::SysfsScanner scanner{hardware.host().inRoot("/sys"), hardware.host().inRoot("/dev")};
    const auto well = scanner.scan();
    bool isBound = true;
    const auto change = [&hardware, &isBound] {
        isBound ? hardware.unbind(chipAt(0)) : hardware.bind(chipAt(0));
        isBound = !isBound;
    };
    report.addLatency("stage: scan sysfs, 8 chips",
                      timed(pace, change, [&scanner] { static_cast<void>(scanner.scan()); }));
    if (isBound) {
        change();
    }
    Turns turns{well, scanner.scan()};
    reportParts(report, turns, "stage: ", ", 8 chips", pace);
    report.addLatency("floor: bare gRPC stream",
                      bareStream(deviceListOf(inventoryOf(well.devices)), pace));
}

void reportScale(Report& report, const Plan& /*plan*/) {
    for (const std::size_t chips : {1U, 8U, 64U, 512U, 4096U}) {
        reportScaleOf(report, chips);
    }
}

} // namespace hdp::testing
