// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/integration/http_client.hpp"

#include <atomic>
#include <cstdint>
#include <thread>
#include <vector>

namespace hdp::testing {

/// Clients that ask for metrics and chips without a pause, for as long as the object lives.
class HttpClients {
  public:
    explicit HttpClients(std::uint16_t port);

    [[nodiscard]] double answered() const { return static_cast<double>(answered_.load()); }

  private:
    std::atomic<std::uint64_t> answered_ = 0;
    std::vector<std::jthread> clients_;
};

/// One client that asks for all properties of the daemon on the system bus without a pause.
class BusClients {
  public:
    BusClients();

    [[nodiscard]] double answered() const { return static_cast<double>(answered_.load()); }

  private:
    std::atomic<std::uint64_t> answered_ = 0;
    std::jthread client_;
};

} // namespace hdp::testing
