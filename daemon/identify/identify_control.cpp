// SPDX-License-Identifier: Apache-2.0
#include "daemon/identify/identify_control.hpp"

#include <algorithm>
#include <cstring>
#include <span>

namespace hdp {

namespace {

using Message = std::span<const std::uint8_t>;

constexpr std::size_t lengthOffset = 16;
constexpr std::size_t messageOffset = 20;
constexpr std::size_t longestMessage = 1500;
constexpr std::size_t timeLimitOffset = 1520;

constexpr std::uint32_t protocolVersion = 2;
constexpr std::uint32_t timeLimit = 1000; // milliseconds; an idle chip has nothing else to do

/// Version, flags, sequence, opcode and the number of parameters: four bytes each.
constexpr std::array<std::uint8_t, 20> request{0, 0, 0, protocolVersion};

/// The MD5 sum of the request. It never changes, so nothing here has to know MD5.
constexpr std::array<std::uint8_t, lengthOffset> requestSum{
    0x6a, 0x3d, 0x1c, 0x7f, 0xe8, 0x4c, 0xfe, 0x2f, 0x18, 0x4d, 0x69, 0xc2, 0x37, 0x6d, 0xcc, 0x43};

constexpr std::size_t responseHeader = 24; ///< of the request, and two numbers of status
constexpr std::uint32_t acknowledged = 1;
constexpr std::uint32_t architectureParameter = 4; ///< counted from 0

std::uint32_t hostNumber(Message bytes) {
    std::uint32_t number = 0;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
}

void writeHostNumber(std::uint32_t number, std::span<std::uint8_t> bytes) {
    std::memcpy(bytes.data(), &number, sizeof number);
}

/// Takes a big-endian number off the front; nothing if there is none.
std::optional<std::uint32_t> takeNumber(Message& message) {
    constexpr std::size_t size = 4;
    if (message.size() < size) {
        return std::nullopt;
    }
    std::uint32_t number = 0;
    for (const std::uint8_t byte : message.first(size)) {
        number = number << 8U | byte;
    }
    message = message.subspan(size);
    return number;
}

std::optional<Message> takeParameter(Message& message) {
    const auto length = takeNumber(message);
    if (!length || *length > message.size()) {
        return std::nullopt;
    }
    const auto parameter = message.first(*length);
    message = message.subspan(*length);
    return parameter;
}

bool isGoodHeader(Message header) {
    const auto version = takeNumber(header);
    const auto flags = takeNumber(header);
    const auto sequence = takeNumber(header);
    const auto opcode = takeNumber(header);
    const auto majorStatus = takeNumber(header);
    const auto minorStatus = takeNumber(header);
    return version == protocolVersion && flags == acknowledged && sequence == 0U && opcode == 0U &&
           majorStatus == 0U && minorStatus == 0U;
}

std::optional<std::uint32_t> architectureIn(Message parameters) {
    const auto count = takeNumber(parameters);
    if (!count || *count <= architectureParameter) {
        return std::nullopt;
    }
    std::optional<Message> parameter;
    for (std::uint32_t index = 0; index <= architectureParameter; ++index) {
        parameter = takeParameter(parameters);
        if (!parameter) {
            return std::nullopt;
        }
    }
    const auto number = takeNumber(*parameter);
    return parameter->empty() ? number : std::nullopt;
}

} // namespace

FirmwareControl identifyRequest() {
    FirmwareControl control{};
    const std::span<std::uint8_t> bytes{control};
    std::ranges::copy(requestSum, bytes.begin());
    writeHostNumber(request.size(), bytes.subspan(lengthOffset));
    std::ranges::copy(request, bytes.subspan(messageOffset).begin());
    writeHostNumber(timeLimit, bytes.subspan(timeLimitOffset));
    return control; // processor 0, the application's
}

std::optional<std::string> modelIn(const FirmwareControl& reply) {
    const Message bytes{reply};
    const auto length = hostNumber(bytes.subspan(lengthOffset));
    if (length < responseHeader || length > longestMessage) {
        return std::nullopt;
    }
    const auto message = bytes.subspan(messageOffset, length);
    if (!isGoodHeader(message.first(responseHeader))) {
        return std::nullopt;
    }
    switch (architectureIn(message.subspan(responseHeader)).value_or(~0U)) {
    case 0: // HAILO8_A0
    case 1:
        return "hailo-8";
    case 2:
        return "hailo-8l";
    default:
        return std::nullopt;
    }
}

} // namespace hdp
