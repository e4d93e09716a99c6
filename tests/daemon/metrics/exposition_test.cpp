// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/exposition.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <stdexcept>

namespace hdp::metrics {
namespace {

using namespace std::chrono_literals;

constexpr Metric plain{"a_total", Type::Counter, "How often"};
constexpr Metric labelled{"b", Type::Gauge, "How much", {"first", "second"}};
constexpr Metric timed{"c_seconds", Type::Histogram, "How long", {"of"}};

TEST(AnExposition, IsEmptyWhenNothingIsTold) {
    EXPECT_EQ(Exposition{}.text(), "");
}

TEST(AnExposition, WritesFamiliesWithHelpAndType) {
    Exposition exposition;
    exposition.set(labelled, {"x", "y"}, 1.5);
    exposition.set(plain, {}, 3U);

    EXPECT_EQ(exposition.text(), "# HELP a_total How often.\n"
                                 "# TYPE a_total counter\n"
                                 "a_total 3\n"
                                 "# HELP b How much.\n"
                                 "# TYPE b gauge\n"
                                 "b{first=\"x\",second=\"y\"} 1.5\n");
}

TEST(AnExposition, TellsASeriesOnceWithItsLastValue) {
    Exposition exposition;
    exposition.set(labelled, {"x", "y"}, 1);
    exposition.set(labelled, {"x", "z"}, 2);
    exposition.set(labelled, {"x", "y"}, 3);

    EXPECT_EQ(exposition.text(), "# HELP b How much.\n# TYPE b gauge\n"
                                 "b{first=\"x\",second=\"y\"} 3\n"
                                 "b{first=\"x\",second=\"z\"} 2\n");
}

TEST(AnExposition, EscapesWhatWouldEndAValue) {
    Exposition exposition;
    exposition.set(labelled, {"say \"no\"", "a\\b\nc"}, 1);

    EXPECT_NE(exposition.text().find(R"(b{first="say \"no\"",second="a\\b\nc"} 1)"),
              std::string::npos)
        << exposition.text();
}

TEST(AnExposition, ReplacesWhatIsNoUtf8) {
    Exposition exposition;
    exposition.set(labelled, {"\xff", "Grün"}, 1);

    EXPECT_NE(exposition.text().find(R"(b{first="\\xff",second="Grün"} 1)"), std::string::npos)
        << exposition.text();
}

TEST(AnExposition, DoesNotRoundLargeCounters) {
    Exposition exposition;
    exposition.set(plain, {}, 8'000'000'000.0);

    EXPECT_NE(exposition.text().find("a_total 8000000000\n"), std::string::npos)
        << exposition.text();
}

TEST(AnExposition, RefusesAnotherNumberOfLabels) {
    Exposition exposition;

    EXPECT_THROW(exposition.set(labelled, {"x"}, 1), std::logic_error);
}

TEST(AnExposition, WritesAHistogramAsCumulativeBuckets) {
    Histogram histogram;
    histogram.observe(100us);
    histogram.observe(3ms);
    histogram.observe(7s);
    Exposition exposition;
    exposition.set(timed, {"x"}, histogram);

    const auto text = exposition.text();
    for (const auto* line :
         {"c_seconds_bucket{of=\"x\",le=\"0.0001\"} 1\n",
          "c_seconds_bucket{of=\"x\",le=\"0.0025\"} 1\n",
          "c_seconds_bucket{of=\"x\",le=\"0.005\"} 2\n", "c_seconds_bucket{of=\"x\",le=\"5\"} 2\n",
          "c_seconds_bucket{of=\"x\",le=\"+Inf\"} 3\n", "c_seconds_sum{of=\"x\"} 7.0031\n",
          "c_seconds_count{of=\"x\"} 3\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << text;
    }
}

} // namespace
} // namespace hdp::metrics
