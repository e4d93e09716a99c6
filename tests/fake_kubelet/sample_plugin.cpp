// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/sample_plugin.hpp"

#include "tests/fake_kubelet/channel.hpp"

#include <grpcpp/grpcpp.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

namespace hdp::testing {

/// One open ListAndWatch call; sends every list, in order. Guarded by the plugin's mutex.
class SampleStream final : public grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse> {
  public:
    explicit SampleStream(SamplePlugin& plugin) : plugin_(plugin) {}

    void send(const v1beta1::ListAndWatchResponse& list) {
        waiting_.push_back(list);
        if (waiting_.size() == 1) {
            StartWrite(&waiting_.front());
        }
    }

    void end(const grpc::Status& status) {
        if (!std::exchange(ended_, true)) {
            Finish(status);
        }
    }

  private:
    void OnWriteDone(bool ok) override {
        const std::lock_guard lock(plugin_.mutex_);
        waiting_.pop_front();
        if (ok && !ended_ && !waiting_.empty()) {
            StartWrite(&waiting_.front());
        }
    }

    void OnCancel() override {
        const std::lock_guard lock(plugin_.mutex_);
        end(grpc::Status::CANCELLED);
    }

    void OnDone() override {
        plugin_.forget(this);
        delete this;
    }

    SamplePlugin& plugin_;
    std::deque<v1beta1::ListAndWatchResponse> waiting_;
    bool ended_ = false;
};

v1beta1::ListAndWatchResponse deviceList(const std::vector<std::string>& healthy,
                                         const std::vector<std::string>& unhealthy) {
    v1beta1::ListAndWatchResponse list;
    for (const auto& id : healthy) {
        auto& device = *list.add_devices();
        device.set_id(id);
        device.set_health("Healthy");
    }
    for (const auto& id : unhealthy) {
        auto& device = *list.add_devices();
        device.set_id(id);
        device.set_health("Unhealthy");
    }
    return list;
}

SamplePlugin::SamplePlugin(const std::filesystem::path& directory,
                           std::string endpoint,
                           v1beta1::ListAndWatchResponse devices)
    : endpoint_(std::move(endpoint)), devices_(std::move(devices)) {
    grpc::ServerBuilder builder;
    builder.AddListeningPort("unix:" + (directory / endpoint_).string(),
                             grpc::InsecureServerCredentials());
    builder.RegisterService(this);
    server_ = builder.BuildAndStart();
}

SamplePlugin::~SamplePlugin() {
    endStreams();
    server_->Shutdown(std::chrono::system_clock::now());
    server_->Wait();
}

v1beta1::RegisterRequest SamplePlugin::registerRequest(const std::string& resource) const {
    v1beta1::RegisterRequest request;
    request.set_version("v1beta1");
    request.set_endpoint(endpoint_);
    request.set_resource_name(resource);
    *request.mutable_options() = options;
    return request;
}

void SamplePlugin::send(const v1beta1::ListAndWatchResponse& devices) {
    const std::lock_guard lock(mutex_);
    devices_ = devices;
    for (auto* stream : streams_) {
        stream->send(devices);
    }
}

void SamplePlugin::endStreams() {
    const std::lock_guard lock(mutex_);
    for (auto* stream : streams_) {
        stream->end(grpc::Status::OK);
    }
}

void SamplePlugin::endOldestStream() {
    const std::lock_guard lock(mutex_);
    streams_.front()->end(grpc::Status::OK);
}

std::size_t SamplePlugin::openStreams() const {
    const std::lock_guard lock(mutex_);
    return streams_.size();
}

bool SamplePlugin::waitForOpenStreams(std::size_t count) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10),
                             [this, count] { return streams_.size() == count; });
}

std::vector<std::string> SamplePlugin::calls() const {
    const std::lock_guard lock(mutex_);
    return calls_;
}

bool SamplePlugin::waitForCall(const std::string& name) const {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, std::chrono::seconds(10), [this, &name] {
        return std::ranges::find(calls_, name) != calls_.end();
    });
}

bool SamplePlugin::lastCallHadDeadline() const {
    const std::lock_guard lock(mutex_);
    return hadDeadline_;
}

std::string SamplePlugin::authority() const {
    const std::lock_guard lock(mutex_);
    return authority_;
}

grpc::Status SamplePlugin::GetDevicePluginOptions(grpc::ServerContext* context,
                                                  const v1beta1::Empty* /*request*/,
                                                  v1beta1::DevicePluginOptions* response) {
    called("options", *context);
    {
        const std::lock_guard lock(mutex_);
        const auto authority = context->ExperimentalGetAuthority();
        authority_.assign(authority.data(), authority.size());
    }
    *response = options;
    return onOptions ? onOptions() : grpc::Status::OK;
}

grpc::ServerWriteReactor<v1beta1::ListAndWatchResponse>*
SamplePlugin::ListAndWatch(grpc::CallbackServerContext* context,
                           const v1beta1::Empty* /*request*/) {
    called("list", *context);
    auto* const stream = new SampleStream(*this);
    const std::lock_guard lock(mutex_);
    streams_.push_back(stream);
    changed_.notify_all();
    stream->send(devices_);
    return stream;
}

grpc::Status
SamplePlugin::GetPreferredAllocation(grpc::ServerContext* context,
                                     const v1beta1::PreferredAllocationRequest* request,
                                     v1beta1::PreferredAllocationResponse* response) {
    called("preferred", *context);
    return onPreferred ? onPreferred(*request, *response) : grpc::Status::OK;
}

grpc::Status SamplePlugin::Allocate(grpc::ServerContext* context,
                                    const v1beta1::AllocateRequest* request,
                                    v1beta1::AllocateResponse* response) {
    called("allocate", *context);
    if (onAllocate) {
        return onAllocate(*request, *response);
    }
    for (int i = 0; i < request->container_requests_size(); ++i) {
        response->add_container_responses();
    }
    return grpc::Status::OK;
}

grpc::Status SamplePlugin::PreStartContainer(grpc::ServerContext* context,
                                             const v1beta1::PreStartContainerRequest* request,
                                             v1beta1::PreStartContainerResponse* /*response*/) {
    called("prestart", *context);
    return onPreStart ? onPreStart(*request) : grpc::Status::OK;
}

void SamplePlugin::called(const std::string& name, const grpc::ServerContextBase& context) {
    const std::lock_guard lock(mutex_);
    hadDeadline_ = context.deadline() != std::chrono::system_clock::time_point::max();
    calls_.push_back(name);
    changed_.notify_all();
}

void SamplePlugin::forget(SampleStream* stream) {
    const std::lock_guard lock(mutex_);
    std::erase(streams_, stream);
    changed_.notify_all();
}

grpc::Status registerWith(const std::filesystem::path& kubeletSocket,
                          const v1beta1::RegisterRequest& request,
                          std::optional<std::chrono::milliseconds> timeout) {
    const auto stub = v1beta1::Registration::NewStub(openChannel(kubeletSocket));
    grpc::ClientContext context;
    if (timeout) {
        context.set_deadline(std::chrono::system_clock::now() + *timeout);
    }
    v1beta1::Empty response;
    return stub->Register(&context, request, &response);
}

} // namespace hdp::testing
