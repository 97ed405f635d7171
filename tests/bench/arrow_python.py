#!/usr/bin/env python3
"""What Python adds to a run over tables in memory: the same columns, the same streams, as arrow_bench.c does it.

    arrow_python.py write FOLDER [PEOPLE [BALLOTS]]   writes the buffers of the tables, for arrow_bench
    arrow_python.py run FOLDER [RUNS [THREADS]]       the run from Python, over the same bytes
"""
import pathlib
import sys
import time

import assess
import numpy
import pyarrow

ITEMS = {"virtue": 10, "ability": 10, "diligence": 10, "performance": 60, "integrity": 10}


def write_texts(folder, stem, texts):
    _, offsets, data = pyarrow.array(texts, pyarrow.string()).buffers()
    (folder / f"{stem}.offsets").write_bytes(offsets)
    (folder / f"{stem}.bytes").write_bytes(data)


def write(folder, people=1_000_000, ballots=20):
    """Ballots in an order that says nothing, in halves of a point, as floats; one of them from a leader."""
    folder.mkdir(parents=True, exist_ok=True)
    draw = numpy.random.default_rng(1)
    ids = [f"P{number:07d}" for number in range(people)]
    write_texts(folder, "people.id", ids)
    write_texts(folder, "people.name", ids)
    write_texts(folder, "people.unit", [f"U{number // 25:05d}" for number in range(people)])
    write_texts(folder, "subject.words", ids)
    write_texts(folder, "role.words", ["leader", "peer"])
    order = draw.permutation(people * ballots)
    (order // ballots).astype(numpy.int32).tofile(folder / "subject")
    (order % ballots).astype(numpy.int32).tofile(folder / "rater")
    (order % ballots > 0).astype(numpy.int8).tofile(folder / "role")
    for name, top in ITEMS.items():
        (draw.integers(top, 2 * top + 1, people * ballots) / 2).tofile(folder / name)


def texts(folder, stem):
    offsets, data = (pyarrow.py_buffer((folder / f"{stem}.{part}").read_bytes()) for part in ("offsets", "bytes"))
    return pyarrow.StringArray.from_buffers(len(offsets) // 4 - 1, offsets, data)


def read(folder):
    people = pyarrow.table({name: texts(folder, f"people.{name}") for name in ("id", "name", "unit")})
    columns = {"subject": pyarrow.DictionaryArray.from_arrays(numpy.fromfile(folder / "subject", numpy.int32),
                                                              texts(folder, "subject.words"), safe=False),
               "rater": pyarrow.array(numpy.fromfile(folder / "rater", numpy.int32)),
               "role": pyarrow.DictionaryArray.from_arrays(numpy.fromfile(folder / "role", numpy.int8), texts(folder, "role.words"))}
    columns |= {name: pyarrow.array(numpy.fromfile(folder / name, numpy.float64)) for name in ITEMS}
    return people, pyarrow.table(columns)


def once(people, ratings, threads):
    cpu, start = time.process_time(), time.perf_counter()
    result = assess.run("bureau", period=2026, people=people, ratings=ratings, threads=threads, sealable=False)
    ran = time.perf_counter()
    rows = sum(len(batch) for batch in pyarrow.RecordBatchReader.from_stream(result))
    end = time.perf_counter()
    print(f"in and run {ran - start:.5f} out {end - ran:.5f} wall {end - start:.5f} cpu {time.process_time() - cpu:.5f} rows {rows}",
          flush=True)
    result.close()


def main():
    command, folder, *numbers = sys.argv[1:]
    if command == "write":
        write(pathlib.Path(folder), *map(int, numbers))
        return
    people, ratings = read(pathlib.Path(folder))
    runs, threads = (*map(int, numbers), *(3, 0)[len(numbers):])
    for _ in range(runs):
        once(people, ratings, threads)


if __name__ == "__main__":
    main()
