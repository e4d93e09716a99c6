// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sdbus-c++/IConnection.h>
#include <sdbus-c++/IObject.h>

#include <atomic>
#include <memory>
#include <string>

namespace hdp::testing {

/// What logind shows of a shutdown, on a bus that runs: PreparingForShutdown, PrepareForShutdown.
class MockLogind {
  public:
    explicit MockLogind(const std::string& address);
    MockLogind(const MockLogind&) = delete;
    MockLogind& operator=(const MockLogind&) = delete;
    ~MockLogind();

    /// As systemctl poweroff, and as one that is cancelled.
    void prepareForShutdown(bool isGoingDown);

  private:
    std::atomic<bool> isGoingDown_ = false;
    std::unique_ptr<sdbus::IConnection> bus_;
    std::unique_ptr<sdbus::IObject> object_;
};

} // namespace hdp::testing
