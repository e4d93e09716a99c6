#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Says which source files lack the line that names their licence."""

import pathlib
import subprocess
import sys

SOURCES = {".cpp", ".hpp", ".py", ".proto", ".build", ".umockdev", ".go", ".tpl", ".c", ".h", ".rules",
           ".html", ".css", ".js"}
NAMES = {"dev", "run", "in_own_namespace", "in_own_host", "in_own_machine", "boot_machine", "rules", "fetch_kernel",
         "build_modules", "make_initramfs", "run_guest", "under_memcheck", "init", "Dockerfile", "Kbuild", "go.mod", "old.mod",
         "meson_options.txt"}

root = pathlib.Path(sys.argv[1])
listed = subprocess.run(["git", "-C", root, "ls-files", "--cached", "--others", "--exclude-standard"],
                        check=True, capture_output=True, text=True).stdout.splitlines()
sources = [path for path in map(pathlib.Path, listed) if path.suffix in SOURCES or path.name in NAMES]
bare = [path for path in sources
        if (root / path).is_file() and "SPDX-License-Identifier:" not in (root / path).read_text()[:300]]
for path in bare:
    print(f"{path}:1: no SPDX-License-Identifier line")
sys.exit(bool(bare))
