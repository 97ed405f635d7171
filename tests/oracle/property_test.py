#!/usr/bin/env python3
"""Compares `assess run` with the oracle, person by person, on random or enumerated batches.

    property_test.py --assess build/assess --rules-dir rules --people 1000000 --seed 1
                     [--scheme bureau|democratic-review] [--cases random|boundary]

The batches differ in period, rounding, form of the ratings, order of the rows, threads, encoding,
separator and language of the headers. Two batches are worked on at a time. The last line is
`property: N people compared, 0 differences`; the exit code is 0 only then. The folder of a batch
with differences is kept.
"""

import argparse
import csv
import os
import random
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path

import boundary_cases
import bureau
import democratic_review
import random_batch
import tables

LARGEST_BATCH = 100_000
SHOWN = 5                                   # differences shown per batch
COMPARED_FLAGS = {"veto", "gap"}
RESULT_HEADER = ["id", "name", "unit", "status", "score", "grade", "rank", "flags", "reasons"]
PLANS = list(product((2024, 2026), ("hundredths", "whole"), ("wide", "long")))
REVIEW_PLANS = [(2026, "hundredths", "wide"), (2026, "hundredths", "long")]


@dataclass
class Job:
    """One batch to write, run and compare."""

    assess: str
    rules_dir: str
    scheme: str
    cases: str
    people: int
    seed: int
    period: int
    rounding: str
    form: str
    threads: int
    shuffle: bool

    def __str__(self):
        return (f"{self.scheme} {self.cases}, {self.people or 'all'} people, seed {self.seed}, "
                f"period {self.period}, {self.rounding}, {self.form}, {self.threads} threads"
                f"{', shuffled' if self.shuffle else ''}")

    def write(self, folder):
        """Writes the input tables."""
        if self.cases == "boundary":
            boundary_cases.write_cases(folder, self.period, self.form)
        else:
            random_batch.write_batch(folder, self.scheme, self.people, self.seed, self.form,
                                     self.shuffle, self.period)

    def command(self, inputs, out):
        """The call of the program under test."""
        setting = ["--set", f"rounding={self.rounding}"] if self.rounding != "hundredths" else []
        return [self.assess, "run", "--rules", self.scheme, "--period", str(self.period), *setting,
                "--format", "csv", "--threads", str(self.threads), "--out", str(out), str(inputs)]

    def expected(self, folder):
        """The oracle's rows."""
        if self.scheme == "bureau":
            return bureau.assess(folder, self.period, self.rounding)
        return democratic_review.assess(folder)


@dataclass
class Outcome:
    """What came of a job."""

    compared: int = 0
    differences: int = 0
    report: list = field(default_factory=list)


def read_results(path):
    """Rows of a results.csv in the shape of the oracle's."""
    with open(path, encoding="utf-8", newline="") as stream:
        if stream.read(1) != "\ufeff":
            raise ValueError("results.csv does not begin with a BOM")
        rows = csv.reader(stream, strict=True)
        header = next(rows)
        if header != RESULT_HEADER:
            raise ValueError(f"results.csv has the header {header}")
        return [(person, status, score, grade, rank,
                 ";".join(flag for flag in flags.split(";") if flag in COMPARED_FLAGS))
                for person, _, _, status, score, grade, rank, flags, _ in rows]


def input_rows(folder, person):
    """Every input row that names a person, as text."""
    found = []
    for table, keys in (("people", ("id",)), ("ratings", ("subject",)), ("events", ("subject", "liable"))):
        for path in tables.find(folder, table):
            columns, rows = tables.read(path, table)
            places = [columns[key] for key in keys if key in columns]
            found += [f"      {path.name}: {','.join(row)}" for row in rows
                      if person in (row[place] for place in places)]
    return found


def compare(folder, expected, found):
    """Differences of two lists of rows; the first ones with the inputs of the person."""
    outcome = Outcome(compared=len(expected))
    if len(expected) != len(found):
        outcome.differences += 1
        outcome.report.append(f"  {len(expected)} people, but {len(found)} results")
    for want, have in zip(expected, found):
        if want == have:
            continue
        outcome.differences += 1
        if outcome.differences <= SHOWN:
            outcome.report += [f"  expected {','.join(want)}", f"  found    {','.join(have)}",
                               *input_rows(folder, want[0])]
    return outcome


def carry_out(job):
    """Writes, runs and compares one batch."""
    folder = Path(tempfile.mkdtemp(prefix="assess-property-"))
    inputs, out = folder / "in", folder / "out"
    job.write(inputs)
    run = subprocess.run(job.command(inputs, out), env=os.environ | {"ASSESS_RULES": job.rules_dir},
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
    if run.returncode:
        outcome = Outcome(0, 1, [f"  exit code {run.returncode}: {run.stderr[:2000]}"])
    else:
        try:
            outcome = compare(inputs, job.expected(inputs), read_results(out / "results.csv"))
        except (OSError, ValueError) as problem:
            outcome = Outcome(0, 1, [f"  {problem}"])
    if outcome.differences:
        outcome.report.append(f"  inputs kept in {folder}")
    else:
        shutil.rmtree(folder)
    return outcome


def jobs(options):
    """The batches that add up to the wanted number of people, each drawn in another way."""
    plans = PLANS if options.scheme == "bureau" else REVIEW_PLANS
    common = options.assess, options.rules_dir, options.scheme, options.cases
    if options.cases == "boundary":
        return [Job(*common, 0, 0, *plan, 1 + number % 4, False) for number, plan in enumerate(plans)]
    size, made = min(LARGEST_BATCH, -(-options.people // len(plans))), []
    for number, first in enumerate(range(0, options.people, size)):
        seed = options.seed * 1000 + number
        rng = random.Random(seed)
        made.append(Job(*common, min(size, options.people - first), seed, *plans[number % len(plans)],
                        rng.choice((1, 2, 3, 8)), rng.random() < 0.5))
    return made


def main():
    parser = argparse.ArgumentParser(description="Compares the program with the oracle.")
    parser.add_argument("--assess", type=os.path.abspath, required=True)
    parser.add_argument("--rules-dir", type=os.path.abspath, required=True)
    parser.add_argument("--people", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--scheme", choices=("bureau", "democratic-review"), default="bureau")
    parser.add_argument("--cases", choices=("random", "boundary"), default="random")
    options = parser.parse_args()
    if options.cases == "boundary" and options.scheme != "bureau":
        parser.error("the boundary cases are those of bureau")
    compared = differences = 0
    work = jobs(options)
    with ProcessPoolExecutor(2) as pool:
        for job, outcome in zip(work, pool.map(carry_out, work)):
            print(f"{job}: {outcome.differences or 'no'} differences", *outcome.report, sep="\n", flush=True)
            compared += outcome.compared
            differences += outcome.differences
    print(f"property: {compared} people compared, {differences} differences")
    return 1 if differences or not compared else 0


if __name__ == "__main__":
    sys.exit(main())
