"""Long calls: progress, signals, threads, memory."""
import contextlib
import os
import signal
import threading
import time
import unittest

import pyarrow
from support import YEAR_END, batch_of, year_end

import assess


def endless():
    """People, and more ballots than anybody waits for: one batch of the same ballots many times over."""
    tables = batch_of(1000, 60)
    batch = tables["ratings"].combine_chunks().to_batches()[0]
    tables["ratings"] = pyarrow.Table.from_batches([batch] * 4000)
    return tables


class Stopped(Exception):
    pass


class Progress(unittest.TestCase):
    def test_it_is_told_and_cancels(self):
        told = []
        with self.assertRaises(assess.Cancelled) as caught:
            assess.run("bureau", period=2026, progress=lambda done, total: told.append((done, total)) or len(told) == 2, **endless())
        self.assertEqual(2, len(told))
        self.assertLess(told[0][0], told[1][0])
        self.assertEqual("call.cancelled", caught.exception.id)

    def test_what_it_raises_is_passed_on(self):
        def progress(done, total):
            raise Stopped
        with self.assertRaises(Stopped):
            assess.run("bureau", period=2026, progress=progress, **endless())

    def test_what_it_raises_survives_the_end_of_a_table_made_by_python(self):
        tables = endless()
        batches = tables["ratings"].to_batches()

        def made():
            yield from batches

        def progress(done, total):
            raise Stopped
        tables["ratings"] = pyarrow.RecordBatchReader.from_batches(tables["ratings"].schema, made())
        with self.assertRaises(Stopped):
            assess.run("bureau", period=2026, progress=progress, **tables)

    def test_it_must_not_use_the_objects_of_its_call(self):
        scheme = assess.Scheme("bureau", period=2026)
        batch = assess._core.batch_new(scheme._handle, [], 0, True)
        tables = endless()
        assess._core.batch_add_arrow(batch, "people", "people", tables["people"].__arrow_c_stream__(), None)
        with self.assertRaises(assess.CallError) as caught:
            assess._core.batch_add_arrow(batch, "ratings", "ratings", tables["ratings"].__arrow_c_stream__(),
                                         lambda done, total: assess._core.batch_counts(batch))
        self.assertEqual("python.busy", caught.exception.id)


class Signals(unittest.TestCase):
    def test_a_signal_ends_a_long_call(self):
        def stop(number, frame):
            raise Stopped
        before = signal.signal(signal.SIGALRM, stop)
        self.addCleanup(signal.signal, signal.SIGALRM, before)
        tables = endless()
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with self.assertRaises(Stopped):
            assess.run("bureau", period=2026, **tables)

    def test_ctrl_c_is_a_keyboard_interrupt(self):
        # A shell without job control starts what it puts into the background with SIGINT ignored, and Python leaves it so.
        before = signal.signal(signal.SIGINT, signal.default_int_handler)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        threading.Timer(0.05, os.kill, (os.getpid(), signal.SIGINT)).start()
        with self.assertRaises(KeyboardInterrupt):
            assess.run("bureau", period=2026, **endless())


class Threads(unittest.TestCase):
    def test_other_threads_run_during_a_call(self):
        ticks, over = [0], threading.Event()

        def tick():  # needs Python's lock for every tick
            while not over.is_set():
                time.sleep(0.0005)
                ticks[0] += 1

        clock = threading.Thread(target=tick)
        tables = batch_of(50_000, 20)
        scheme = assess.Scheme("bureau", period=2026)
        batch = assess._core.batch_new(scheme._handle, [], 1, True)
        assess._core.batch_add_arrow(batch, "people", "people", tables["people"].__arrow_c_stream__(), None)
        stream = tables["ratings"].__arrow_c_stream__()
        clock.start()
        before = ticks[0]
        assess._core.batch_add_arrow(batch, "ratings", "ratings", stream, None)
        after = ticks[0]
        over.set()
        clock.join()
        # A million ballots take at least a tenth of a second. With the lock held, at most one tick comes in between.
        self.assertGreater(after - before, 5)

    def test_one_result_may_be_used_by_several_threads(self):
        result = assess.run("bureau", period=2026, inputs=YEAR_END)
        expected, failures = result.csv(), []

        def use():
            for _ in range(20):
                if result.csv() != expected or result["1602"].rank != 1 or len(pyarrow.table(result)) != 180:
                    failures.append("another result")
                result.explain("1403")
        threads = [threading.Thread(target=use) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], failures)

    def test_two_results_compared_from_both_sides_at_once(self):
        a, b = (assess.run("bureau", period=2026, inputs=YEAR_END) for _ in range(2))
        threads = [threading.Thread(target=lambda pair=pair: [assess.diff(*pair) for _ in range(50)]) for pair in ((a, b), (b, a))]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(60)
            self.assertFalse(thread.is_alive(), "each waits for the other")


def resident():
    with open("/proc/self/statm", encoding="ascii") as numbers:
        return int(numbers.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def everything_once(tables):
    result = assess.run("bureau", period=2026, **tables)
    pyarrow.table(result)
    pyarrow.table(result.table("ranking"))
    pyarrow.schema(result)
    result.__arrow_c_stream__()
    result.explain("1403")
    result.summary()
    result.csv()
    assess.diff(result, result)
    assess.check("bureau", period=2026, people=tables["people"], ratings=tables["events"])
    with contextlib.suppress(assess.InputError):
        assess.run("bureau", period=2026, people=tables["people"], ratings=tables["people"])
    with contextlib.suppress(assess.CallError):
        assess.Scheme("no-such-rules")


class Memory(unittest.TestCase):
    def test_repeated_runs_do_not_grow(self):
        tables = year_end()
        for _ in range(40):
            everything_once(tables)
        before = resident()
        for _ in range(120):
            everything_once(tables)
        grown = resident() - before
        # A leak of one result a run, about 100 KB, would be 12 MB.
        self.assertLess(grown, 4 << 20)


class Figures(unittest.TestCase):
    """Printed for people to read; no time decides anything."""

    def test_a_million_ballots(self):
        tables = batch_of(50_000, 20)
        for sealable in (True, False):
            start = time.perf_counter()
            result = assess.run("bureau", period=2026, sealable=sealable, **tables)
            took = time.perf_counter() - start
            self.assertEqual(50_000, len(result))
            print(f"\n1 000 000 ballots from Arrow, sealable={sealable}: {took:.3f} s")

    def test_the_price_of_a_call(self):
        result = assess.run("bureau", period=2026, inputs=YEAR_END)
        result["1602"]
        for name, call in {"version()": assess._core.version, "result.row(0)": lambda: result.row(0),
                           'result["1602"]': lambda: result["1602"]}.items():
            start = time.perf_counter()
            for _ in range(20_000):
                call()
            print(f"\n{name}: {(time.perf_counter() - start) / 20_000 * 1e6:.2f} µs")


if __name__ == "__main__":
    unittest.main()
