// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/fake_kubelet/fake_kubelet.hpp"

#include <chrono>
#include <istream>
#include <mutex>
#include <optional>
#include <ostream>
#include <string>

namespace hdp::testing {

/// The commands that a Console understands, in one line.
extern const char* const consoleCommands;

/// A fake kubelet for people: tells each event in a line and obeys commands, one per line.
class Console {
  public:
    /// Starts the kubelet. Throws std::system_error.
    Console(KubeletOptions options, std::ostream& out);

    /// Obeys until "quit" or the end of the input.
    void run(std::istream& in);

    [[nodiscard]] FakeKubelet& kubelet() { return kubelet_; }

  private:
    /// False after "quit".
    bool obey(const std::string& line);
    void allocate(std::istream& arguments);
    void forget(std::istream& arguments);
    void printCapacities();
    [[nodiscard]] std::optional<std::string> onlyResource() const;
    void print(const std::string& text);

    const std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    std::mutex mutex_;
    std::ostream& out_;
    int pods_ = 0;
    FakeKubelet kubelet_;
};

} // namespace hdp::testing
