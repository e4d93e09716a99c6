// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace hdp::testing {

class Machine;

// What can happen to a node. Each is over when the function returns; each throws std::runtime_error
// when something that must hold meanwhile does not.

void plugAndUnplug(Machine& machine);

/// A chip hangs and is well again; no event tells of either.
void makeChipIll(Machine& machine);

/// More uevents than the daemon looks at, some before it comes to read any.
void floodWithUevents(Machine& machine);

void pauseTheDaemon(Machine& machine);

void restartKubelet(Machine& machine);
void refuseRegistrations(Machine& machine);
void resetStream(Machine& machine);

/// The kubelet's folder is emptied or replaced while no kubelet lives.
void spoilPluginFolder(Machine& machine);
void removeCdiFolder(Machine& machine);
void removeLinks(Machine& machine);
void spoilCdiFile(Machine& machine);
void fillDisk(Machine& machine);
void exhaustDescriptors(Machine& machine);
void exhaustInotify(Machine& machine);

/// The system bus dies and returns, or hangs for a while.
void breakBus(Machine& machine);

/// Good and bad edits of the configuration file.
void editConfiguration(Machine& machine);

} // namespace hdp::testing
