// SPDX-License-Identifier: Apache-2.0
#include "daemon/status_server.hpp"

#include "daemon/config/listen_address.hpp"
#include "daemon/http/server.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics/exposition.hpp"
#include "daemon/metrics/metrics_page.hpp"
#include "daemon/status/readiness.hpp"
#include "daemon/status/status_json.hpp"
#include "daemon/status/status_page.hpp"

#include <iterator>
#include <sstream>
#include <string_view>
#include <utility>

#include <sys/utsname.h>

namespace hdp {

namespace {

std::string textOf(const boost::asio::ip::tcp::endpoint& endpoint) {
    std::ostringstream text;
    text << endpoint;
    return text.str();
}

std::string hostName() {
    utsname system{};
    return ::uname(&system) == 0 ? std::string{std::data(system.nodename)} : std::string{};
}

} // namespace

struct StatusServer::Parts {
    Parts(boost::asio::io_context& loop, const std::string& address, Sources sources_)
        : endpoint(config::parseListenAddress(address)),
          sources(std::move(sources_)),
          feed([this] { return state(); }),
          server(loop, routes(), feed, [this](unsigned status) { count(status); }) {
        sources.history.listen([this] { tell(); });
    }

    Parts(const Parts&) = delete;
    Parts& operator=(const Parts&) = delete;

    ~Parts() {
        sources.history.listen([] {});
    }

    http::Routes routes() {
        http::Routes all;
        all.add("/", [this] { return page(); });
        all.add("/devices", [this] { return devices(); });
        all.add("/events", [this] { return events(); });
        all.add("/healthz", [] { return http::Answer{.body = "ok\n"}; });
        all.add("/metrics", [this] { return metrics(); });
        all.add("/readyz", [this] { return readiness(); });
        all.add("/status.css", [] { return constant("text/css", status::pageStyle); });
        all.add("/status.js", [] { return constant("text/javascript", status::pageScript); });
        return all;
    }

    void count(unsigned status) const { ++sources.history.record.httpAnswers[status]; }

    void tell() {
        if (feed.hasListeners()) {
            sources.onInterest();
        }
        feed.tell();
    }

    /// All facts, for somebody who will want newer ones soon.
    [[nodiscard]] status::Facts facts() const {
        sources.onInterest();
        auto all = sources.facts();
        all.httpConnections = server.connections();
        return all;
    }

    [[nodiscard]] std::string state() const {
        auto all = sources.facts();
        all.host = hostName();
        return status::statusJson(all, sources.history.events());
    }

    [[nodiscard]] http::Answer page() const {
        sources.onInterest();
        return {.contentType = "text/html; charset=utf-8", .body = status::statusPage(state())};
    }

    [[nodiscard]] http::Answer devices() const {
        return {.contentType = "application/json", .body = status::devicesJson(facts())};
    }

    [[nodiscard]] http::Answer events() const {
        if (feed.isFull()) {
            return http::sentence(http::statusUnavailable, "As many listen already as may.");
        }
        return {.contentType = "text/event-stream", .isFeed = true};
    }

    [[nodiscard]] http::Answer metrics() const {
        return {.contentType = metrics::Exposition::contentType,
                .body = metrics::metricsPage(facts(), sources.history.record)};
    }

    [[nodiscard]] http::Answer readiness() const {
        const auto now = sources.facts();
        return {.status = status::isReady(now) ? http::statusOk : http::statusUnavailable,
                .body = status::readinessText(now)};
    }

    static http::Answer constant(std::string_view contentType, std::string_view body) {
        return {.contentType = contentType, .body = std::string{body}};
    }

    boost::asio::ip::tcp::endpoint endpoint;
    Sources sources;
    http::EventFeed feed;
    http::Server server;
    std::string failure;
};

StatusServer::StatusServer(boost::asio::io_context& loop,
                           const std::string& address,
                           Sources sources) {
    if (!address.empty()) {
        parts_ = std::make_unique<Parts>(loop, address, std::move(sources));
        verify();
    }
}

StatusServer::~StatusServer() = default;

void StatusServer::verify() {
    if (!parts_) {
        return;
    }
    if (parts_->server.isListening()) {
        return parts_->tell(); // what has no event, and the time, may have changed
    }
    try {
        parts_->server.listen(parts_->endpoint);
        parts_->failure.clear();
        log::info("status and metrics are at http://" + textOf(parts_->server.where()) + "/",
                  {{"HAILO_EVENT", "http"}});
    } catch (const boost::system::system_error& error) {
        const auto cause = error.code().message();
        if (std::exchange(parts_->failure, cause) != cause) {
            log::error("nothing is told over HTTP, because " + textOf(parts_->endpoint) +
                           " cannot be listened on: " + cause +
                           "; it is tried again at each health check: set another http.listen, or "
                           "end who has it",
                       {{"HAILO_EVENT", "http-failure"}});
        }
    }
}

void StatusServer::tell() {
    if (parts_) {
        parts_->tell();
    }
}

void StatusServer::stop() {
    if (parts_) {
        parts_->server.stop();
    }
}

} // namespace hdp
