// SPDX-License-Identifier: Apache-2.0
#include "daemon/view/host_watch.hpp"

#include "daemon/identify/identify_chip.hpp"
#include "daemon/kubelet/kubelet_connection.hpp"

#include <boost/asio/post.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <set>
#include <utility>

namespace hdp {

namespace {

using namespace std::chrono_literals;

/// The kubelet tells nobody when a pod gets or gives back a chip.
constexpr auto betweenQuestions = 2s;

ChipModels::Parameters modelParameters(const Options& options) {
    return {.mode = options.identify,
            .sysRoot = options.sysRoot,
            .devRoot = options.devRoot,
            .program = {"/proc/self/exe", identifyCommand}};
}

std::set<HeldDevice> ofResources(const std::set<HeldDevice>& held,
                                 const std::vector<ResourceRule>& rules) {
    std::set<HeldDevice> ours;
    std::ranges::copy_if(held, std::inserter(ours, ours.end()), [&rules](const HeldDevice& device) {
        return std::ranges::find(rules, device.resource, &ResourceRule::resource) != rules.end();
    });
    return ours;
}

} // namespace

HostWatch::HostWatch(boost::asio::io_context& loop,
                     Options options,
                     VitalSignsReader::Command command,
                     OnView onView)
    : loop_(loop),
      options_(std::move(options)),
      onView_(std::move(onView)),
      scanner_(options_.sysRoot, options_.devRoot),
      chipModels_(loop_, modelParameters(options_), [this] { registry_.lookSoon(); }),
      registry_(
          loop_, [this] { return scan(); }, options_.resources),
      health_(loop_, registry_, std::move(command), options_.healthInterval.count() > 0),
      healthTimer_(loop_),
      holdersTimer_(loop_) {
    registry_.subscribe(*this);
    registry_.subscribe(health_);
}

hotplug::Scan HostWatch::scan() {
    auto scan = chipModels_.refine(scanner_.scan());
    anomalies_ = scan.anomalies;
    return scan;
}

void HostWatch::begin(Duration duration) {
    isOngoing_ = duration == Duration::Ongoing;
    if (isOngoing_) {
        listen(); // before the first look, so that nothing falls between the two
    }
    registry_.look();
    health_.begin([this] { onFirstReading(); });
    askForHolders();
    if (isOngoing_) {
        awaitHealthTick();
    }
}

void HostWatch::listen() {
    monitor_.emplace(
        loop_, options_.ueventSource, [this](hotplug::UdevMonitor::Cause) { registry_.lookSoon(); },
        [this](const hotplug::Recovery& recovery) { health_.onRecovery(recovery); });
}

void HostWatch::onInventory(const InventoryPtr& /*inventory*/) {
    show();
}

void HostWatch::askForHolders() {
    const auto& socket = options_.podResourcesSocket;
    if (socket.empty()) {
        return onHolders({{}, "kubelet.pod-resources-socket is empty"});
    }
    const auto connection = connectToKubelet(socket);
    if (connection.descriptor < 0) {
        return onHolders({{}, socket.string() + ": " + connection.error.message()});
    }
    call_ = std::make_unique<PodResourcesCall>(
        loop_, connection.descriptor, [this, socket](const PodResources& answer) {
            onHolders(answer.error.empty()
                          ? answer
                          : PodResources{{}, socket.string() + ": " + answer.error});
        });
}

void HostWatch::onHolders(const PodResources& answer) {
    call_.reset();
    holders_ = answer;
    registry_.remember(ofResources(holders_.held, options_.resources));
    knowsHolders_ = true;
    if (isOngoing_) {
        awaitHolders();
    }
    show();
}

void HostWatch::awaitHolders() {
    holdersTimer_.expires_after(betweenQuestions);
    holdersTimer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && !isStopped_) {
            askForHolders();
        }
    });
}

void HostWatch::awaitHealthTick() {
    if (options_.healthInterval.count() == 0) {
        return;
    }
    healthTimer_.expires_after(options_.healthInterval);
    healthTimer_.async_wait([this](const boost::system::error_code& error) {
        if (!error && !isStopped_) {
            health_.read();
            awaitHealthTick();
        }
    });
}

void HostWatch::onFirstReading() {
    knowsHealth_ = true;
    show();
}

bool HostWatch::isReady() const {
    return knowsHealth_ && knowsHolders_ && !isStopped_ &&
           std::ranges::none_of(registry_.current()->devices, [](const DeviceStatus& status) {
               return status.device.isBeingIdentified;
           });
}

void HostWatch::show() {
    if (!isReady() || (shown_ && !isOngoing_)) {
        return;
    }
    if (auto next = view(); next != shown_) {
        shown_ = std::move(next);
        onView_(*shown_);
    }
    if (!isOngoing_) {
        // Later, because parts that stop are on the stack now.
        boost::asio::post(loop_, [this] { stop(); });
    }
}

HostView HostWatch::view() const {
    HostView view;
    for (const auto& status : registry_.current()->devices) {
        view.chips.push_back(viewOf(status));
    }
    view.signsGap = options_.healthInterval.count() == 0 ? "health.interval is 0" : health_.error();
    view.holdersGap = holders_.error;
    view.anomalies = anomalies_;
    return view;
}

ChipView HostWatch::viewOf(const DeviceStatus& status) const {
    ChipView chip{.status = status};
    if (const auto* signs = health_.signsOf(status.device.address)) {
        chip.signs = *signs;
    }
    for (const auto& [device, holders] : holders_.holders) {
        if (device.id == status.id && device.resource == status.resource) {
            chip.holders = holders;
        }
    }
    return chip;
}

void HostWatch::stop() {
    isStopped_ = true;
    monitor_.reset();
    healthTimer_.cancel();
    holdersTimer_.cancel();
    call_.reset();
    health_.stop();
    chipModels_.stop();
    registry_.stop();
}

} // namespace hdp
