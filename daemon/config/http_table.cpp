// SPDX-License-Identifier: Apache-2.0
#include "daemon/config/http_table.hpp"

#include "daemon/config/listen_address.hpp"

namespace hdp::config {

namespace {

void checkListenAddress(const std::string& text) {
    if (!text.empty()) {
        parseListenAddress(text);
    }
}

} // namespace

void addHttp(std::vector<Setting>& all) {
    all.push_back(asOneText(
        setting({"http.listen", "--http-listen", "ADDRESS:PORT", "Status and metrics",
                 "Where /metrics, /healthz, /readyz, /devices and a status page are; empty for "
                 "nowhere"},
                &Options::httpListen, textThat(checkListenAddress)),
        {.mayBeEmpty = true}));
    all.push_back(
        live(setting({"metrics.pods", "--metrics-pods", "false|true", "Status and metrics",
                      "true: metrics name the pod that holds each chip, which makes a "
                      "series for each pod that ever does"},
                     &Options::metricsPods, choice<bool>({{"false", false}, {"true", true}}))));
}

} // namespace hdp::config
