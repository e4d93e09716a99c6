// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cdi/spec_json.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

namespace hdp::testing {

/// Documents made from a valid one, and what parseSpec says of them.
class SpecJsonTest : public ::testing::Test {
  protected:
    static std::string withEdits(const std::string& edits, const std::string& version = "1.1.0") {
        return R"({"cdiVersion":")" + version +
               R"(","kind":"ab/cd","devices":[{"name":"x","containerEdits":{)" + edits + "}}]}";
    }

    static std::string withMember(const std::string& member) {
        return R"({"cdiVersion":"1.1.0","kind":"ab/cd",)" + member +
               R"(,"devices":[{"name":"x","containerEdits":{"env":["A=b"]}}]})";
    }

    /// The sentence with which the document is refused, empty when it is not. Whatever else is
    /// thrown fails the test.
    static std::string refusal(const std::string& json) {
        try {
            cdi::parseSpec(json);
        } catch (const std::invalid_argument& error) {
            return error.what();
        }
        return {};
    }
};

} // namespace hdp::testing
