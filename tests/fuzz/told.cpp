// SPDX-License-Identifier: Apache-2.0
#include "tests/fuzz/told.hpp"

#include "cdi/text.hpp"
#include "daemon/metrics/metrics_page.hpp"
#include "daemon/status/history.hpp"
#include "daemon/status/status_json.hpp"
#include "tests/fuzz/fuzz.hpp"

#include <nlohmann/json.hpp>

#include <cctype>
#include <string>
#include <string_view>

namespace hdp::testing {

namespace {

/// A comment, or name{labels} value.
void requireSeries(std::string_view line) {
    const bool isSeries = std::islower(static_cast<unsigned char>(line.front())) != 0 &&
                          line.find(' ') != std::string_view::npos;
    require(line.starts_with("# ") || isSeries, "a metric is a line", line);
}

void requireMetrics(std::string_view page) {
    require(page.ends_with('\n'), "the last metric ends");
    require(cdi::isText(page), "metrics are UTF-8", page);
    while (!page.empty()) {
        const auto end = page.find('\n');
        requireSeries(page.substr(0, end));
        page.remove_prefix(end + 1);
    }
}

} // namespace

void requireTold(const status::Facts& facts) {
    status::History history;
    history.onInventory(facts.inventory);
    const auto state = status::statusJson(facts, history.events());
    require(nlohmann::json::accept(state), "the state is JSON", state);
    require(state.find('\n') == std::string::npos, "the state is one line", state);
    const auto devices = nlohmann::json::parse(status::devicesJson(facts));
    require(devices.at("devices").size() == facts.inventory->devices.size(),
            "each chip is told of");
    requireMetrics(metrics::metricsPage(facts, history.record));
}

} // namespace hdp::testing
