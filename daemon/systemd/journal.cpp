// SPDX-License-Identifier: Apache-2.0
#include "daemon/systemd/journal.hpp"

#include <cstddef>
#include <cstdint>

#include <sys/stat.h>

namespace hdp::systemd {

namespace {

std::string littleEndian(std::uint64_t number) {
    std::string bytes;
    for (std::size_t index = 0; index < sizeof(number); ++index) {
        bytes += static_cast<char>(number & 0xffU);
        number >>= 8U;
    }
    return bytes;
}

} // namespace

void JournalEntry::add(std::string_view name, std::string_view value) {
    datagram_ += name;
    if (value.find('\n') == std::string_view::npos) {
        datagram_ += '=';
    } else {
        datagram_ += '\n' + littleEndian(value.size());
    }
    datagram_ += value;
    datagram_ += '\n';
}

bool isJournal(int descriptor, std::string_view journalStream) {
    struct stat status {};

    return !journalStream.empty() && ::fstat(descriptor, &status) == 0 &&
           journalStream == std::to_string(status.st_dev) + ":" + std::to_string(status.st_ino);
}

} // namespace hdp::systemd
