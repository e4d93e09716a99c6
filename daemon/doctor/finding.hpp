// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hdp::doctor {

/// How bad what was found is. A note is worth knowing and no fault; only warnings and errors count
/// for the exit code.
enum class Verdict { Fine, Note, Warning, Error };

/// One thing that a check found out. All texts are sentences for an operator; they may hold words
/// from outside.
struct Finding {
    Verdict verdict = Verdict::Fine;
    std::string check;    ///< what was checked, in one word: "driver"
    std::string seen;     ///< what was seen
    std::string why{};    ///< why it matters; empty if it is fine
    std::string remedy{}; ///< the command that mends it, or what to do; empty if it is fine

    friend bool operator==(const Finding&, const Finding&) = default;
};

using Findings = std::vector<Finding>;

inline Finding fine(std::string check, std::string seen) {
    return {Verdict::Fine, std::move(check), std::move(seen)};
}

} // namespace hdp::doctor
