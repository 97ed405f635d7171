"""Whatever a program does wrong is an exception that it can read, never a crash."""
import contextlib
import gc
import os
import pathlib
import random
import signal
import tempfile
import threading
import unittest
import weakref

import pyarrow
from support import GOLDEN, SOURCE, YEAR_END, batch_of

import assess
from assess import _core

SMALL = SOURCE / "tests" / "conformance" / "tables" / "small"
STEPS = int(os.environ.get("ASSESS_FUZZ_STEPS", "30000"))


def small():
    return assess.run("bureau", period=2026, inputs=SMALL)


def in_child(f):
    """Whether `f` gives something true in a forked process. A child that hangs is ended by its alarm."""
    child = os.fork()
    if child == 0:
        signal.alarm(60)
        fine = False
        with contextlib.suppress(BaseException):
            fine = f()
        os._exit(0 if fine else 1)
    return os.waitpid(child, 0)[1] == 0


class Order(unittest.TestCase):
    def test_objects_go_in_any_order(self):
        for order in range(6):
            scheme = assess.Scheme("bureau", period=2026)
            found = assess.check(scheme, inputs=SMALL)
            result = assess.run(scheme, inputs=SMALL)
            kept = [scheme, found, result, result.table("results"), pyarrow.RecordBatchReader.from_stream(result)]
            random.Random(order).shuffle(kept)
            del scheme, found, result
            while kept:
                kept.pop()
                gc.collect()

    def test_an_iterator_outlives_what_it_came_from(self):
        result = small()
        rows, table = iter(result), iter(result.table("results"))
        next(rows)
        result.close()
        with self.assertRaises(assess.CallError):
            next(rows)
        self.assertEqual(2, len(list(table)), "a table is a copy")  # tests/conformance/tables/small has two people

    def test_what_is_closed_in_a_callback_stays_usable_until_the_call_is_over(self):
        result, told = assess.run("bureau", period=2026, inputs=YEAR_END), []

        def progress(done, total):
            try:
                result.close()
            except assess.CallError as error:
                told.append(error.id)
        with tempfile.TemporaryDirectory() as folder:
            result.seal(pathlib.Path(folder) / "a.db", progress=progress)
        self.assertEqual({"python.busy"}, set(told))
        result.close()

    def test_nothing_is_kept_alive_by_a_failed_call(self):
        class Progress:
            def __call__(self, done, total):
                raise KeyError("mine")
        progress = Progress()
        with self.assertRaises(KeyError):
            assess.run("bureau", period=2026, inputs=YEAR_END, progress=progress)
        seen = weakref.ref(progress)
        del progress
        gc.collect()
        self.assertIsNone(seen())

    def test_a_callback_may_run_another_assessment(self):
        inner = []
        outer = assess.run("bureau", period=2026, inputs=YEAR_END, progress=lambda done, total: inner.append(small().csv()) and False)
        self.assertEqual((GOLDEN / "year-end.results.csv").read_bytes(), outer.csv())
        self.assertEqual({small().csv()}, set(inner))


class Forks(unittest.TestCase):
    def test_a_child_goes_on_with_its_own_copies(self):
        result = assess.run("bureau", period=2026, inputs=YEAR_END)
        expected = result.csv()
        self.assertTrue(in_child(lambda: result.csv() == expected and small().csv() and result.explain("1602").text))
        self.assertEqual(expected, result.csv())

    def test_an_object_that_was_in_use_when_the_process_was_forked_is_refused(self):
        tables, inside, leave = batch_of(1000, 60), threading.Event(), threading.Event()
        batch = _core.batch_new(assess.Scheme("bureau", period=2026)._handle, [], 1, True)
        _core.batch_add_arrow(batch, "people", "people", tables["people"].__arrow_c_stream__(), None)

        def progress(done, total):
            inside.set()
            leave.wait(60)

        call = threading.Thread(target=_core.batch_add_arrow,
                                args=(batch, "ratings", "ratings", tables["ratings"].__arrow_c_stream__(), progress))
        call.start()
        self.assertTrue(inside.wait(60))

        def refused():
            try:
                _core.batch_counts(batch)
            except assess.CallError as error:
                return error.id == "python.forked"
        self.assertTrue(in_child(refused))
        self.assertTrue(in_child(small), "everything else can be used")
        leave.set()
        call.join()
        self.assertEqual(60_000, _core.batch_counts(batch)[4])


class Two(unittest.TestCase):
    def test_two_runs_are_at_work_at_once(self):
        """Each waits in its progress function until the other is in its own: one after the other they never would be."""
        both, seen = threading.Barrier(2), []

        def run():
            met = []

            def progress(done, total):
                if not met:
                    met.append(both.wait(60))
            seen.append(assess.run("bureau", period=2026, inputs=YEAR_END, progress=progress).csv())
        threads = [threading.Thread(target=run) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([(GOLDEN / "year-end.results.csv").read_bytes()] * 2, seen)


JUNK = [None, True, -1, 0, 1, 2, 99, 2**31, 2**63, -(2**63), 2**70, 0.5, float("nan"), "", "zh", "\0", "\ud800", "人员", b"",
        b"\xff", b"a\0b", [], [b"\0"], [1], ["a"], ["people"], {}, (), object(), len, iter([]), range(3), lambda *_: 1 / 0, lambda *_: True]


class Calls:
    """Calls of the mirror in any order, with what they want and with what they do not."""

    def __init__(self, seed, folder, pool):
        self.draw, self.folder, self.pool = random.Random(seed), folder, pool
        self.last = pyarrow.table({}).__arrow_c_stream__()

    def stream(self):
        """A new one, or one that somebody has taken already."""
        if self.draw.random() < 0.7:
            self.last = self.draw.choice([pyarrow.table({"id": ["a", "b"]}), pyarrow.table({"x": [[1]]})]).__arrow_c_stream__()
        return self.last

    def handle(self, kind):
        return self.draw.choice(self.pool[kind])

    def value(self, kind):
        draw = self.draw
        if draw.random() < 0.1:
            return draw.choice([*JUNK, self.handle(draw.choice(list(self.pool)))])
        makes = {"language": lambda: draw.randrange(2), "format": lambda: draw.randrange(2), "id": lambda: draw.choice(["001", "002", "x"]),
                 "table": lambda: draw.choice(["results", "items", "people", "grades", "x"]), "flag": lambda: draw.random() < 0.5,
                 "row": lambda: draw.randrange(-1, 4), "threads": lambda: draw.randrange(3), "texts": lambda: [],
                 "paths": lambda: [os.fsencode(draw.choice([SMALL, SMALL / "人员.csv", "/nowhere"]))],
                 "rules": lambda: draw.choice([b"bureau", b"five-star", b"nothing", b"a/b.lua"]),
                 "period": lambda: draw.choice(["2026", "x", None]),
                 "folders": lambda: [os.fsencode(SOURCE / "rules")], "input": lambda: draw.choice(["people", "ratings", "events", "x"]),
                 "stream": self.stream,
                 "progress": lambda: draw.choice([None, None, lambda *_: False, lambda *_: True, lambda *_: {}["gone"]]),
                 "path": lambda: os.fsencode(self.folder / draw.choice("abc")), "anchor": lambda: draw.choice([None, "1:" + "0" * 64]),
                 "number": lambda: draw.randrange(8), "order": lambda: [1, 0]}
        return makes[kind]() if kind in makes else self.handle(kind)

    def step(self):
        name, made = self.draw.choice(list(FUNCTIONS.items()))
        kinds, gives = made
        arguments = [self.value(kind) for kind in kinds.split()]
        if self.draw.random() < 0.02:
            arguments = arguments[: self.draw.randrange(len(arguments) + 1)] + [None] * self.draw.randrange(2)
        try:
            value = getattr(_core, name)(*arguments)
        except SystemError:  # the mark of a function in C that broke Python's rules
            raise
        except Exception:
            return
        if gives:
            kept = self.pool[gives]
            kept[self.draw.randrange(len(kept))] = value[0] if isinstance(value, tuple) else value


FUNCTIONS = {
    "version": ("", None), "close": ("result", None), "scheme_load": ("rules folders texts period", "scheme"),
    "scheme_test": ("rules folders language format", None), "scheme_describe": ("scheme language format", None),
    "scheme_about": ("scheme", None), "scheme_tables": ("scheme", None), "scheme_table": ("scheme table language", "table_"),
    "batch_new": ("scheme texts threads flag", "batch"), "batch_read": ("batch paths progress", None),
    "batch_add_arrow": ("batch input input stream progress", None), "batch_finish": ("batch progress", None),
    "batch_readiness": ("batch language format progress", None), "batch_problem": ("batch row", None),
    "batch_problems": ("batch language format", None), "batch_counts": ("batch", None), "batch_table": ("batch table language", "table_"),
    "result_new": ("batch threads progress", "result"), "result_count": ("result", None), "result_row": ("result row language", None),
    "result_csv": ("result language", None), "result_write_csv": ("result path language flag", None),
    "result_summary": ("result language format flag", None), "result_tables": ("result", None),
    "result_table": ("result table language", "table_"), "result_arrow": ("result language", None),
    "explain": ("result id language format number", None), "diff": ("result result language format", None), "table_about": ("table_", None),
    "table_row": ("table_ row", None), "table_arrange": ("table_ order", None), "table_arrow": ("table_", None),
    "stream_schema": ("stream", None), "store_seal": ("result path language flag threads progress", None),
    "store_verify": ("path anchor language format", None), "store_replay": ("path", "result"), "store_anchor": ("path", None),
    "office_write_results": ("result path language flag progress", None), "office_report": ("result language number number", None),
    "office_write_report": ("result path language flag number number", None),
    "office_write_template": ("scheme path language flag", None), "office_mark": ("batch path path language flag", None),
    "office_problem_list": ("batch path path language flag", None),
}


class Fuzz(unittest.TestCase):
    def test_every_function_is_called(self):
        self.assertEqual({name for name in dir(_core) if not name.startswith("_")} - {"Handle"}, set(FUNCTIONS))

    def walk(self, seed, folder, pool, steps, troubles):
        calls = Calls(seed, folder, pool)
        try:
            for step in range(steps):
                calls.step()
                if step % 500 == 0:
                    pool["scheme"][0], pool["result"][0] = assess.Scheme("bureau", period=2026)._handle, small()._handle
                    gc.collect()
        except BaseException as trouble:
            troubles.append(trouble)

    def setUp(self):
        """Names of files are among what is tried, so they are made in a folder of their own."""
        place, before = tempfile.TemporaryDirectory(), os.getcwd()
        self.addCleanup(place.cleanup)
        self.addCleanup(os.chdir, before)
        self.folder = pathlib.Path(place.name)
        os.chdir(self.folder)

    def pool(self):
        scheme, result = assess.Scheme("bureau", period=2026), small()
        batch = _core.batch_new(scheme._handle, [], 0, True)
        return {"scheme": [scheme._handle] * 3, "batch": [batch] * 3, "result": [result._handle] * 3,
                "table_": [result.table("results")._handle] * 3}

    def test_any_calls_in_any_order_are_values_or_exceptions(self):
        troubles = []
        self.walk(20261126, self.folder, self.pool(), STEPS, troubles)
        self.assertEqual([], troubles)
        self.assertEqual((GOLDEN / "year-end.results.csv").read_bytes(), assess.run("bureau", period=2026, inputs=YEAR_END).csv())

    def test_and_so_they_are_from_three_threads_on_the_same_objects(self):
        troubles, pool = [], self.pool()
        threads = [threading.Thread(target=self.walk, args=(seed, self.folder, pool, STEPS // 3, troubles)) for seed in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([], troubles)


if __name__ == "__main__":
    unittest.main()
