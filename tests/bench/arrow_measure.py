#!/usr/bin/env python3
"""How long ballots take to come in as an Arrow stream, and what memory beside the batch's own.

Ballots of the scheme `bureau`, 20 for each person, are made while they are read, so that nothing holds all of them: numbers for people,
a dictionary of roles, doubles for marks, as pandas and polars would have them.  Needs numpy and pyarrow, and ASSESS_BUILD.

    ASSESS_BUILD=build/release python3 tests/bench/arrow_measure.py --people 100000
"""
import argparse
import ctypes
import pathlib
import resource
import sys
import time

import numpy
import pyarrow

SOURCE = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(SOURCE / "tests" / "product"))
from arrow_bridge import LIBRARY, Batch  # noqa: E402

BALLOTS = 20
ITEMS = {"virtue": 10, "ability": 10, "diligence": 10, "performance": 60, "integrity": 10}
ROLES = pyarrow.array(["peer", "leader"])


def some_marks(rng, top):
    """A hundred steps of a twentieth of a point and more."""
    return pyarrow.array(numpy.round(rng.choice(numpy.linspace(top * 0.6, top, 100), 1 << 20), 2))


class Ballots:
    """Batches of rows, and how long making them took."""

    def __init__(self, people, batch_rows, seed=1):
        rng = numpy.random.default_rng(seed)
        self.people, self.batch_rows, self.seconds = people, batch_rows, 0.0
        self.marks = {name: some_marks(rng, top) for name, top in ITEMS.items()}
        self.order = rng.permutation(people)
        self.schema = self.batch(0).schema

    def batch(self, first):
        row = numpy.arange(first, min(first + self.batch_rows, self.people * BALLOTS))
        who = row % self.people
        subject, rater = self.order[who], (self.order[who] + 1 + row // self.people) % self.people
        role = pyarrow.DictionaryArray.from_arrays((row // self.people == 0).astype("int8"), ROLES)
        marks = [values.slice(first % (1 << 19), len(row)) for values in self.marks.values()]
        return pyarrow.record_batch([pyarrow.array(subject), pyarrow.array(rater), role, *marks], names=["subject", "rater", "role", *ITEMS])

    def __iter__(self):
        for first in range(0, self.people * BALLOTS, self.batch_rows):
            start = time.perf_counter()
            made = self.batch(first)
            self.seconds += time.perf_counter() - start
            yield made


def megabytes():
    return int(next(line for line in open("/proc/self/status", encoding="ascii") if line.startswith("VmRSS")).split()[1]) / 1024


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--people", type=int, default=100000)
    options.add_argument("--batch", type=int, default=65536)
    options.add_argument("--threads", type=int, default=0)
    o = options.parse_args()
    batch = Batch(SOURCE / "rules" / "bureau.lua", "2026", threads=o.threads)
    numbers = numpy.arange(o.people)
    batch.add("people", pyarrow.table({"id": numbers, "name": numbers.astype("str")}))
    ballots = Ballots(o.people, o.batch)
    before, used, start = megabytes(), resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    batch.add("ratings", pyarrow.RecordBatchReader.from_batches(ballots.schema, iter(ballots)))
    wall, now = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF)
    cpu = now.ru_utime + now.ru_stime - used.ru_utime - used.ru_stime
    count = LIBRARY.assess_batch_ballot_count(batch.handle)
    print(f"{count} ballots: {wall:.2f} s, {cpu:.2f} s of processors, of both {ballots.seconds:.2f} s for making them; "
          f"{megabytes() - before:.0f} MiB more, of which the columns are {count * (3 * 4 + 1 + 8 * len(ITEMS)) / 2**20:.0f}; "
          f"problems: {list(batch.problems())[:2]}")


if __name__ == "__main__":
    LIBRARY.assess_batch_ballot_count.restype = ctypes.c_size_t
    main()
