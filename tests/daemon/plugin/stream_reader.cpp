// SPDX-License-Identifier: Apache-2.0
#include "tests/daemon/plugin/stream_reader.hpp"

namespace hdp::testing {

StreamReader::StreamReader(const std::shared_ptr<grpc::Channel>& channel, Pace pace)
    : stub_(v1beta1::DevicePlugin::NewStub(channel)) {
    if (pace == Pace::Eager) {
        readOn();
    }
    thread_ = std::jthread{[this] { read(); }};
}

StreamReader::~StreamReader() {
    cancel();
    readOn();
}

void StreamReader::readOn() {
    mayRead_ = true;
    mayRead_.notify_all();
}

std::size_t StreamReader::count() const {
    const std::lock_guard lock{mutex_};
    return count_;
}

StreamReader::Message StreamReader::newest() const {
    const std::lock_guard lock{mutex_};
    return newest_;
}

std::optional<grpc::Status> StreamReader::status() const {
    const std::lock_guard lock{mutex_};
    return status_;
}

void StreamReader::read() {
    const auto reader = stub_->ListAndWatch(&context_, {});
    mayRead_.wait(false);
    Message message;
    while (reader->Read(&message)) {
        const std::lock_guard lock{mutex_};
        ++count_;
        newest_ = message;
    }
    const auto status = reader->Finish();
    const std::lock_guard lock{mutex_};
    status_ = status;
}

} // namespace hdp::testing
