#!/usr/bin/env python3
"""Writes a democratic review: 12 invented grassroots stations, 150 raters.

    make.py [--seed 12] [--out DIR]

The same seed writes the same bytes.
"""

import argparse
import csv
import random
from pathlib import Path

# id, name, kind, weights of A B C D F
STATIONS = (
    ("S01", "临溪街道司法所", "司法所", (60, 28, 7, 2, 3)),
    ("S02", "临溪街道财政所", "财政所", (48, 34, 11, 3, 4)),
    ("S03", "青竹镇土管所", "土管所", (35, 36, 18, 7, 4)),
    ("S04", "青竹镇派出所", "派出所", (52, 30, 11, 4, 3)),
    ("S05", "石桥镇卫生院", "卫生院", (44, 34, 14, 5, 3)),
    ("S06", "石桥镇供电所", "供电所", (57, 30, 8, 2, 3)),
    ("S07", "柳湾乡林业站", "林业站", (40, 33, 13, 4, 10)),
    ("S08", "柳湾乡农技站", "农技站", (46, 31, 10, 3, 10)),
    ("S09", "东岭镇国税分局", "税务分局", (50, 31, 12, 4, 3)),
    ("S10", "东岭镇工商所", "工商所", (41, 35, 16, 5, 3)),
    ("S11", "白沙乡水利站", "水利站", (43, 35, 14, 4, 4)),
    ("S12", "白沙乡环卫所", "环卫所", (30, 36, 22, 9, 3)),
)
LABELS = {"A": "满意", "B": "基本满意", "C": "一般", "D": "不满意", "F": "不了解"}
DOUBLE = ("AB", "A;C", "BC", "cd", "B;D")
STYLES = (str, str, str, str.lower, LABELS.get)         # how a rater fills in the form
RATERS = 150


def cell(rng, weights, style):
    """What one rater writes for one station: an option, now and then nothing or two options."""
    kind = rng.random()
    if kind < 0.02:
        return ""
    if kind < 0.03:
        return rng.choice(DOUBLE)
    return style(rng.choices("ABCDF", weights)[0])


def write(path, header, rows):
    """Writes one table."""
    with open(path, "w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def generate(out, seed=12):
    """Writes the tables of the example into the folder `out`."""
    out.mkdir(parents=True, exist_ok=True)
    rng, ballots = random.Random(seed), []
    for number in range(1, RATERS + 1):
        style = rng.choice(STYLES)
        ballots += [(station, f"r{number:03d}", "public", "opinion", cell(rng, weights, style))
                    for station, _, _, weights in STATIONS]
    write(out / "people.csv", ("id", "name", "category"), [station[:3] for station in STATIONS])
    write(out / "ratings.csv", ("subject", "rater", "role", "item", "value"), ballots)


def main():
    parser = argparse.ArgumentParser(description="Writes the example of a democratic review.")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parent)
    options = parser.parse_args()
    generate(options.out, options.seed)


if __name__ == "__main__":
    main()
