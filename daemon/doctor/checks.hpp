// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "daemon/doctor/finding.hpp"
#include "daemon/doctor/patient.hpp"

/// Each check looks at one thing, changes nothing, and answers what it found: always something when
/// the thing concerns this host, one finding that it is fine included. None throws for what is
/// absent, unreadable or hostile, and none waits.
namespace hdp::doctor {

Findings checkSettings(const Patient& patient); ///< what was left out of account

// chips.cpp
Findings checkPresence(const Patient& patient);  ///< chips are on the bus
Findings checkHealth(const Patient& patient);    ///< what is wrong with them beyond their driver
Findings checkResources(const Patient& patient); ///< each belongs to a resource
Findings checkNodes(const Patient& patient);     ///< everybody may open the nodes

// driver.cpp
Findings checkBinding(const Patient& patient);    ///< each chip has the driver that it needs
Findings checkGeneration(const Patient& patient); ///< drivers are known, and get along
Findings checkFirmware(const Patient& patient);   ///< old drivers do without and say nothing
Findings checkPageSize(const Patient& patient);   ///< the driver knows of large pages

// hailort.cpp
Findings checkHailort(const Patient& patient); ///< libraries have the driver's version

// kubelet.cpp
Findings checkKubelet(const Patient& patient);      ///< its folder is there and it answers
Findings checkPodResources(const Patient& patient); ///< it tells who holds what
Findings checkSockets(const Patient& patient);      ///< a daemon serves, the dead left nothing

// cdi_folders.cpp
Findings checkCdiFile(const Patient& patient);       ///< it can be written and is what it should be
Findings checkCdiNeighbours(const Patient& patient); ///< no other file defines the same devices

// runtimes.cpp
Findings checkContainerd(const Patient& patient); ///< its CDI is on if that is needed
Findings checkCrio(const Patient& patient);       ///< it looks into the CDI folder

// limits.cpp
Findings checkInotify(const Patient& patient);    ///< a further program can watch folders
Findings checkPrivileges(const Patient& patient); ///< everything could be looked at
Findings checkSelinux(const Patient& patient);

/// All of them, in the order in which things depend on each other.
Findings examine(const Patient& patient);

} // namespace hdp::doctor
