// SPDX-License-Identifier: Apache-2.0
#include "hotplug/problem.hpp"

namespace hdp::hotplug {

std::string_view nameOf(Reason reason) {
    switch (reason) {
    case Reason::Removed:
        return "removed";
    case Reason::DriverNotBound:
        return "driver-not-bound";
    case Reason::ForeignDriver:
        return "foreign-driver";
    case Reason::ClassDeviceMissing:
        return "class-device-missing";
    case Reason::ClassDeviceAmbiguous:
        return "class-device-ambiguous";
    case Reason::PciFunctionMissing:
        return "pci-function-missing";
    case Reason::AttributeUnreadable:
        return "attribute-unreadable";
    case Reason::NodeMissing:
        return "node-missing";
    case Reason::NodeNotADevice:
        return "node-not-a-device";
    case Reason::NodeMismatch:
        return "node-mismatch";
    case Reason::ConfigSpaceDead:
        return "config-space-dead";
    case Reason::NotResponding:
        return "not-responding";
    case Reason::LinkDown:
        return "link-down";
    case Reason::LinkDegraded:
        return "link-degraded";
    case Reason::AerFatal:
        return "aer-fatal";
    case Reason::AerNonFatal:
        return "aer-nonfatal";
    case Reason::RecoveryFailed:
        return "recovery-failed";
    case Reason::PowerState:
        return "power-state";
    case Reason::WideDomain:
        return "wide-domain";
    case Reason::Simulated:
        return "simulated";
    }
    return "unknown";
}

Severity severityOf(Reason reason) {
    switch (reason) {
    case Reason::LinkDegraded:
    case Reason::AerNonFatal:
    case Reason::PowerState:
    case Reason::WideDomain:
        return Severity::Degraded;
    default:
        return Severity::Unusable;
    }
}

} // namespace hdp::hotplug
