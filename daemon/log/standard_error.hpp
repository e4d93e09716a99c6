// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <mutex>
#include <string_view>

#include <spdlog/sinks/base_sink.h>

namespace hdp::log {

/// Writes lines to a descriptor and never waits: what nobody reads fast enough is dropped, and the
/// number of lost lines is told before the next line that fits. The descriptor stays as it is,
/// since others write to it too. Any thread.
class StandardError final : public spdlog::sinks::base_sink<std::mutex> {
  public:
    explicit StandardError(int descriptor) : descriptor_(descriptor) {}

  private:
    void sink_it_(const spdlog::details::log_msg& message) override;

    void flush_() override {}

    [[nodiscard]] bool write(std::string_view text);
    void writeLine(std::string_view line);

    int descriptor_;
    std::size_t lost_ = 0;
    bool isMidLine_ = false;
};

} // namespace hdp::log
