// SPDX-License-Identifier: Apache-2.0
#include "daemon/doctor/report.hpp"

#include "cdi/text.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace hdp::doctor {

namespace {

using Json = nlohmann::ordered_json;

constexpr int indentation = 2;
constexpr std::string_view margin = "         "; ///< as wide as the longest verdict and two spaces

std::string_view nameOf(Verdict verdict) {
    switch (verdict) {
    case Verdict::Fine:
        return "ok";
    case Verdict::Note:
        return "note";
    case Verdict::Warning:
        return "warning";
    case Verdict::Error:
        break;
    }
    return "error";
}

/// Longer texts than printable() takes keep all their words, but for what is not printable.
std::string printable(const std::string& text) {
    constexpr std::size_t piece = 200;
    std::string result;
    for (std::size_t start = 0; start < text.size(); start += piece) {
        result += cdi::printable(std::string_view{text}.substr(start, piece));
    }
    return result;
}

std::string textOf(const Finding& finding) {
    std::string line{nameOf(finding.verdict)};
    line.resize(margin.size(), ' ');
    line += finding.check + ": " + printable(finding.seen) + "\n";
    if (!finding.why.empty()) {
        line.append(margin).append("why:  ").append(printable(finding.why)).append("\n");
    }
    if (!finding.remedy.empty()) {
        line.append(margin).append("mend: ").append(printable(finding.remedy)).append("\n");
    }
    return line;
}

std::ptrdiff_t countOf(const Findings& findings, Verdict verdict) {
    return std::ranges::count(findings, verdict, &Finding::verdict);
}

std::string plural(std::ptrdiff_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

} // namespace

std::string toText(const Findings& findings) {
    auto sorted = findings;
    std::ranges::stable_sort(sorted, {}, &Finding::verdict);
    std::string text;
    for (const auto& finding : sorted) {
        text += textOf(finding);
    }
    return text + "\n" + plural(countOf(findings, Verdict::Error), "error") + ", " +
           plural(countOf(findings, Verdict::Warning), "warning") + "\n";
}

std::string toJson(const Findings& findings) {
    auto list = Json::array();
    for (const auto& finding : findings) {
        list.push_back({{"verdict", nameOf(finding.verdict)},
                        {"check", finding.check},
                        {"seen", finding.seen},
                        {"why", finding.why},
                        {"remedy", finding.remedy}});
    }
    const Json document{{"errors", countOf(findings, Verdict::Error)},
                        {"warnings", countOf(findings, Verdict::Warning)},
                        {"findings", std::move(list)}};
    return document.dump(indentation, ' ', false, Json::error_handler_t::replace) + "\n";
}

int exitCodeOf(const Findings& findings) {
    if (countOf(findings, Verdict::Error) > 0) {
        return 2;
    }
    return countOf(findings, Verdict::Warning) > 0 ? 1 : 0;
}

} // namespace hdp::doctor
