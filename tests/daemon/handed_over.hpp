// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/files/inotify.hpp"
#include "daemon/handover/cdi_publisher.hpp"
#include "daemon/handover/class_views.hpp"
#include "daemon/handover/node_links.hpp"
#include "tests/daemon/builders.hpp"
#include "tests/daemon/captured_log.hpp"
#include "tests/support/fixture.hpp"
#include "tests/support/temporary_directory.hpp"

#include <boost/asio/io_context.hpp>
#include <gtest/gtest.h>

#include <filesystem>
#include <vector>

namespace hdp::testing {

/// Everything that a handover stands on, in a folder of its own: CDI file, links and class views.
class HandedOver : public ::testing::Test {
  protected:
    void publish(const std::vector<hotplug::Device>& devices) { publish(snapshotOf(devices)); }

    void publish(const InventoryPtr& newest) {
        inventory = newest;
        links.onInventory(newest);
        cdi.onInventory(newest);
    }

    void blockCdi() {
        block(base.path() / "cdi");
        cdi.verify();
    }

    void blockLinks() {
        block(base.path() / "devices");
        links.verify();
    }

    CapturedLog log;
    TemporaryDirectory base;
    boost::asio::io_context loop;
    Inotify inotify{loop};
    NodeLinks links{base.path() / "devices"};
    ClassViews views{base.path() / "views"};
    CdiPublisher cdi{inotify, base.path() / "cdi", "hailo.ai/device"};
    InventoryPtr inventory;

  private:
    static void block(const std::filesystem::path& folder) {
        std::filesystem::remove_all(folder);
        writeFile(folder, "a file where the folder should be");
    }
};

} // namespace hdp::testing
