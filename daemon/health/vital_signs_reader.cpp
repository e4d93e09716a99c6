// SPDX-License-Identifier: Apache-2.0
#include "daemon/health/vital_signs_reader.hpp"

#include "daemon/health/vital_signs_command.hpp"
#include "hotplug/vital_signs_text.hpp"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <utility>

namespace hdp {

namespace {

/// More than any line of the child has.
constexpr std::size_t bytesPerChip = 256;

std::string_view takeLine(std::string_view& text) {
    const auto end = std::min(text.find('\n'), text.size());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return line;
}

} // namespace

VitalSignsReader::Command VitalSignsReader::ownCommand(const std::string& sysRoot) {
    return {.start = {"/proc/self/exe", std::string{vitalSignsCommand}, sysRoot}};
}

VitalSignsReader::VitalSignsReader(boost::asio::io_context& loop, Command command)
    : loop_(loop), command_(std::move(command)) {}

void VitalSignsReader::read(std::set<hotplug::PciAddress> chips, OnRead onRead) {
    if (isReading()) {
        return;
    }
    onRead_ = std::move(onRead);
    asked_ = std::move(chips);
    spared_.clear();
    if (abandoned_.reap() > 0) {
        std::ranges::set_intersection(asked_, stalled_, std::inserter(spared_, spared_.end()));
        std::erase_if(asked_, [this](const auto& chip) { return spared_.contains(chip); });
    }
    start();
}

void VitalSignsReader::start() {
    auto arguments = command_.start;
    for (const auto& chip : asked_) {
        arguments.push_back(toString(chip));
    }
    child_.emplace(loop_, abandoned_, arguments,
                   ChildCommand::Limits{.time = command_.patience,
                                        .outputBytes = bytesPerChip * (asked_.size() + 1),
                                        .start = command_.startPatience},
                   [this](const ChildEnd& end) { onEnd(end); });
}

void VitalSignsReader::onEnd(const ChildEnd& end) {
    const auto ended = end; // the child dies with what it owns
    child_.reset();
    const auto onRead = std::exchange(onRead_, {});
    if (ended.kind == ChildEnd::Kind::Failure) {
        return onRead({}, "the process that asks the chips " + ended.failure);
    }
    const auto answers = answersIn(ended);
    stalled_.clear();
    for (const auto& [chip, signs] : answers) {
        if (!signs) {
            stalled_.insert(chip);
        }
    }
    onRead(answers, {});
}

VitalSignsReader::Answers VitalSignsReader::answersIn(const ChildEnd& end) const {
    Answers answers;
    auto silent = asked_;
    std::string_view text = end.output;
    while (!text.empty()) {
        auto line = takeLine(text);
        if (auto told = hotplug::parseVitalSignsLine(line)) {
            silent.erase(told->address);
            answers.emplace(told->address, std::move(told->signs));
        } else if (const auto gone = hotplug::parsePciAddress(line.substr(0, line.find(' ')))) {
            silent.erase(*gone);
        }
    }
    silent.insert(spared_.begin(), spared_.end());
    for (const auto& chip : silent) {
        answers.emplace(chip, std::nullopt);
    }
    return answers;
}

} // namespace hdp
