// SPDX-License-Identifier: Apache-2.0
#include "tests/demo/narrator.hpp"

#include <iomanip>
#include <iostream>
#include <sstream>

namespace hdp::testing {

void Narrator::step(std::string_view title) {
    std::cout << "\n" << ++steps_ << ". " << title << std::endl; // NOLINT: told as it happens
}

void Narrator::say(std::string_view sentence) {
    std::cout << "   " << sentence << std::endl; // NOLINT: told as it happens
}

void Narrator::expect(bool happened, std::string_view sentence) {
    failures_ += happened ? 0 : 1;
    std::cout << (happened ? "   ✓ " : "   ✗ did not happen: ") << sentence << std::endl; // NOLINT
}

void Narrator::quote(std::string_view text) {
    std::istringstream lines{std::string{text}};
    for (std::string line; std::getline(lines, line);) {
        std::cout << "     " << line << "\n";
    }
}

std::string Narrator::inMilliseconds(double milliseconds) {
    std::ostringstream text;
    text << std::fixed << std::setprecision(1) << milliseconds << " ms";
    return text.str();
}

int Narrator::end() const {
    if (failures_ == 0) {
        std::cout << "\nAll of it happened.\n";
        return 0;
    }
    std::cout << "\n" << failures_ << " of it did not happen.\n";
    return 1;
}

} // namespace hdp::testing
