// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

namespace hdp::testing {

/// Tells the demo's story on standard output and keeps count of what did not happen as it should.
class Narrator {
  public:
    /// Begins the next step, numbered.
    void step(std::string_view title);

    /// Something that was seen.
    static void say(std::string_view sentence);

    /// Something that must have happened; says so, or that it did not.
    void expect(bool happened, std::string_view sentence);

    /// A block of text as it stands in a file.
    static void quote(std::string_view text);

    /// How long something took, for a person: "0.8 ms".
    static std::string inMilliseconds(double milliseconds);

    /// Ends the story; the exit code of the demo.
    [[nodiscard]] int end() const;

  private:
    int steps_ = 0;
    int failures_ = 0;
};

} // namespace hdp::testing
