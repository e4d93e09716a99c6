// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace hdp {

/// What ioctl(FW_CONTROL) of Hailo's driver takes and gives back: a packed struct of an MD5 sum
/// (16 bytes), the length of the message, room for a message (1500 bytes), a time limit in
/// milliseconds and the number of the chip's processor, numbers in the host's byte order.
/// hailo_ioctl_common.h has it so in drivers 4.23.0 and 5.3.0; others were not seen. A driver with
/// another struct refuses the request, because its number holds the size.
using FirmwareControl = std::array<std::uint8_t, 1528>;

/// The request's number: _IOWR('n', 0, FirmwareControl).
inline constexpr unsigned long firmwareControlRequest = 0xc5f86e00;

/// Asks the firmware of a Hailo-8 who it is: opcode 0 (IDENTIFY) of its control protocol,
/// version 2.
FirmwareControl identifyRequest();

/// The model that a reply names: "hailo-8" or "hailo-8l". Nothing for a reply that is malformed, an
/// error, or of another chip. A Hailo-8R has no architecture of its own in the protocol. The
/// message's numbers are big-endian; its parameters are a length and that many bytes each, of which
/// the fifth is the architecture, as in the published control_protocol.h of HailoRT 4. No chip was
/// asked yet: the tests answer in the firmware's place.
std::optional<std::string> modelIn(const FirmwareControl& reply);

} // namespace hdp
