// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/handover/cdi_publisher.hpp"
#include "daemon/handover/class_views.hpp"
#include "daemon/handover/container_extras.hpp"
#include "daemon/handover/mode.hpp"
#include "daemon/handover/node_links.hpp"
#include "daemon/inventory/inventory.hpp"

#include "deviceplugin_v1beta1.pb.h"

#include <string>
#include <vector>

namespace hdp {

/// Chips that go to one container together, sorted by address.
using DeviceSet = std::vector<const DeviceStatus*>;

/// What a handover depends on besides the chips.
struct HandoverSettings {
    std::vector<HandoverMode> modes;
    std::string resource{}; ///< "hailo.ai/device"
    /// Chips of other resources may go to the same container: the kubelet then keeps one value per
    /// name, so the names of environment variables end in the resource's.
    bool hasSiblings = false;
    ContainerSettings container{};
    Simulation simulation{};
};

/// Writes what the kubelet passes on to a container runtime, in every configured mode at once.
/// Nothing in it depends on the host's /dev/hailoN: the kubelet replays it for the life of the pod.
/// Simulated devices come as the simulation says; they need no file of ours.
class Handover {
  public:
    Handover(HandoverSettings settings,
             const CdiPublisher& cdi,
             const NodeLinks& links,
             const ClassViews& views);

    [[nodiscard]] const std::string& resource() const { return settings_.resource; }

    /// "cdi-cri,device-specs"
    [[nodiscard]] std::string modesText() const;

    /// The answer for one container. Environment and annotations do not depend on the modes; mounts
    /// come with device-specs only, because the CDI file has them too. A mode whose files are not
    /// in place is left out; when none is left throws AllocationError, because a container would
    /// start without its chips.
    [[nodiscard]] v1beta1::ContainerAllocateResponse respond(const DeviceSet& devices) const;

  private:
    bool hand(HandoverMode mode,
              const DeviceSet& devices,
              v1beta1::ContainerAllocateResponse& response) const;
    bool addCdiNames(const DeviceSet& devices, v1beta1::ContainerAllocateResponse& response) const;
    bool addCdiAnnotation(const DeviceSet& devices,
                          v1beta1::ContainerAllocateResponse& response) const;
    bool addDeviceSpecs(const DeviceSet& devices,
                        v1beta1::ContainerAllocateResponse& response) const;
    void addSimulated(const DeviceSet& devices, v1beta1::ContainerAllocateResponse& response) const;
    /// Throws AllocationError when --hailort-library has nothing that fits all chips.
    [[nodiscard]] ContainerExtras extrasFor(const DeviceSet& devices) const;
    static void addMounts(const ContainerExtras& extras,
                          v1beta1::ContainerAllocateResponse& response);
    void addEnvironment(const DeviceSet& devices,
                        v1beta1::ContainerAllocateResponse& response) const;

    HandoverSettings settings_;
    const CdiPublisher& cdi_;
    const NodeLinks& links_;
    const ClassViews& views_;
};

} // namespace hdp
