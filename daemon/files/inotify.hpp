// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string_view>
#include <vector>

namespace hdp {

/// The process's only inotify descriptor, because their number is limited for each user (128 by
/// default) and nodes run short of them. Loop thread only; must outlive its watches.
class Inotify {
  public:
    /// Called with the event's mask and the entry's name, empty when the event is about the watched
    /// folder itself. IN_Q_OVERFLOW goes to every watch. May destroy the watch it was called for.
    using OnEvent = std::function<void(std::uint32_t mask, std::string_view name)>;

    /// One subscription; destruction ends it.
    class Watch {
      public:
        Watch(Inotify& inotify, int descriptor, OnEvent onEvent);
        Watch(const Watch&) = delete;
        Watch& operator=(const Watch&) = delete;
        ~Watch();

      private:
        friend class Inotify;

        Inotify& inotify_;
        int descriptor_; ///< -1 after the kernel dropped the watch
        OnEvent onEvent_;
    };

    /// Throws std::system_error, inotify_init1, when the limit of the user is reached.
    explicit Inotify(boost::asio::io_context& loop);
    Inotify(const Inotify&) = delete;
    Inotify& operator=(const Inotify&) = delete;
    ~Inotify() = default;

    /// Several watches on one folder share the kernel's one; all of them get its events.
    /// Throws std::system_error, inotify_add_watch, when the path is absent or the limit is
    /// reached.
    [[nodiscard]] std::unique_ptr<Watch> watch(const std::filesystem::path& path, OnEvent onEvent);

    /// No event is delivered any more, and none is waited for.
    void stop() { descriptor_.close(); }

  private:
    void receive();
    void dispatch(std::size_t length);
    void deliver(int descriptor, std::uint32_t mask, std::string_view name);
    void remove(Watch& watch);

    boost::asio::posix::stream_descriptor descriptor_;
    std::vector<Watch*> watches_;
    alignas(std::uint64_t) std::array<char, 4096> buffer_{};
};

} // namespace hdp
