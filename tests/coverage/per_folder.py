#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Prints line and branch coverage of each folder from gcovr's JSON summary, and the files with most lines left."""

import collections
import json
import pathlib
import sys

files = json.load(open(sys.argv[1]))["files"]
KINDS = ("line_covered", "line_total", "branch_covered", "branch_total")
folders = collections.defaultdict(lambda: [0, 0, 0, 0])
for file in files:
    for name in (str(pathlib.PurePath(file["filename"]).parent), "all"):
        folders[name] = [old + file[kind] for old, kind in zip(folders[name], KINDS)]


def percent(part, whole):
    return f"{100 * part / whole:5.1f} %" if whole else "      –"


def row(name, lines, all_lines, branches, all_branches):
    return (f"{name:<20} {percent(lines, all_lines)} of {all_lines:>6} "
            f"{percent(branches, all_branches)} of {all_branches:>6}")


print(f"{'folder':<20} {'lines':>17} {'branches':>17}")
for name in sorted(folders, key=lambda name: (name == "all", name)):
    print(row(name, *folders[name]))

left = sorted(files, key=lambda file: file["line_covered"] - file["line_total"])
print("\nmost lines never reached:")
for file in left[:15]:
    if file["line_total"] > file["line_covered"]:
        print(f"{file['line_total'] - file['line_covered']:>5}  {file['filename']}")
