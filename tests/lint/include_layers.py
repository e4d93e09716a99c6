#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which files include what they must not know about.

hotplug and cdi are leaves. Inside daemon each room may include the rooms below it only, and each foreign
library stays where it belongs.
"""

import pathlib
import re
import sys

# Each room, and the rooms that it may include besides itself.
ROOMS = {
    "hotplug": set(),
    "cdi": set(),
    "daemon/child": set(),
    "daemon/systemd": set(),
    "daemon/log": {"daemon/systemd"},
    "daemon/files": set(),
    "daemon/news": set(),
    "daemon/identify": {"hotplug", "daemon", "daemon/child"},
    "daemon/inventory": {"hotplug", "daemon"},
    "daemon/health": {"hotplug", "daemon", "daemon/child", "daemon/inventory"},
    "daemon/dbus": {"hotplug", "daemon", "daemon/files", "daemon/inventory"},
    "daemon/simulate": {"hotplug", "daemon", "daemon/inventory"},
    "daemon/handover": {"hotplug", "cdi", "daemon", "daemon/files", "daemon/inventory", "daemon/news",
                        "daemon/simulate"},
    "daemon/nfd": {"hotplug", "cdi", "daemon", "daemon/inventory", "daemon/news"},
    "daemon/plugin": {"hotplug", "cdi", "daemon", "daemon/inventory", "daemon/handover"},
    "daemon/kubelet": {"daemon", "daemon/inventory", "daemon/plugin"},
    "daemon/status": {"hotplug", "cdi", "daemon", "daemon/inventory", "daemon/plugin", "daemon/kubelet",
                      "daemon/metrics"},
    "daemon/metrics": {"hotplug", "cdi", "daemon", "daemon/inventory", "daemon/status"},
    "daemon/http": set(),
    "daemon/config": {"hotplug", "cdi", "daemon", "daemon/dbus", "daemon/files", "daemon/identify", "daemon/inventory",
                      "daemon/log",
                      "daemon/simulate", "daemon/handover", "daemon/plugin", "daemon/kubelet"},
    "daemon/view": {"hotplug", "cdi", "daemon", "daemon/identify", "daemon/inventory", "daemon/health",
                    "daemon/kubelet", "daemon/status"},
    "daemon/doctor": {"hotplug", "cdi", "daemon", "daemon/inventory", "daemon/handover", "daemon/kubelet",
                      "daemon/view"},
    "daemon/commands": {"hotplug", "cdi", "daemon", "daemon/files", "daemon/inventory", "daemon/health",
                        "daemon/handover", "daemon/plugin", "daemon/kubelet", "daemon/config", "daemon/view",
                        "daemon/doctor", "daemon/metrics", "daemon/status"},
    "daemon": {"hotplug", "cdi", "daemon/child", "daemon/dbus", "daemon/files", "daemon/identify", "daemon/inventory",
               "daemon/health", "daemon/simulate", "daemon/handover", "daemon/plugin", "daemon/kubelet",
               "daemon/config", "daemon/view", "daemon/doctor", "daemon/commands", "daemon/systemd", "daemon/log",
               "daemon/metrics", "daemon/nfd", "daemon/status", "daemon/http"},
}

# What the rooms of the daemon may include of the daemon's own top floor: all of them, and single ones.
GROUND = {"daemon/log.hpp"}
STAIRS = {"daemon/config": {"daemon/options.hpp"}, "daemon/view": {"daemon/options.hpp"},
          "daemon/doctor": {"daemon/options.hpp"},
          "daemon/commands": {"daemon/options.hpp", "daemon/daemon.hpp"}}

# Where each foreign library may be included.
LIBRARIES = {
    r"libudev\.h": {"hotplug"},
    r"nlohmann/": {"cdi", "daemon/kubelet", "daemon/status", "daemon/view", "daemon/doctor"},
    r"grpcpp/": {"daemon/plugin", "daemon/kubelet"},
    r"grpc/": {"daemon"},
    r"spdlog/": {"daemon", "daemon/log"},
    r"CLI/": {"daemon/config", "daemon/commands"},
    r"yaml-cpp/": {"daemon/config"},
    r"sdbus-c\+\+/": {"daemon/dbus"},
    r"boost/beast/": {"daemon/http"},
    r"boost/": {"hotplug", "daemon", "daemon/systemd", "daemon/log", "daemon/child", "daemon/dbus", "daemon/files",
                "daemon/health", "daemon/http", "daemon/identify", "daemon/inventory", "daemon/simulate",
                "daemon/plugin", "daemon/kubelet", "daemon/config", "daemon/view", "daemon/doctor", "daemon/commands"},
}

OWN = re.compile(r'#\s*include\s*"((?:hotplug|cdi|daemon|tests)/[^"]+)"')
FOREIGN = re.compile(r"#\s*include\s*<([^>]+)>")


def room_of(path):
    return str(pathlib.PurePosixPath(path).parent)


def complaint_about_own(room, header):
    target = room_of(header)
    if target not in ROOMS:
        return f"{room} must not include {header}"
    if target != room and target not in ROOMS[room]:
        return f"{room} must not include {target}"
    if target == "daemon" != room and header not in GROUND | STAIRS.get(room, set()):
        return f"{room} must not include {header}, which composes it"
    return None


def complaint_about_foreign(room, header):
    for library, rooms in LIBRARIES.items():
        if re.match(library, header) and room not in rooms:
            return f"{room} must not include <{header}>"
    return None


def complaints(root):
    for room in ROOMS:
        for source in sorted((root / room).glob("*.[ch]pp")):
            for number, line in enumerate(source.read_text().splitlines(), 1):
                own, foreign = OWN.match(line), FOREIGN.match(line)
                complaint = own and complaint_about_own(room, own[1])
                complaint = complaint or (foreign and complaint_about_foreign(room, foreign[1]))
                if complaint:
                    yield f"{source.relative_to(root)}:{number}: {complaint}"


found = list(complaints(pathlib.Path(sys.argv[1])))
print("\n".join(found), end="\n" if found else "")
sys.exit(bool(found))
