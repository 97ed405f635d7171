"""What one call costs, as tests/bench/call_bench.c measures it; bindings/README.md has the figures.

python overhead.py RULES INPUT      (rules and examples/year-end)"""
import contextlib
import sys
import time

import assess

scheme = assess.Scheme("bureau", period=2026, folders=[sys.argv[1]])
result = assess.run(scheme, inputs=sys.argv[2], sealable=False, threads=1)
rows = len(result)


def measure(name, times, call):
    best = float("inf")
    for _ in range(5):
        start = time.process_time()
        for k in range(times):
            call(k)
        best = min(best, (time.process_time() - start) / times)
    print(f"{name:40} {best * 1e9:12.0f} ns")


def no_row(k):
    with contextlib.suppress(assess.CallError):
        result.row(-1)


measure("a function of Python that does nothing", 1_000_000, lambda k: None)
measure("count: a number", 1_000_000, lambda k: assess._core.result_count(result._handle))
measure("row: nine fields", 100_000, lambda k: result.row(k % rows))
measure("row that is not there: an error", 20_000, no_row)
measure("explain: a text", 2000, lambda k: result.explain("1602"))
measure("run: 180 people from 14 files", 20, lambda k: assess.run(scheme, inputs=sys.argv[2], sealable=False, threads=1).close())
