// SPDX-License-Identifier: Apache-2.0
#include "daemon/files/inotify.hpp"

#include <boost/asio/buffer.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include <sys/inotify.h>

namespace hdp {

namespace {

// One mask for all, because a second inotify_add_watch on a folder replaces the first one's mask.
constexpr std::uint32_t everything = IN_CREATE | IN_MOVED_TO | IN_DELETE | IN_MOVED_FROM |
                                     IN_CLOSE_WRITE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;

int initialise() {
    const int descriptor = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(), "inotify_init1");
    }
    return descriptor;
}

} // namespace

Inotify::Watch::Watch(Inotify& inotify, int descriptor, OnEvent onEvent)
    : inotify_(inotify), descriptor_(descriptor), onEvent_(std::move(onEvent)) {
    inotify_.watches_.push_back(this);
}

Inotify::Watch::~Watch() {
    inotify_.remove(*this);
}

Inotify::Inotify(boost::asio::io_context& loop) : descriptor_(loop, initialise()) {
    receive();
}

std::unique_ptr<Inotify::Watch> Inotify::watch(const std::filesystem::path& path, OnEvent onEvent) {
    const int descriptor =
        ::inotify_add_watch(descriptor_.native_handle(), path.c_str(), everything);
    if (descriptor < 0) {
        throw std::system_error(errno, std::generic_category(),
                                "inotify_add_watch " + path.string());
    }
    return std::make_unique<Watch>(*this, descriptor, std::move(onEvent));
}

void Inotify::receive() {
    descriptor_.async_read_some(boost::asio::buffer(buffer_),
                                [this](const boost::system::error_code& error, std::size_t length) {
                                    if (!error) {
                                        dispatch(length);
                                        receive();
                                    }
                                });
}

void Inotify::dispatch(std::size_t length) {
    std::size_t offset = 0;
    while (offset + sizeof(inotify_event) <= length) {
        inotify_event event{};
        std::memcpy(&event, buffer_.data() + offset, sizeof event);
        const char* name = buffer_.data() + offset + sizeof event;
        deliver(event.wd, event.mask, {name, ::strnlen(name, event.len)});
        offset += sizeof event + event.len;
    }
}

void Inotify::deliver(int descriptor, std::uint32_t mask, std::string_view name) {
    // A callback may end any watch, its own included: hence copies, and a look before each call.
    const auto candidates = watches_;
    for (auto* watch : candidates) {
        const bool alive = std::ranges::find(watches_, watch) != watches_.end();
        if (!alive || (watch->descriptor_ != descriptor && (mask & IN_Q_OVERFLOW) == 0)) {
            continue;
        }
        if ((mask & IN_IGNORED) != 0) {
            watch->descriptor_ = -1;
        }
        const auto onEvent = watch->onEvent_;
        onEvent(mask, name);
    }
}

void Inotify::remove(Watch& watch) {
    std::erase(watches_, &watch);
    const auto isShared =
        std::ranges::find(watches_, watch.descriptor_, &Watch::descriptor_) != watches_.end();
    if (watch.descriptor_ >= 0 && !isShared) {
        ::inotify_rm_watch(descriptor_.native_handle(), watch.descriptor_);
    }
}

} // namespace hdp
