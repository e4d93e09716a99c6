#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Tells of which packages of Debian there are parts in the daemon: what is inside its binary, and what it loads.

    parts.py BINARY

prints the names of the packages that are inside. BINARY is where the build put it: BINARY.linked beside it tells what
was linked."""

import os
import pathlib
import re
import subprocess
import sys

IN_EVERY_PROGRAM = "libc6-dev"


def output_of(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def libraries_of(binary):
    """The paths by which the loader finds each library, and the loader itself."""
    found = output_of("ldd", binary)
    if missing := re.findall(r"^\s*(\S+) => not found", found, re.MULTILINE):
        sys.exit(f"parts: {binary} lacks {', '.join(missing)}")
    return sorted(set(re.findall(r"(?:=>\s+|^\s*)(/\S+) \(0x", found, re.MULTILINE)))


def archives_of(binary):
    """The static libraries that are part of it, but for the compiler's own."""
    words = re.findall(r"\S+\.a\b", pathlib.Path(f"{binary}.linked").read_text())
    return sorted({path for path in map(os.path.normpath, words)
                   if re.fullmatch(r"/usr/lib/[^/]+/lib[^/]+\.a", path)})


def packages_of(libraries):
    """Names of Debian's packages. dpkg may know a file by its path before or after the merge of / and /usr."""
    paths = {}
    for library in libraries:
        real = os.path.realpath(library)
        for path in (library, "/usr" + library, real, real.removeprefix("/usr")):
            paths[path] = library
    found = subprocess.run(["dpkg-query", "--search", *paths], capture_output=True, text=True, check=False).stdout
    owners = {paths[path]: owners.split(",")[0] for owners, path in
              (line.split(": ", 1) for line in found.splitlines()) if path in paths}
    if missing := set(libraries) - set(owners):
        sys.exit(f"parts: no Debian package has {', '.join(sorted(missing))}")
    return sorted(set(owners.values()))


def linked_packages_of(binary):
    return [name for name in packages_of(archives_of(binary)) if name.partition(":")[0] != IN_EVERY_PROGRAM]


def facts_of(package):
    form = "${Package}\t${Version}\t${Architecture}\t${source:Package}\t${source:Version}"
    name, version, architecture, source, source_version = output_of(
        "dpkg-query", "--show", "--showformat", form, package).split("\t")
    return {"name": name, "version": version, "architecture": architecture, "source": source,
            "source_version": source_version}


if __name__ == "__main__":
    for package in linked_packages_of(sys.argv[1]):
        print(package.partition(":")[0])
