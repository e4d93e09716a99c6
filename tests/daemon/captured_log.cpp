// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/captured_log.hpp"

#include "daemon/log.hpp"

#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

namespace hdp::testing {

CapturedLog::CapturedLog() : before_(spdlog::default_logger()) {
    log::tellAllRepeats(); // of another test
    auto logger = std::make_shared<spdlog::logger>(
        "captured", std::make_shared<spdlog::sinks::ostream_sink_mt>(stream_));
    logger->set_pattern("%l %v");
    logger->set_level(spdlog::level::debug);
    spdlog::set_default_logger(std::move(logger));
}

CapturedLog::~CapturedLog() {
    spdlog::set_default_logger(before_);
}

std::size_t CapturedLog::count(std::string_view words) const {
    const auto all = text();
    std::size_t number = 0;
    for (auto at = all.find(words); at != std::string::npos; at = all.find(words, at + 1)) {
        ++number;
    }
    return number;
}

} // namespace hdp::testing
