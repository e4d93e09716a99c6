// SPDX-License-Identifier: Apache-2.0
#include "daemon/log.hpp"

#include <memory>
#include <string>

#include <fmt/format.h>
#include <grpc/support/log.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace hdp::log {

namespace {

constexpr auto pattern = "%Y-%m-%dT%H:%M:%S.%e%z %-7l %v";

spdlog::level::level_enum spdlogLevel(Level level) {
    switch (level) {
    case Level::Debug:
        return spdlog::level::debug;
    case Level::Info:
        return spdlog::level::info;
    case Level::Warning:
        return spdlog::level::warn;
    case Level::Error:
        break;
    }
    return spdlog::level::err;
}

/// Words come from kubelets, firmware and files too; an entry stays one line all the same, and says
/// nothing to a terminal.
void appendPrintable(std::string& text, std::string_view words) {
    constexpr unsigned char firstPrintable = 0x20;
    constexpr unsigned char del = 0x7f;
    for (const char character : words) {
        const auto code = static_cast<unsigned char>(character);
        if (code < firstPrintable || code == del) {
            text += fmt::format("\\x{:02x}", code);
        } else {
            text += character;
        }
    }
}

std::string line(std::string_view message, Fields fields) {
    std::string text;
    appendPrintable(text, message);
    for (const auto& field : fields) {
        text.append("  ").append(field.name).append("=");
        appendPrintable(text, field.value);
    }
    return text;
}

void write(Level level, std::string_view message, Fields fields) {
    const auto target = spdlogLevel(level);
    if (spdlog::should_log(target)) {
        spdlog::log(target, "{}", line(message, fields));
    }
}

void writeForGrpc(gpr_log_func_args* args) {
    const auto level = args->severity == GPR_LOG_SEVERITY_ERROR ? Level::Error : Level::Debug;
    write(level, args->message, {{"HAILO_EVENT", "grpc"}});
}

} // namespace

void setUp(Level level) {
    auto logger = std::make_shared<spdlog::logger>(
        "hailo-device-plugin", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    logger->set_pattern(pattern);
    logger->set_level(spdlogLevel(level));
    logger->flush_on(spdlog::level::trace);
    spdlog::set_default_logger(std::move(logger));
    gpr_set_log_function(writeForGrpc);
}

void setLevel(Level level) {
    spdlog::set_level(spdlogLevel(level));
}

void debug(std::string_view message, Fields fields) {
    write(Level::Debug, message, fields);
}

void info(std::string_view message, Fields fields) {
    write(Level::Info, message, fields);
}

void warning(std::string_view message, Fields fields) {
    write(Level::Warning, message, fields);
}

void error(std::string_view message, Fields fields) {
    write(Level::Error, message, fields);
}

} // namespace hdp::log
