// SPDX-License-Identifier: Apache-2.0
#include "tests/fake_kubelet/checkpoint.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/wrappers.pb.h>
#include <nlohmann/json.hpp>

#include <cerrno>
#include <fstream>
#include <stdexcept>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace hdp::testing {

namespace {

using google::protobuf::BytesValue;
using nlohmann::json;

json base64(const std::string& bytes) {
    BytesValue value;
    value.set_value(bytes);
    std::string text;
    if (!google::protobuf::util::MessageToJsonString(value, &text).ok()) {
        throw std::invalid_argument("base64");
    }
    return json::parse(text);
}

std::string fromBase64(const json& text) {
    BytesValue value;
    if (!google::protobuf::util::JsonStringToMessage(text.dump(), &value).ok()) {
        throw std::invalid_argument("base64");
    }
    return value.value();
}

json toJson(const ContainerResource& key, const Assignment& assignment) {
    json ids = json::object();
    for (const auto& [node, idsOfNode] : assignment.idsByNumaNode) {
        ids[std::to_string(node)] = idsOfNode;
    }
    return {{"PodUID", key.podUid},
            {"ContainerName", key.container},
            {"ResourceName", key.resource},
            {"DeviceIDs", std::move(ids)},
            {"AllocResp", base64(assignment.response.SerializeAsString())}};
}

std::pair<ContainerResource, Assignment> assignmentOf(const json& entry) {
    Assignment assignment;
    for (const auto& [node, ids] : entry.at("DeviceIDs").items()) {
        assignment.idsByNumaNode[std::stoll(node)] = ids.get<std::set<std::string>>();
    }
    if (!assignment.response.ParseFromString(fromBase64(entry.at("AllocResp")))) {
        throw std::invalid_argument("AllocResp");
    }
    ContainerResource key{entry.at("PodUID"), entry.at("ContainerName"), entry.at("ResourceName")};
    return std::make_pair(std::move(key), std::move(assignment));
}

Checkpoint parse(std::istream& in) {
    Checkpoint checkpoint;
    const auto data = json::parse(in).at("Data");
    for (const auto& entry : data.at("PodDeviceEntries")) {
        checkpoint.assignments.insert(assignmentOf(entry));
    }
    data.at("RegisteredDevices").get_to(checkpoint.registered);
    return checkpoint;
}

[[noreturn]] void fail(const std::string& call) {
    throw std::system_error(errno, std::generic_category(), call);
}

} // namespace

std::optional<Checkpoint> Checkpoint::read(const std::filesystem::path& file) {
    std::ifstream in(file);
    try {
        return in ? std::optional(parse(in)) : std::nullopt;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

void Checkpoint::write(const std::filesystem::path& file) const {
    json entries = json::array();
    for (const auto& [key, assignment] : assignments) {
        entries.push_back(toJson(key, assignment));
    }
    const json data{{"PodDeviceEntries", std::move(entries)}, {"RegisteredDevices", registered}};
    const json document{{"Data", data}, {"Checksum", std::hash<json>{}(data)}};
    auto temporary = (file.parent_path() / ".XXXXXX").string();
    const int descriptor = ::mkstemp(temporary.data());
    if (descriptor < 0) {
        fail("mkstemp in " + file.parent_path().string());
    }
    ::close(descriptor);
    std::ofstream(temporary) << document.dump();
    if (::rename(temporary.c_str(), file.c_str()) < 0) {
        fail("rename to " + file.string());
    }
}

} // namespace hdp::testing
