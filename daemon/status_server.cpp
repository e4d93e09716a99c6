// SPDX-License-Identifier: Apache-2.0
#include "daemon/status_server.hpp"

#include "daemon/config/listen_address.hpp"
#include "daemon/http/server.hpp"
#include "daemon/log.hpp"
#include "daemon/metrics/exposition.hpp"
#include "daemon/metrics/metrics_page.hpp"
#include "daemon/status/readiness.hpp"

#include <sstream>
#include <utility>

namespace hdp {

struct StatusServer::Parts {
    Parts(boost::asio::io_context& loop,
          const std::string& address,
          std::function<status::Facts()> facts_,
          metrics::Record& record_)
        : endpoint(config::parseListenAddress(address)),
          facts(std::move(facts_)),
          record(record_),
          feed([] { return std::string{}; }),
          server(loop, routes(), feed, [this](unsigned status) { ++record.httpAnswers[status]; }) {}

    http::Routes routes() {
        http::Routes all;
        all.add("/healthz", [] { return http::Answer{.body = "ok\n"}; });
        all.add("/readyz", [this] { return readiness(); });
        all.add("/metrics", [this] { return metrics(); });
        return all;
    }

    [[nodiscard]] status::Facts allFacts() const {
        auto all = facts();
        all.httpConnections = server.connections();
        return all;
    }

    [[nodiscard]] http::Answer readiness() const {
        const auto now = facts();
        return {.status = status::isReady(now) ? http::statusOk : http::statusUnavailable,
                .body = status::readinessText(now)};
    }

    [[nodiscard]] http::Answer metrics() const {
        return {.contentType = metrics::Exposition::contentType,
                .body = metrics::metricsPage(allFacts(), record)};
    }

    boost::asio::ip::tcp::endpoint endpoint;
    std::function<status::Facts()> facts;
    metrics::Record& record;
    http::EventFeed feed;
    http::Server server;
    std::string failure;
};

namespace {

std::string textOf(const boost::asio::ip::tcp::endpoint& endpoint) {
    std::ostringstream text;
    text << endpoint;
    return text.str();
}

} // namespace

StatusServer::StatusServer(boost::asio::io_context& loop,
                           const std::string& address,
                           std::function<status::Facts()> facts,
                           metrics::Record& record) {
    if (!address.empty()) {
        parts_ = std::make_unique<Parts>(loop, address, std::move(facts), record);
        verify();
    }
}

StatusServer::~StatusServer() = default;

void StatusServer::verify() {
    if (!parts_ || parts_->server.isListening()) {
        return;
    }
    try {
        parts_->server.listen(parts_->endpoint);
        parts_->failure.clear();
        log::info("status and metrics are at http://" + textOf(parts_->server.where()) + "/",
                  {{"HAILO_EVENT", "http"}});
    } catch (const boost::system::system_error& error) {
        if (std::exchange(parts_->failure, error.what()) != error.what()) {
            log::error("nothing is told over HTTP, because " + textOf(parts_->endpoint) +
                           " cannot be listened on: " + error.what() +
                           "; it is tried again at each health check: set another http.listen, or "
                           "end who has it",
                       {{"HAILO_EVENT", "http-failure"}});
        }
    }
}

void StatusServer::stop() {
    if (parts_) {
        parts_->server.stop();
    }
}

} // namespace hdp
