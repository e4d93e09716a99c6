// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/arrivals.hpp"

#include <array>
#include <cerrno>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string_view>
#include <system_error>

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

/// Whether one of the events in the buffer is about a name with that end.
bool isAbout(const char* events, std::size_t size, const std::string& end) {
    for (std::size_t place = 0; place + sizeof(inotify_event) <= size;) {
        inotify_event event{};
        std::memcpy(&event, events + place, sizeof event);
        if (std::string_view{events + place + sizeof event}.ends_with(end)) {
            return true;
        }
        place += sizeof event + event.len;
    }
    return false;
}

} // namespace

Arrivals::Arrivals(const std::filesystem::path& folder, const std::string& end)
    : inotify_(::inotify_init1(IN_CLOEXEC)) {
    if (inotify_ < 0 ||
        ::inotify_add_watch(inotify_, folder.c_str(), IN_CREATE | IN_MOVED_TO) < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "inotify_add_watch " + folder.string());
    }
    watcher_ = std::jthread{[this, end] { watch(end); }};
}

Arrivals::~Arrivals() {
    watcher_.join();
    ::close(inotify_);
}

void Arrivals::watch(const std::string& end) {
    constexpr int patience = 10'000; // milliseconds
    std::array<char, 4096> events{};
    pollfd waiting{inotify_, POLLIN, 0};
    while (::poll(&waiting, 1, patience) == 1) {
        const auto now = Clock::now();
        const auto size = ::read(inotify_, events.data(), events.size());
        if (size > 0 && isAbout(events.data(), static_cast<std::size_t>(size), end)) {
            return promise_.set_value(now);
        }
    }
    promise_.set_exception(
        std::make_exception_ptr(std::runtime_error("nothing came that ends in " + end)));
}

} // namespace hdp::testing
