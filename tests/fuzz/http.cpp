// SPDX-License-Identifier: Apache-2.0
// What a client sends over one connection, in one piece and in many.
#include "daemon/http/connection.hpp"
#include "daemon/http/event_feed.hpp"
#include "daemon/http/event_stream.hpp"
#include "tests/fuzz/answers.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

using boost::asio::ip::tcp;

/// A fuzzer may have to wait for its turn on the machine.
constexpr std::chrono::minutes patience{1};

constexpr std::string_view state = R"({"chips":8})";

http::Routes pages() {
    http::Routes routes;
    routes.add("/", [] { return http::Answer{.contentType = "text/html", .body = "<p>page"}; });
    routes.add("/metrics", [] { return http::Answer{.body = std::string(20000, 'm')}; });
    routes.add("/healthz", [] { return http::Answer{.body = "ok\n"}; });
    routes.add("/readyz", [] { return http::sentence(http::statusUnavailable, "no"); });
    routes.add("/empty", [] { return http::Answer{}; });
    routes.add("/events",
               [] { return http::Answer{.contentType = "text/event-stream", .isFeed = true}; });
    return routes;
}

/// A client at one end of a pair of sockets, and the server's connection at the other.
class Exchange {
  public:
    Exchange() {
        std::array<int, 2> ends{};
        require(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends.data()) ==
                    0,
                "there are sockets");
        client_ = ends[0];
        tcp::socket socket{loop_};
        socket.assign(tcp::v4(), ends[1]);
        session_ = std::make_shared<http::Connection>(
            boost::beast::tcp_stream{std::move(socket)},
            http::Connection::Context{
                routes_, [this](unsigned status) { statuses_.push_back(status); },
                [this](boost::beast::tcp_stream stream) { listen(std::move(stream)); },
                [this](const http::Session& session) { forget(session); }});
        static_cast<http::Connection&>(*session_).start();
    }

    Exchange(const Exchange&) = delete;
    Exchange& operator=(const Exchange&) = delete;

    ~Exchange() {
        if (session_) {
            session_->close();
        }
        ::close(client_);
        loop_.run();
    }

    /// All that comes back until the server closes.
    std::string send(std::string_view bytes, std::size_t piece) {
        while (!bytes.empty() && session_) {
            bytes.remove_prefix(write(bytes.substr(0, piece)));
            turn();
        }
        ::shutdown(client_, SHUT_WR);
        while (session_) {
            awaitNews();
        }
        turn();
        return std::move(received_);
    }

    /// The server closes the connection of its own accord.
    void abandon(std::string_view bytes) {
        write(bytes);
        turn();
        if (session_) {
            std::exchange(session_, nullptr)->close();
        }
        isAbandoned_ = true;
        loop_.restart();
        loop_.run_for(patience);
        require(loop_.stopped(), "nothing is left to wait for");
    }

    [[nodiscard]] const std::vector<unsigned>& statuses() const { return statuses_; }

  private:
    /// As much as there is room for.
    std::size_t write(std::string_view bytes) const {
        const auto count = ::send(client_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        const bool isGone = count < 0 && errno != EAGAIN;
        return isGone ? bytes.size() : static_cast<std::size_t>(std::max<ssize_t>(count, 0));
    }

    bool read() {
        std::array<char, 65536> bytes{};
        const auto count = ::recv(client_, bytes.data(), bytes.size(), 0);
        received_.append(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0)));
        return count > 0;
    }

    /// Does whatever needs no waiting.
    void turn() {
        bool isBusy = true;
        while (isBusy) {
            isBusy = loop_.poll() > 0;
            isBusy = read() || isBusy;
        }
    }

    /// A client that has said all must not be waited for.
    void awaitNews() {
        turn();
        if (session_) {
            require(loop_.run_one_for(patience) > 0, "an ended client is left");
        }
    }

    void listen(boost::beast::tcp_stream stream) {
        const auto listener = std::make_shared<http::EventStream>(
            std::move(stream), feed_, [this](const http::Session& session) { forget(session); });
        std::exchange(session_, listener);
        listener->start();
    }

    void forget(const http::Session& session) {
        require(!isAbandoned_, "who was closed tells nobody");
        if (session_.get() == &session) {
            session_.reset();
        }
    }

    boost::asio::io_context loop_{1};
    http::Routes routes_ = pages();
    http::EventFeed feed_{[] { return std::string{state}; }};
    std::shared_ptr<http::Session> session_; ///< null: ended
    std::vector<unsigned> statuses_;
    std::string received_;
    int client_ = -1;
    bool isAbandoned_ = false;
};

bool isRefusal(unsigned status) {
    return status == http::statusBadRequest || status == http::statusHeaderTooLarge;
}

/// Whoever asks for the head gets no body, and others get it.
void requireBody(std::string_view request, const Answers& answers) {
    if (answers.statuses.empty() || isRefusal(answers.statuses.front())) {
        return;
    }
    const auto& length = answers.lengths.front();
    require(!request.starts_with("HEAD ") || length.came == 0, "HEAD gets no body", request);
    require(!request.starts_with("GET ") || length.came == length.told, "GET gets the body",
            request);
}

/// The answers without that to what is no request, or is too long: where one is broken off, a
/// server has seen more or less of it.
std::string_view withoutRefusal(std::string_view received, const Answers& answers) {
    const bool isRefused = !answers.statuses.empty() && isRefusal(answers.statuses.back());
    return isRefused ? received.substr(0, answers.last) : received;
}

std::string tell(std::string_view bytes, std::size_t piece) {
    std::string answered;
    requireNoLeak([&answered, bytes, piece] {
        Exchange exchange;
        const auto received = exchange.send(bytes, piece);
        const auto answers = answersIn(received);
        require(answers.statuses == exchange.statuses(), "all that was answered is read", received);
        require(answers.isFeed || answers.rest.empty(), "after the last answer comes nothing",
                received);
        requireBody(bytes, answers);
        answered = withoutRefusal(received, answers);
    });
    return answered;
}

} // namespace

void tryOut(std::string_view input) {
    const auto whole = tell(input, std::max<std::size_t>(input.size(), 1));
    require(tell(input, 1 + input.size() % 13) == whole, "how it is cut does not matter", whole);
    requireNoLeak([input] { Exchange{}.abandon(input.substr(0, input.size() / 2)); });
}

} // namespace hdp::testing
