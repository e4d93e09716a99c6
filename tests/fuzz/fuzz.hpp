// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <string_view>

/// What a fuzzer is made of: each target defines tryOut(), and entry.cpp hands it what libFuzzer
/// makes up.
namespace hdp::testing {

/// Tries one input out. An exception that leaves it is a finding.
void tryOut(std::string_view input);

/// A finding unless the condition is true: says which property does not hold, and aborts.
void require(bool condition, std::string_view property);

/// The same with the value that has it not.
void require(bool condition, std::string_view property, std::string_view value);

/// Requires one line of words that any log, terminal and JSON document can hold.
void requireSentence(std::string_view sentence);

/// Requires that all descriptors that the deed opens are closed after it.
void requireNoLeak(const std::function<void()>& deed);

} // namespace hdp::testing
