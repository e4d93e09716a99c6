// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/report.hpp"

#include <cmath>
#include <iomanip>
#include <sstream>
#include <thread>

#include <sys/utsname.h>

namespace hdp::testing {

namespace {

double rounded(double value) {
    return std::round(value * 10) / 10;
}

nlohmann::ordered_json machine() {
    utsname name{};
    ::uname(&name);
    return {{"kernel", static_cast<const char*>(name.release)},
            {"architecture", static_cast<const char*>(name.machine)},
            {"cpus", std::thread::hardware_concurrency()}};
}

void cell(std::ostream& out, double value) {
    out << std::setw(10) << std::fixed << std::setprecision(1) << value;
}

} // namespace

void Report::addLatency(const std::string& name, const Samples& samples) {
    results_.push_back({{"name", name},
                        {"unit", "us"},
                        {"count", samples.size()},
                        {"p50", rounded(samples.percentile(0.5))},
                        {"p99", rounded(samples.percentile(0.99))},
                        {"max", rounded(samples.percentile(1.0))}});
}

void Report::addNumber(const std::string& name, double value, const std::string& unit) {
    results_.push_back({{"name", name}, {"unit", unit}, {"value", rounded(value)}});
}

std::string Report::asTable() const {
    std::ostringstream out;
    out << std::left << std::setw(52) << "" << std::right << std::setw(10) << "p50" << std::setw(10)
        << "p99" << std::setw(10) << "max"
        << "\n";
    for (const auto& result : results_) {
        out << std::left << std::setw(52) << result["name"].get<std::string>() << std::right;
        for (const auto* key : {"p50", "p99", "max", "value"}) {
            if (result.contains(key)) {
                cell(out, result[key].get<double>());
            }
        }
        out << " " << result["unit"].get<std::string>() << "\n";
    }
    return out.str();
}

std::string Report::asJson() const {
    const nlohmann::ordered_json document{{"machine", machine()}, {"results", results_}};
    return document.dump(2) + "\n";
}

} // namespace hdp::testing
