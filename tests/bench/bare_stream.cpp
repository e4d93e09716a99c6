// SPDX-License-Identifier: Apache-2.0
#include "tests/bench/bare_stream.hpp"

#include "tests/support/temporary_directory.hpp"

#include "deviceplugin_v1beta1.grpc.pb.h"

#include <grpcpp/create_channel.h>
#include <grpcpp/server_builder.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <thread>

namespace hdp::testing {

namespace {

using Clock = std::chrono::steady_clock;

/// Writes the same message a number of times.
class Writer final : public grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse> {
  public:
    Writer(const v1beta1::ListAndWatchResponse& message, Pace pace, std::atomic<Clock::rep>& began)
        : message_(message), pace_(pace), began_(began), thread_([this] { write(); }) {}

    void OnWriteDone(bool isWritten) override {
        state_ = isWritten ? 1 : 2;
        state_.notify_one();
    }

    void OnDone() override { delete this; }

  private:
    void write() {
        for (std::size_t round = 0; round < pace_.rounds && state_ != 2; ++round) {
            std::this_thread::sleep_for(pace_.pause);
            state_ = 0;
            began_ = Clock::now().time_since_epoch().count();
            StartWrite(&message_);
            state_.wait(0);
        }
        Finish(grpc::Status::OK);
    }

    const v1beta1::ListAndWatchResponse& message_;
    Pace pace_;
    std::atomic<Clock::rep>& began_;
    std::atomic<int> state_ = 1;
    std::jthread thread_;
};

class Service final : public v1beta1::DevicePlugin::CallbackService {
  public:
    Service(const v1beta1::ListAndWatchResponse& message, Pace pace)
        : message_(message), pace_(pace) {}

    grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse>*
    ListAndWatch(grpc::CallbackServerContext* /*context*/,
                 const v1beta1::Empty* /*request*/) override {
        return new Writer{message_, pace_, began};
    }

    std::atomic<Clock::rep> began = 0; ///< of the newest message

  private:
    const v1beta1::ListAndWatchResponse& message_;
    Pace pace_;
};

} // namespace

Samples bareStream(const v1beta1::ListAndWatchResponse& message, Pace pace) {
    const TemporaryDirectory folder;
    const auto address = "unix:" + (folder.path() / "bare.sock").string();
    Service service{message, pace};
    const auto server = grpc::ServerBuilder{}
                            .AddListeningPort(address, grpc::InsecureServerCredentials())
                            .RegisterService(&service)
                            .BuildAndStart();
    const auto plugin = v1beta1::DevicePlugin::NewStub(
        grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
    grpc::ClientContext context;
    const auto stream = plugin->ListAndWatch(&context, {});
    Samples samples;
    v1beta1::ListAndWatchResponse received;
    while (stream->Read(&received)) {
        samples.add(Clock::duration{Clock::now().time_since_epoch().count() - service.began});
    }
    if (!stream->Finish().ok() || samples.size() != pace.rounds) {
        throw std::runtime_error("the bare gRPC stream broke");
    }
    server->Shutdown();
    return samples;
}

} // namespace hdp::testing
