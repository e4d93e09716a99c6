// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/doctor/checks.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/support/mock_host.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace hdp::testing {

/// A host of files, and the patient that stands for it. All places of settings are below it.
class DoctorTest : public ::testing::Test {
  protected:
    DoctorTest() {
        auto& options = patient.options;
        options.sysRoot = host.inRoot("/sys");
        options.devRoot = host.inRoot("/dev");
        options.kubeletDirectory = host.inRoot("/kubelet");
        options.pluginsRegistry = host.inRoot("/registry");
        options.podResourcesSocket = host.inRoot("/pods.sock");
        options.cdiDirectory = host.inRoot("/var/run/cdi");
        patient.root = host.inRoot("/");
    }

    /// These chips are there, each in the first resource.
    void plug(const std::vector<hotplug::Device>& devices) {
        auto inventory = inventoryOf(devices);
        patient.view.chips.clear();
        for (auto& status : inventory.devices) {
            status.resource = patient.options.resources.front().resource;
            patient.view.chips.push_back({.status = status});
        }
        patient.inventory = std::make_shared<const Inventory>(std::move(inventory));
    }

    MockHost host;
    doctor::Patient patient;
};

/// A finding of that verdict whose texts contain these.
MATCHER_P3(Tells, verdict, seen, remedy, "") {
    return arg.verdict == verdict && arg.seen.find(seen) != std::string::npos &&
           arg.remedy.find(remedy) != std::string::npos &&
           (verdict == doctor::Verdict::Fine) == arg.why.empty();
}

inline auto isFine(const std::string& seen) {
    return Tells(doctor::Verdict::Fine, seen, "");
}

} // namespace hdp::testing
