#!/usr/bin/env python3
"""Independent oracle for the scheme `democratic-review`, written from the published contract alone.

    democratic_review.py FOLDER

prints id,status,score,grade,rank,flags for every unit; grade and flags are always empty.
"""

import argparse
import re
import sys
from collections import defaultdict

import tables

POINTS = {"A": 100, "B": 85, "C": 70, "D": 55, "F": None}
LABELS = {"满意": "A", "基本满意": "B", "一般": "C", "不满意": "D", "不了解": "F"}
ITEMS = {"opinion", "评议意见"}

INVALID = object()
SEPARATORS = re.compile(r"[;；,，、/\s]+")


def marks(cell):
    """The options marked in a cell, as letters: 'ab' -> ['A', 'B'], '满意' -> ['A']."""
    found = []
    for part in filter(None, SEPARATORS.split(cell)):
        found += LABELS[part] if part in LABELS else part.upper()
    if any(mark not in POINTS for mark in found):
        raise ValueError(f"not an option: {cell!r}")
    return found


class Opinions(dict):
    """Cell text -> points, None for F, INVALID for a blank or doubly marked cell."""

    def __missing__(self, cell):
        found = marks(cell)
        self[cell] = POINTS[found[0]] if len(found) == 1 else INVALID
        return self[cell]


def read_ballots(path, opinions, sums, counts):
    """Adds the counted ballots of one ratings file, wide or long."""
    columns, rows = tables.read(path, "ratings")
    subject, role = columns["subject"], columns["role"]
    item = columns.get("item")
    value = columns["value"] if item is not None else columns[(ITEMS & columns.keys()).pop()]
    for row in rows:
        if tables.ROLES[row[role]] != "public" or (item is not None and row[item] not in ITEMS):
            raise ValueError(f"role or item unknown to the scheme: {row}")
        points = opinions[row[value]]
        if points is not None and points is not INVALID:
            sums[row[subject]] += points
            counts[row[subject]] += 1


def score(points, ballots):
    """Mean points in hundredths, half up."""
    return tables.half_up(100 * points, ballots)


def assess(folder):
    """Expected rows (id, status, score, grade, rank, flags) of a folder, in the order of people."""
    opinions, sums, counts = Opinions(), defaultdict(int), defaultdict(int)
    for path in tables.find(folder, "ratings"):
        read_ballots(path, opinions, sums, counts)
    units = [unit for unit, _ in tables.people(folder)]
    scores = {unit: score(sums[unit], counts[unit]) for unit in units if counts.get(unit)}
    ranks = tables.competition_ranks(scores.values())
    rows = []
    for unit in units:
        if unit in scores:
            value = scores[unit]
            rows.append((unit, "assessed", tables.hundredths(value), "", str(ranks[value]), ""))
        else:
            rows.append((unit, "incomplete", "", "", "", ""))
    return rows


def main():
    parser = argparse.ArgumentParser(description="Expected results of `democratic-review`.")
    parser.add_argument("folder")
    tables.write(assess(parser.parse_args().folder), sys.stdout)


if __name__ == "__main__":
    main()
