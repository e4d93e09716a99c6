// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <google/protobuf/io/tokenizer.h>
#include <google/protobuf/stubs/logging.h>
#include <google/protobuf/text_format.h>

#include <optional>
#include <string>
#include <string_view>

namespace hdp::testing {

class NoComplaints final : public google::protobuf::io::ErrorCollector {
  public:
    void AddError(int /*line*/, int /*column*/, const std::string& /*message*/) override {}
};

/// A message as it comes over the wire, or, so that people can read the corpus, in protobuf's text
/// format. What cannot come over the wire is nothing.
template <class Message>
std::optional<Message> messageIn(std::string_view input) {
    google::protobuf::SetLogHandler(nullptr); // it would tell of each byte that is no UTF-8
    Message message;
    const std::string text{input};
    if (message.ParseFromString(text)) {
        return message;
    }
    NoComplaints silent;
    google::protobuf::TextFormat::Parser parser;
    parser.RecordErrorsTo(&silent);
    Message onWire;
    return parser.ParseFromString(text, &message) &&
                   onWire.ParseFromString(message.SerializeAsString())
               ? std::optional{onWire}
               : std::nullopt;
}

} // namespace hdp::testing
