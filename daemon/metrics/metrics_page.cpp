// SPDX-License-Identifier: Apache-2.0
#include "daemon/metrics/metrics_page.hpp"

#include "daemon/metrics/catalogue.hpp"
#include "daemon/metrics/device_metrics.hpp"
#include "daemon/metrics/exposition.hpp"
#include "daemon/metrics/process.hpp"

namespace hdp::metrics {

namespace {

void addProcess(Exposition& exposition) {
    exposition.set(catalogue::buildInfo, {HDP_VERSION}, 1);
    if (const auto process = readProcess()) {
        exposition.set(catalogue::processStart, {}, process->startTime);
        exposition.set(catalogue::processCpu, {}, process->cpuSeconds);
        exposition.set(catalogue::processResidentMemory, {}, process->residentMemory);
        exposition.set(catalogue::processOpenDescriptors, {}, process->openDescriptors);
        exposition.set(catalogue::processMostDescriptors, {}, process->mostDescriptors);
    }
}

void addResource(Exposition& exposition, const status::ResourceFacts& resource) {
    exposition.set(catalogue::registered, {resource.name}, resource.isLive ? 1 : 0);
    exposition.set(catalogue::registrationState, {resource.name, std::string{resource.state}}, 1);
    exposition.set(catalogue::streamsOpen, {resource.name}, resource.streams);
}

void addRecord(Exposition& exposition, const std::string& resource, const ResourceRecord& record) {
    using namespace catalogue;
    exposition.set(allocations, {resource, "granted"}, record.granted);
    exposition.set(allocations, {resource, "refused"}, record.refused);
    exposition.set(allocations, {resource, "failed"}, record.failed);
    exposition.set(allocationTime, {resource}, record.allocationTime);
    exposition.set(registrations, {resource, "accepted"}, record.accepted);
    exposition.set(registrations, {resource, "failed"}, record.notAccepted);
    exposition.set(lists, {resource}, record.lists);
    exposition.set(hotplug, {resource}, record.hotplug);
}

void addWork(Exposition& exposition, const Record& record) {
    using namespace catalogue;
    exposition.set(uevents, {}, record.uevents);
    exposition.set(overruns, {}, record.overruns);
    exposition.set(restores, {}, record.restores);
    exposition.set(busErrors, {"true"}, record.busErrorsRecovered);
    exposition.set(busErrors, {"false"}, record.busErrorsFinal);
    exposition.set(lookTime, {}, record.lookTime);
    exposition.set(cdiWrites, {"written"}, record.cdiWritten);
    exposition.set(cdiWrites, {"removed"}, record.cdiRemoved);
    exposition.set(cdiWrites, {"failed"}, record.cdiFailed);
    exposition.set(reloads, {"applied"}, record.configApplied);
    exposition.set(reloads, {"renewed"}, record.configRenewed);
    exposition.set(reloads, {"refused"}, record.configRefused);
    exposition.set(configAccepted, {}, record.isConfigAccepted ? 1 : 0);
    for (const auto& [status, count] : record.httpAnswers) {
        exposition.set(httpAnswers, {std::to_string(status)}, count);
    }
}

} // namespace

std::string metricsPage(const status::Facts& facts, const Record& record) {
    Exposition exposition;
    addProcess(exposition);
    addDevices(exposition, facts);
    for (const auto& resource : facts.resources) {
        addResource(exposition, resource);
        const auto known = record.resources.find(resource.name);
        addRecord(exposition, resource.name,
                  known == record.resources.end() ? ResourceRecord{} : known->second);
    }
    addWork(exposition, record);
    exposition.set(catalogue::cdiCurrent, {}, facts.isCdiCurrent ? 1 : 0);
    exposition.set(catalogue::httpConnections, {}, facts.httpConnections);
    return exposition.text();
}

} // namespace hdp::metrics
