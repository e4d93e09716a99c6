// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>

#include <chrono>
#include <functional>

namespace hdp::testing {

/// Runs the loop on the calling thread until the condition holds; false if it does not within the
/// deadline. The condition is also looked at while the loop is idle, every few milliseconds.
bool runUntil(boost::asio::io_context& loop,
              const std::function<bool()>& condition,
              std::chrono::milliseconds deadline = std::chrono::seconds(10));

/// Runs what is ready now and what becomes ready by that, without waiting.
void runReady(boost::asio::io_context& loop);

} // namespace hdp::testing
