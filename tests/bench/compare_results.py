#!/usr/bin/env python3
"""Compare two results.csv: id, status, score, grade, rank and the flags `veto` and `gap` of every row, in order.

Usage: compare_results.py A B

Ends with 0 when they agree, with 1 and the first differences when they do not.  Needs nothing but Python 3.
"""
import csv
import itertools
import sys

COLUMNS = ("id", "status", "score", "grade", "rank")
FLAGS = {"veto", "gap"}
SHOWN = 10


def rows(path):
    """Yield what is compared of each row, with the flags sorted."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield (*(row[column] for column in COLUMNS), ";".join(sorted(FLAGS.intersection(row["flags"].split(";")))))


def main(one, other):
    """Compare the files and say what was found."""
    compared = differing = 0
    for left, right in itertools.zip_longest(rows(one), rows(other)):
        compared += 1
        if left != right:
            differing += 1
            if differing <= SHOWN:
                print(f"row {compared + 1}:\n  {one}: {left}\n  {other}: {right}")
    print(f"{compared} rows compared, {differing} differ")
    return 1 if differing or not compared else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
