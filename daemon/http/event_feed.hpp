// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <set>
#include <string>

namespace hdp::http {

/// What clients of Server-Sent Events are told: always the newest state as a whole, never what was
/// true in between. So a slow client costs one message, however much happens meanwhile. Loop thread
/// only; must outlive those who listen.
class EventFeed {
  public:
    /// Someone who is told that there is another message.
    class Listener {
      public:
        Listener() = default;
        Listener(const Listener&) = delete;
        Listener& operator=(const Listener&) = delete;
        virtual ~Listener() = default;

        virtual void onNews() = 0;
    };

    static constexpr std::size_t mostListeners = 16;

    /// Makes the state, in one line of text. Not called while nobody listens.
    explicit EventFeed(std::function<std::string()> render);

    [[nodiscard]] bool isFull() const { return listeners_.size() >= mostListeners; }

    [[nodiscard]] bool hasListeners() const { return !listeners_.empty(); }

    void join(Listener& listener) { listeners_.insert(&listener); }

    void leave(Listener& listener) { listeners_.erase(&listener); }

    /// The state is another one.
    void tell();

    /// The newest state as a message; made once for all who listen.
    [[nodiscard]] std::shared_ptr<const std::string> message();

  private:
    std::function<std::string()> render_;
    std::set<Listener*> listeners_;
    std::shared_ptr<const std::string> message_; ///< null: to be made
};

} // namespace hdp::http
