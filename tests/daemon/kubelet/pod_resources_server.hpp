// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "podresources_v1.grpc.pb.h"

#include <grpcpp/server.h>

#include <condition_variable>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace hdp::testing {

/// A kubelet's podresources service that says what it is told to. Any thread.
class PodResourcesServer final : public v1::PodResourcesLister::Service {
  public:
    explicit PodResourcesServer(const std::filesystem::path& socket);
    PodResourcesServer(const PodResourcesServer&) = delete;
    PodResourcesServer& operator=(const PodResourcesServer&) = delete;
    ~PodResourcesServer() override;

    /// A pod more holds this device; no pod holds any.
    void hold(const std::string& resource, const std::string& id);
    void release();

    /// Answers with this error from now on; answers never.
    void refuse(const std::string& error);
    void hang();

    [[nodiscard]] std::size_t calls() const;

    grpc::Status List(grpc::ServerContext* context,
                      const v1::ListPodResourcesRequest* request,
                      v1::ListPodResourcesResponse* response) override;

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    v1::ListPodResourcesResponse answer_;
    std::string error_;
    bool hangs_ = false;
    std::size_t calls_ = 0;
    std::unique_ptr<grpc::Server> server_;
};

} // namespace hdp::testing
