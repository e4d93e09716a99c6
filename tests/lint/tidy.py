#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs clang-tidy over a clang build directory, on all cores: over the product, and with --deep over the tests
too, and with the analyzer, which takes as long as all the rest.

A file that passed anywhere on this machine is not looked at again until it, a header of ours that it includes, or the rules change:
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
deep = "--deep" in sys.argv[2:]
root = pathlib.Path(__file__).resolve().parents[2]
cache = pathlib.Path(os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache")
passed_folder = cache / "hailo-device-plugin" / "tidy-passed"
analyzer = ["--checks=clang-analyzer-*"] if deep else []
version = subprocess.run(["clang-tidy", "--version"], capture_output=True, check=True).stdout


def sources():
    for entry in json.loads((build / "compile_commands.json").read_text()):
        path = pathlib.Path(entry["directory"], entry["file"]).resolve()
        ours = root in path.parents and (root / build) not in path.parents and path.suffix == ".cpp"
        if ours and (deep or (root / "tests") not in path.parents):
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
    digest = hashlib.sha256(version + repr(analyzer).encode() + (root / ".clang-tidy").read_bytes())
    if (root / "tests") in path.parents:
        digest.update((root / "tests/.clang-tidy").read_bytes())
    for part in sorted(closure(path, set())):
        digest.update(part.read_bytes())
    return digest.hexdigest()


def check(path):
    mark = passed_folder / f"{path.relative_to(root).as_posix().replace('/', '_')}.{fingerprint(path)}"
    if mark.exists():
        return path, ""
    result = subprocess.run(["clang-tidy", "--quiet", *analyzer, "-p", build, path],
                            capture_output=True, text=True, cwd=root, check=False)
    if result.returncode == 0:
        mark.touch()
        return path, ""
    return path, result.stdout


passed_folder.mkdir(parents=True, exist_ok=True)
bad = 0
with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
    for source, complaints in pool.map(check, sorted(set(sources()))):
        if complaints:
            bad += 1
            print(complaints, flush=True)
print(f"clang-tidy: {bad} files with findings", file=sys.stderr)
sys.exit(bool(bad))
