#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which tests SECURITY.md names that do not exist."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
text = "\n".join(path.read_text() for path in sorted((root / "tests").rglob("*_test.cpp")))
tests = {".".join(names) for names in re.findall(r"\bTEST(?:_F|_P)?\(\s*(\w+),\s*(\w+)\)", text)}
for path in sorted((root / "tests").rglob("*_test.go")):
    tests |= set(re.findall(r"^func (Test\w+)\(", path.read_text(), re.M))

page = root / "SECURITY.md"
named, missing = set(), 0
for number, line in enumerate(page.read_text().splitlines(), 1):
    for name in re.findall(r"`([A-Z]\w+\.[A-Z]\w+|Test[A-Z]\w+)`", line):
        named.add(name)
        if name not in tests:
            print(f"{page.name}:{number}: no test is called {name}")
            missing += 1
if not named:
    print(f"{page.name}:1: names no test")
sys.exit(bool(missing) or not named)
