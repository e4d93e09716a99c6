// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/config/config_test.hpp"

#include <array>
#include <chrono>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>

namespace hdp::testing {
namespace {

constexpr std::string_view valid = "# a comment\n"
                                   "resources:\n"
                                   "  - name: hailo.ai/h8\n"
                                   "    select: {models: [hailo-8], numa-nodes: [0]}\n"
                                   "  - name: 'hailo.ai/rest'\n"
                                   "kubelet:\n"
                                   "  directory: /var/lib/kubelet/device-plugins\n"
                                   "  tombstone-grace: 30\n"
                                   "handover: [cdi-cri, \"device-specs\"]\n"
                                   "hardware:\n"
                                   "  sys-root: >-\n"
                                   "    /sys\n"
                                   "log: {level: debug}\n";

constexpr std::array<std::string_view, 24> pieces{"&a ",
                                                  "*a",
                                                  "!!int ",
                                                  "? ",
                                                  ": ",
                                                  "- ",
                                                  "[",
                                                  "]",
                                                  "{",
                                                  "}",
                                                  "\n",
                                                  "\t",
                                                  "\"",
                                                  "'",
                                                  "|\n",
                                                  "---\n",
                                                  "...\n",
                                                  "%YAML 1.2\n",
                                                  "<<: ",
                                                  "\xff",
                                                  "\xc3\xa9",
                                                  "#",
                                                  "9999999999999999999999",
                                                  "\\x00"};

/// A few random slips in a valid file.
class Mutator {
  public:
    explicit Mutator(unsigned seed) : engine_(seed) {}

    std::string mutate() {
        std::string text{valid};
        for (auto slips = below(6) + 1; slips > 0; --slips) {
            slip(text);
        }
        return text;
    }

  private:
    std::size_t below(std::size_t limit) {
        return std::uniform_int_distribution<std::size_t>{0, limit - 1}(engine_);
    }

    void slip(std::string& text) {
        const auto at = below(text.size() + 1);
        const auto length = below(20);
        switch (below(5)) {
        case 0:
            text.erase(at, length);
            break;
        case 1:
            text.insert(at, pieces.at(below(pieces.size())));
            break;
        case 2:
            text.insert(at, text.substr(below(text.size() + 1), length * 3));
            break;
        case 3:
            text.insert(at, 1, static_cast<char>(below(256)));
            break;
        default:
            text.resize(at);
        }
    }

    std::mt19937 engine_;
};

/// From HDP_SEED if it is set, so that a failure can be repeated.
unsigned seed() {
    const char* given = std::getenv("HDP_SEED"); // NOLINT(concurrency-mt-unsafe)
    return given != nullptr ? static_cast<unsigned>(std::strtoul(given, nullptr, 10))
                            : std::random_device{}();
}

class ASpoiltFile : public ConfigTest {
  protected:
    /// It is good, or one line says why not.
    void judge(const std::string& text) {
        write(text);
        const auto sentence = refusal();
        (sentence.empty() ? good : bad) += 1;
        EXPECT_EQ(sentence.find('\n'), std::string::npos) << sentence << "\n" << text;
        EXPECT_TRUE(sentence.empty() || sentence.starts_with(sources.file.string() + ":"))
            << sentence << "\n"
            << text;
    }

    int good = 0;
    int bad = 0;
};

TEST_F(ASpoiltFile, IsGoodAllTheSameOrRefusedInOneLine) {
    const auto start = seed();
    SCOPED_TRACE("HDP_SEED=" + std::to_string(start));
    Mutator mutator{start};

    for (int round = 0; round < 500; ++round) {
        judge(mutator.mutate());
    }

    EXPECT_GT(good, 0);
    EXPECT_GT(bad, 0);
}

TEST_F(ASpoiltFile, IsGoodOrRefusedWhereverItEnds) {
    for (std::size_t length = 0; length <= valid.size(); ++length) {
        judge(std::string{valid.substr(0, length)});
    }
}

TEST_F(ASpoiltFile, TakesNoTimeToRefuse) {
    using Clock = std::chrono::steady_clock;
    constexpr std::size_t size = 1UL << 20U;
    constexpr std::array<std::string_view, 16> fillings{
        "[",   "{",   "- ",    "? ",  "a: ",  "\"",      "'",  "&a ",
        "!a ", "a\n", "- a\n", "[a,", "|\n ", "{a: b, ", ": ", "a b "};
    for (const auto filling : fillings) {
        std::string text;
        while (text.size() + filling.size() <= size) {
            text += filling;
        }
        const auto begin = Clock::now();
        judge(text);
        EXPECT_LT(Clock::now() - begin, std::chrono::seconds{5}) << "a MiB of " << filling;
    }
}

} // namespace
} // namespace hdp::testing
