// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/pod_resources_service.hpp"

namespace hdp::testing {

namespace {

constexpr auto onlyNamespace = "default";

void addDevice(google::protobuf::RepeatedPtrField<v1::ContainerDevices>& devices,
               const std::string& resource,
               const std::string& id,
               std::int64_t numaNode) {
    auto& entry = *devices.Add();
    entry.set_resource_name(resource);
    entry.add_device_ids(id);
    if (numaNode >= 0) {
        entry.mutable_topology()->add_nodes()->set_id(numaNode);
    }
}

/// The pod's entry, made when it is not the last one; assignments come sorted by pod.
v1::PodResources& podIn(v1::ListPodResourcesResponse& response, const std::string& name) {
    auto& pods = *response.mutable_pod_resources();
    if (pods.empty() || pods.rbegin()->name() != name) {
        auto& pod = *pods.Add();
        pod.set_name(name);
        pod.set_namespace_(onlyNamespace);
    }
    return *pods.rbegin();
}

v1::ContainerResources& containerIn(v1::PodResources& pod, const std::string& name) {
    auto& containers = *pod.mutable_containers();
    if (containers.empty() || containers.rbegin()->name() != name) {
        containers.Add()->set_name(name);
    }
    return *containers.rbegin();
}

v1::ListPodResourcesResponse listOf(const PodDevices& pods) {
    v1::ListPodResourcesResponse response;
    for (const auto& [key, assignment] : pods.assignments()) {
        auto& container = containerIn(podIn(response, key.podUid), key.container);
        for (const auto& [node, ids] : assignment.idsByNumaNode) {
            for (const auto& id : ids) {
                addDevice(*container.mutable_devices(), key.resource, id, node);
            }
        }
    }
    return response;
}

} // namespace

PodResourcesService::PodResourcesService(KubeletState& state) : state_(state) {}

grpc::Status PodResourcesService::List(grpc::ServerContext* /*context*/,
                                       const v1::ListPodResourcesRequest* /*request*/,
                                       v1::ListPodResourcesResponse* response) {
    const auto lock = state_.lock();
    *response = listOf(state_.pods);
    return grpc::Status::OK;
}

grpc::Status
PodResourcesService::GetAllocatableResources(grpc::ServerContext* /*context*/,
                                             const v1::AllocatableResourcesRequest* /*request*/,
                                             v1::AllocatableResourcesResponse* response) {
    const auto lock = state_.lock();
    for (const auto& [resource, ids] : state_.ledger.registered()) {
        for (const auto& id : ids) {
            auto nodes = state_.ledger.numaNodes(resource, id);
            if (nodes.empty()) {
                nodes.insert(-1);
            }
            for (const auto node : nodes) {
                addDevice(*response->mutable_devices(), resource, id, node);
            }
        }
    }
    return grpc::Status::OK;
}

grpc::Status PodResourcesService::Get(grpc::ServerContext* /*context*/,
                                      const v1::GetPodResourcesRequest* request,
                                      v1::GetPodResourcesResponse* response) {
    const auto lock = state_.lock();
    const auto list = listOf(state_.pods);
    for (const auto& pod : list.pod_resources()) {
        if (pod.name() == request->pod_name() && pod.namespace_() == request->pod_namespace()) {
            *response->mutable_pod_resources() = pod;
            return grpc::Status::OK;
        }
    }
    return {grpc::StatusCode::UNKNOWN, "pod " + request->pod_name() + " in namespace " +
                                           request->pod_namespace() + " not found"};
}

} // namespace hdp::testing
