// SPDX-License-Identifier: Apache-2.0
#include "daemon/simulate/simulation.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <stdexcept>

#include <unistd.h>

namespace hdp {

namespace {

bool isAlphanumeric(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9');
}

constexpr std::size_t longestPrefix = 63;
constexpr std::size_t longestNodeName = 253;

/// Letters that an id of the kubelet, a CDI name and a file may all have.
bool isPlainWord(std::string_view word, std::size_t longest) {
    constexpr std::string_view others = "-_.";
    return !word.empty() && word.size() <= longest && isAlphanumeric(word.front()) &&
           std::ranges::all_of(word, [others](char letter) {
               return isAlphanumeric(letter) || others.find(letter) != std::string_view::npos;
           });
}

void check(std::string_view word, std::size_t longest, const std::string& purpose) {
    if (!isPlainWord(word, longest)) {
        throw std::invalid_argument("\"" + std::string{word} + "\" is no " + purpose +
                                    ": letters, digits, dashes, dots and underscores, at most " +
                                    std::to_string(longest) + ", a letter or digit first");
    }
}

std::string nameOfHost() {
    std::array<char, 256> name{};
    return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "localhost";
}

std::string nameOfNode(const Simulation& simulation) {
    if (!simulation.nodeName.empty()) {
        return simulation.nodeName;
    }
    const char* name = std::getenv("NODE_NAME"); // NOLINT(concurrency-mt-unsafe): nobody sets it
    const std::string node = name == nullptr ? "" : name;
    return isPlainWord(node, longestNodeName) ? node : nameOfHost();
}

} // namespace

std::string stemOf(const Simulation& simulation) {
    return simulation.idPrefix + "-" + nameOfNode(simulation);
}

std::map<std::string, std::string> environmentOf(const Simulation& simulation,
                                                 std::uint32_t index) {
    std::map<std::string, std::string> env{{"HAILO_SIMULATED", "1"}};
    if (!simulation.envPrefix.empty()) {
        env[simulation.envPrefix + "_" + std::to_string(index)] = "/dev/" + std::to_string(index);
    }
    return env;
}

std::string annotationKeyOf(const Simulation& simulation, std::uint32_t index) {
    const auto& prefix = simulation.annotationPrefix;
    return prefix.empty() ? std::string{} : prefix + "-" + std::to_string(index);
}

std::string nodePathOf(const Simulation& simulation, std::uint32_t index) {
    const auto& prefix = simulation.deviceFilePrefix;
    return prefix.empty() ? std::string{} : "/dev/" + prefix + "-" + std::to_string(index);
}

void checkIdPrefix(std::string_view prefix) {
    check(prefix, longestPrefix, "prefix for ids like simulated-node1-0");
}

void checkNodeName(std::string_view name) {
    if (!name.empty()) {
        check(name, longestNodeName, "name of a node");
    }
}

void checkDeviceFilePrefix(std::string_view prefix) {
    if (!prefix.empty()) {
        check(prefix, longestPrefix, "prefix for device nodes like /dev/sim-0");
    }
}

} // namespace hdp
