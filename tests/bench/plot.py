#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Draws what `./dev bench --json` wrote: `tests/bench/plot.py < bench.json > docs/bench.svg`.

Above where the time of one event goes, below how the parts grow with the number of chips."""
import html
import json
import math
import re
import sys

WIDTH, LEFT, BAR, GAP = 900, 330, 18, 8
STAGES = [
    ("floor: uevent -> libudev", "#9aa0a6"),
    ("stage: scan sysfs, 8 chips", "#1a73e8"),
    ("stage: compare and publish, 8 chips", "#1a73e8"),
    ("stage: describe as CDI, 8 chips", "#1a73e8"),
    ("stage: write the CDI file, 8 chips", "#1a73e8"),
    ("stage: make the list, 8 chips", "#1a73e8"),
    ("floor: bare gRPC stream", "#9aa0a6"),
    ("uevent -> list at the kubelet, 8 chips", "#188038"),
]
GROWTH = {"compare and publish": "#1a73e8", "describe as CDI": "#d93025", "write the CDI file": "#e37400",
          "make the list": "#188038"}


def text(x, y, words, anchor="start"):
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="{anchor}">{html.escape(words)}</text>'


def bars(results, top):
    rows = [(name, colour, results[name]) for name, colour in STAGES if name in results]
    scale = (WIDTH - LEFT - 130) / max(row["p99"] for _, _, row in rows)
    for index, (name, colour, row) in enumerate(rows):
        y = top + index * (BAR + GAP)
        yield text(LEFT - 10, y + 14, name.removeprefix("stage: "), "end")
        yield f'<rect x="{LEFT}" y="{y}" width="{row["p50"] * scale:.1f}" height="{BAR}" fill="{colour}"/>'
        end = LEFT + row["p99"] * scale
        yield f'<path d="M{LEFT + row["p50"] * scale:.1f} {y + BAR / 2}H{end:.1f}" stroke="{colour}" stroke-width="2"/>'
        yield text(end + 8, y + 14, f'{row["p50"]:.0f} / {row["p99"]:.0f} µs')


def series(results, part):
    for name, row in results.items():
        if found := re.fullmatch(rf"growth: {part}, (\d+) chips?", name):
            yield int(found[1]), row["p50"]


def growth(results, top, height):
    def place(chips, micros):
        return (LEFT + math.log2(chips) / 12 * (WIDTH - LEFT - 190),
                top + height - math.log10(max(micros, 1)) / 5.2 * height)

    for power in range(6):
        _, y = place(1, 10**power)
        yield f'<path d="M{LEFT} {y:.0f}H{WIDTH - 190}" stroke="#9aa0a6" stroke-width="0.5"/>'
        yield text(LEFT - 10, y + 4, f"{10**power} µs", "end")
    for chips in (1, 8, 64, 512, 4096):
        x, _ = place(chips, 1)
        yield text(x, top + height + 18, str(chips), "middle")
    for part, colour in GROWTH.items():
        points = [place(*point) for point in sorted(series(results, part))]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        yield f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield text(points[-1][0] + 8, points[-1][1] + 4, part)


def main():
    document = json.load(sys.stdin)
    results = {row["name"]: row for row in document["results"]}
    machine = document["machine"]
    top = 40
    below = top + len(STAGES) * (BAR + GAP) + 60
    parts = [text(10, 20, "One event, 8 chips: median and 99th percentile "
                          f'(Linux {machine["kernel"]}, {machine["cpus"]} CPUs)'),
             *bars(results, top),
             text(10, below - 20, "One change by number of chips, without reading sysfs: median"),
             *growth(results, below, 220)]
    print(f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {below + 260}" '
          'font-family="sans-serif" font-size="13">')
    print(f'<rect width="{WIDTH}" height="{below + 260}" fill="#fff"/>')
    print("\n".join(parts))
    print("</svg>")


if __name__ == "__main__":
    main()
