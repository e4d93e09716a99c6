#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints ThreadSanitizer's reports about code of this project, out of logs with many others.

Debian's gRPC is built without ThreadSanitizer, which therefore sees none of its locks: whatever goes from one thread to
another through gRPC looks like a race. A suppression cannot tell such a report from one about a reaction of ours that
touches what belongs to the loop, because gRPC's frames are in both. What can is whose code did the two accesses: the innermost
frame that is neither the language's nor a library's. Where it is ours on both sides, the report counts."""

import pathlib
import re
import sys

FRAME = re.compile(r"^    #\d+ (.*)$")
LIBRARY = re.compile(r"std::|__gnu|boost::|operator (new|delete)|__interceptor|__tsan|mem(cpy|move|set|cmp|chr)|free|malloc|str\w+ ")
ACCESS = re.compile(r"^  (Previous )?(atomic )?(read|write)|^  (Read|Write|Previous|Atomic)", re.I)


def owner(frames):
    """The innermost frame that is somebody's; frames of functions that return std:: types begin with those."""
    for frame in frames:
        name = frame.split(" /")[0]
        if not LIBRARY.match(name):
            return name
    return ""


def accesses(report):
    stacks, current = [], None
    for line in report.splitlines():
        frame = FRAME.match(line)
        if frame and current is not None:
            current.append(frame[1])
        elif ACCESS.match(line):
            current = []
            stacks.append(current)
        elif line.strip():
            current = None
    return stacks


def is_ours(report):
    if "data race" not in report:
        return True
    stacks = accesses(report)
    return len(stacks) < 2 or all("hdp::" in owner(stack) for stack in stacks[:2])


ours, others = [], 0
for name in sys.argv[1:]:
    for report in re.findall(r"^WARNING: ThreadSanitizer.*?^={18}$", pathlib.Path(name).read_text(errors="replace"), re.M | re.S):
        if is_ours(report):
            ours.append(report)
        else:
            others += 1
print("\n".join(ours))
print(f"{len(ours)} reports about code of this project, {others} about gRPC's own", file=sys.stderr)
sys.exit(bool(ours))
