// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/metrics/metric.hpp"

#include <string>
#include <vector>

/// Every metric that there is. docs/metrics.md shows the same as a table, which a test compares.
namespace hdp::metrics::catalogue {

// What the daemon is.
inline constexpr Metric buildInfo{
    "hailo_device_plugin_build_info", Type::Gauge, "Always 1; which build runs", {"version"}};
inline constexpr Metric processStart{"process_start_time_seconds", Type::Gauge,
                                     "Start of the process since the epoch in seconds"};
inline constexpr Metric processResidentMemory{"process_resident_memory_bytes", Type::Gauge,
                                              "Resident memory of the process in bytes"};
inline constexpr Metric processOpenDescriptors{"process_open_fds", Type::Gauge,
                                               "Open file descriptors of the process"};
inline constexpr Metric processMostDescriptors{"process_max_fds", Type::Gauge,
                                               "File descriptors that the process may open"};
inline constexpr Metric processCpu{"process_cpu_seconds_total", Type::Counter,
                                   "User and system CPU time of the process in seconds"};

// What is true of chips. A chip that vanished keeps its series for as long as it is listed.
inline constexpr Metric devices{"hailo_device_plugin_devices",
                                Type::Gauge,
                                "Chips, by resource (empty: not offered), health and main reason "
                                "(none: nothing is wrong)",
                                {"resource", "health", "reason"}};
inline constexpr Metric deviceHealthy{"hailo_device_plugin_device_healthy",
                                      Type::Gauge,
                                      "1 if the kubelet may allocate the chip, else 0",
                                      {"device", "resource"}};
inline constexpr Metric deviceProblem{"hailo_device_plugin_device_problem",
                                      Type::Gauge,
                                      "Always 1; a thing that is wrong with the chip",
                                      {"device", "reason"}};
inline constexpr Metric deviceInfo{
    "hailo_device_plugin_device_info",
    Type::Gauge,
    "Always 1; who the chip is (empty: not known)",
    {"device", "resource", "model", "node", "driver", "driver_version", "numa_node"}};
inline constexpr Metric linkWidth{"hailo_device_plugin_device_link_width_lanes",
                                  Type::Gauge,
                                  "Lanes of the chip's PCIe link; 0: the link is down",
                                  {"device"}};
inline constexpr Metric linkBestWidth{"hailo_device_plugin_device_link_best_width_lanes",
                                      Type::Gauge,
                                      "Lanes that both ends of the link can do",
                                      {"device"}};
inline constexpr Metric linkSpeed{"hailo_device_plugin_device_link_speed_transfers_per_second",
                                  Type::Gauge,
                                  "Transfers per second and lane of the chip's PCIe link; 0: the "
                                  "link is down",
                                  {"device"}};
inline constexpr Metric linkBestSpeed{
    "hailo_device_plugin_device_link_best_speed_transfers_per_second",
    Type::Gauge,
    "Transfers per second and lane that both ends of the link can do",
    {"device"}};
inline constexpr Metric pcieErrors{"hailo_device_plugin_device_pcie_errors_total",
                                   Type::Counter,
                                   "PCIe errors that the kernel counted (AER) since the chip is on "
                                   "the bus",
                                   {"device", "severity"}};

// Who has them.
inline constexpr Metric podResourcesUp{"hailo_device_plugin_pod_resources_up", Type::Gauge,
                                       "1 if the kubelet last told who holds which chip, else 0"};
inline constexpr Metric deviceInUse{"hailo_device_plugin_device_in_use",
                                    Type::Gauge,
                                    "1 if a container holds the chip, else 0; absent while the "
                                    "kubelet does not tell",
                                    {"device", "resource"}};
inline constexpr Metric devicePod{"hailo_device_plugin_device_pod_info",
                                  Type::Gauge,
                                  "Always 1; which container holds the chip (metrics.pods)",
                                  {"device", "resource", "namespace", "pod", "container"}};

// The kubelet.
inline constexpr Metric registered{"hailo_device_plugin_registered",
                                   Type::Gauge,
                                   "1 if the kubelet knows the resource and listens, else 0",
                                   {"resource"}};
inline constexpr Metric registrationState{"hailo_device_plugin_registration_state",
                                          Type::Gauge,
                                          "Always 1; the state that the registration is in",
                                          {"resource", "state"}};
inline constexpr Metric registrations{"hailo_device_plugin_registrations_total",
                                      Type::Counter,
                                      "Attempts to register that the kubelet answered, or that "
                                      "failed",
                                      {"resource", "result"}};
inline constexpr Metric streamsOpen{"hailo_device_plugin_streams_open",
                                    Type::Gauge,
                                    "ListAndWatch streams that the kubelet has open",
                                    {"resource"}};
inline constexpr Metric lists{"hailo_device_plugin_lists_sent_total",
                              Type::Counter,
                              "Lists of chips that were sent to the kubelet",
                              {"resource"}};
inline constexpr Metric hotplug{"hailo_device_plugin_hotplug_to_kubelet_seconds",
                                Type::Histogram,
                                "Time from an event of the hardware to the list that is handed to "
                                "gRPC because of it",
                                {"resource"}};
inline constexpr Metric allocations{"hailo_device_plugin_allocations_total",
                                    Type::Counter,
                                    "Answers to Allocate: granted, refused (not to be had), failed "
                                    "(an error here)",
                                    {"resource", "outcome"}};
inline constexpr Metric allocationTime{"hailo_device_plugin_allocation_duration_seconds",
                                       Type::Histogram,
                                       "Time from an Allocate call to its answer",
                                       {"resource"}};

// What the daemon does.
inline constexpr Metric uevents{"hailo_device_plugin_uevent_batches_total", Type::Counter,
                                "Times that uevents arrived that may concern a chip; several may "
                                "arrive at once"};
inline constexpr Metric overruns{
    "hailo_device_plugin_uevent_overruns_total", Type::Counter,
    "Times that the kernel dropped uevents because they came too fast"};
inline constexpr Metric restores{"hailo_device_plugin_uevent_monitor_restores_total", Type::Counter,
                                 "Times that the uevent monitor broke and was restored"};
inline constexpr Metric busErrors{"hailo_device_plugin_bus_errors_total",
                                  Type::Counter,
                                  "PCIe errors after which the kernel tried to recover a chip or a "
                                  "bridge",
                                  {"recovered"}};
inline constexpr Metric lookTime{"hailo_device_plugin_look_duration_seconds", Type::Histogram,
                                 "Time that a look at all chips in sysfs took"};
inline constexpr Metric cdiWrites{"hailo_device_plugin_cdi_writes_total",
                                  Type::Counter,
                                  "Changes of the CDI file: written, removed (no chip is left), "
                                  "failed",
                                  {"result"}};
inline constexpr Metric cdiCurrent{"hailo_device_plugin_cdi_current", Type::Gauge,
                                   "1 if the CDI file says what is true, else 0"};
inline constexpr Metric reloads{"hailo_device_plugin_config_reloads_total",
                                Type::Counter,
                                "Changes of the configuration: applied, renewed (the daemon began "
                                "anew), refused",
                                {"result"}};
inline constexpr Metric configAccepted{"hailo_device_plugin_config_accepted", Type::Gauge,
                                       "0 if the configuration was refused when it was last read, "
                                       "else 1"};
inline constexpr Metric httpAnswers{"hailo_device_plugin_http_responses_total",
                                    Type::Counter,
                                    "Answers over HTTP, by status code",
                                    {"code"}};
inline constexpr Metric httpConnections{"hailo_device_plugin_http_connections", Type::Gauge,
                                        "Connections over HTTP that are open"};

/// All of them, in the order from above.
const std::vector<const Metric*>& all();

/// As docs/metrics.md has them, in Markdown.
std::string table();

} // namespace hdp::metrics::catalogue
