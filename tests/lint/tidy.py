#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over a clang build directory, on all cores: over the product, and with --tests over the tests too.

A file that passed is not looked at again until it, a header of ours that it includes, or the rules change:
clang-tidy takes 10 to 20 seconds for each file that sees gRPC. Tests have rules of their own, which cost half.
"""

import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(r'#\s*include\s*"([^"]+)"')

build = pathlib.Path(sys.argv[1])
with_tests = "--tests" in sys.argv[2:]
root = pathlib.Path(__file__).resolve().parents[2]
passed_folder = build / "tidy-passed"


def sources():
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        ours = root in path.parents and (root / build) not in path.parents and path.suffix == ".cpp"
        if ours and (with_tests or (root / "tests") not in path.parents):
            yield path


def closure(path, seen):
    if path in seen or not path.is_file():
        return seen
    seen.add(path)
    for header in INCLUDE.findall(path.read_text()):
        closure(root / header, seen)
        closure(path.parent / header, seen)
    return seen


def fingerprint(path):
    digest = hashlib.sha256((root / ".clang-tidy").read_bytes())
    if (root / "tests") in path.parents:
        digest.update((root / "tests/.clang-tidy").read_bytes())
    for part in sorted(closure(path, set())):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def check(path):
    mark = passed_folder / f"{path.relative_to(root).as_posix().replace('/', '_')}.{fingerprint(path)}"
    if mark.exists():
        return path, ""
    result = subprocess.run(["clang-tidy", "--quiet", "-p", build, path],
                            capture_output=True, text=True, cwd=root, check=False)
    if result.returncode == 0:
        mark.touch()
        return path, ""
    return path, result.stdout


passed_folder.mkdir(exist_ok=True)
bad = 0
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for source, complaints in pool.map(check, sorted(set(sources()))):
        if complaints:
            bad += 1
            print(complaints)
print(f"clang-tidy: {bad} files with findings", file=sys.stderr)
sys.exit(bool(bad))
