// SPDX-License-Identifier: Apache-2.0
#include "daemon/log/journal_fields.hpp"

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/string_generator.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <algorithm>

namespace hdp::log {

namespace {

/// As syslog counts, see syslog(3).
std::string_view priorityOf(Level level) {
    switch (level) {
    case Level::Debug:
        return "7";
    case Level::Info:
        return "6";
    case Level::Warning:
        return "4";
    case Level::Error:
        break;
    }
    return "3";
}

} // namespace

std::string messageIdOf(std::string_view event) {
    static const auto ours =
        boost::uuids::string_generator{}("6f3b1c9a-4e0d-4d5c-9a57-2f1e8b7c0d34");
    auto text = boost::uuids::to_string(
        boost::uuids::name_generator_sha1{ours}(event.data(), event.size()));
    std::erase(text, '-');
    return text;
}

systemd::JournalEntry journalEntry(const Entry& entry) {
    systemd::JournalEntry result;
    result.add("MESSAGE", entry.message);
    result.add("PRIORITY", priorityOf(entry.level));
    result.add("SYSLOG_IDENTIFIER", identifier);
    if (const auto event = entry.field("HAILO_EVENT"); !event.empty()) {
        result.add("MESSAGE_ID", messageIdOf(event));
    }
    for (const auto& [name, value] : entry.fields) {
        result.add(name, value);
    }
    return result;
}

} // namespace hdp::log
