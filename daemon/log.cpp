// SPDX-License-Identifier: Apache-2.0
#include "daemon/log.hpp"

#include "daemon/log/journal_fields.hpp"
#include "daemon/log/lines.hpp"
#include "daemon/log/repeats.hpp"
#include "daemon/log/standard_error.hpp"

#include <atomic>
#include <memory>
#include <string>

#include <grpc/support/log.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace hdp::log {

namespace {

constexpr auto textPattern = "%Y-%m-%dT%H:%M:%S.%e%z %-7l %v";
constexpr auto jsonPattern = "%v";

/// gRPC's threads read it too.
std::atomic<Format> formatInForce{Format::Text};

/// Each thread counts its own repeats: gRPC logs on threads of its own.
Repeats& repeats() {
    thread_local Repeats ofThisThread;
    return ofThisThread;
}

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

bool writeToJournal(const Entry& entry) {
    static const systemd::Journal journal;
    return journal.write(journalEntry(entry));
}

void write(const Entry& entry) {
    const auto format = formatInForce.load();
    if (format == Format::Journal && writeToJournal(entry)) {
        return;
    }
    spdlog::log(spdlogLevel(entry.level), "{}",
                format == Format::Json ? jsonLine(entry, std::chrono::system_clock::now())
                                       : textLine(entry));
}

void writeAll(const std::vector<Entry>& entries) {
    for (const auto& entry : entries) {
        write(entry);
    }
}

Entry entryOf(Level level, std::string_view message, Fields fields) {
    Entry entry{.level = level, .message = printable(message), .fields = {}};
    for (const auto& field : fields) {
        entry.fields.emplace_back(field.name, printable(field.value));
    }
    return entry;
}

void say(Level level, std::string_view message, Fields fields) {
    if (!spdlog::should_log(spdlogLevel(level))) {
        return;
    }
    const auto entry = entryOf(level, message, fields);
    tellRepeats();
    if (repeats().admit(entry, Repeats::Clock::now())) {
        write(entry);
    }
}

void sayForGrpc(gpr_log_func_args* args) {
    const auto level = args->severity == GPR_LOG_SEVERITY_ERROR ? Level::Error : Level::Debug;
    say(level, args->message, {{"HAILO_EVENT", "grpc"}});
}

} // namespace

void setUp(Level level, Format format) {
    auto logger = std::make_shared<spdlog::logger>("hailo-device-plugin",
                                                   std::make_shared<StandardError>(STDERR_FILENO));
    spdlog::set_default_logger(std::move(logger));
    setLevel(level);
    setFormat(format);
    gpr_set_log_function(sayForGrpc);
}

void setLevel(Level level) {
    spdlog::set_level(spdlogLevel(level));
}

void setFormat(Format format) {
    const auto wanted = chosen(format, Surroundings::look(environ));
    spdlog::set_pattern(wanted == Format::Json ? jsonPattern : textPattern);
    formatInForce = wanted;
}

void debug(std::string_view message, Fields fields) {
    say(Level::Debug, message, fields);
}

void info(std::string_view message, Fields fields) {
    say(Level::Info, message, fields);
}

void warning(std::string_view message, Fields fields) {
    say(Level::Warning, message, fields);
}

void error(std::string_view message, Fields fields) {
    say(Level::Error, message, fields);
}

void tellRepeats() {
    writeAll(repeats().ended(Repeats::Clock::now()));
}

void tellAllRepeats() {
    writeAll(repeats().all());
}

} // namespace hdp::log
