#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes a C++ file of the files of the status page: embed.py OUTPUT HTML STYLE SCRIPT."""

import pathlib
import sys

output, *inputs = map(pathlib.Path, sys.argv[1:])
names = ["pageHtml", "pageStyle", "pageScript"]
lines = ["// Made by embed.py.", '#include "daemon/status/status_page.hpp"', "", "namespace hdp::status {", ""]
for name, path in zip(names, inputs, strict=True):
    lines.append(f'const std::string_view {name} = R"~~~({path.read_text(encoding="utf-8")})~~~";')
lines += ["", "} // namespace hdp::status", ""]
output.write_text("\n".join(lines), encoding="utf-8")
