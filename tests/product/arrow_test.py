"""Arrow streams, judged by pyarrow, pandas and polars: their tables in give the results of the files, results out are valid Arrow.

The judges live in a virtual environment beside the build, made from arrow_requirements.txt when it is not there yet. Where it
cannot be made (no network), the test says so and is passed over."""
import csv
import datetime
import decimal
import io
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

from support import PROGRAM, RULES, SOURCE

JUDGES = pathlib.Path(os.environ["ASSESS_BUILD"]) / "arrow-judges"
NEEDED = pathlib.Path(__file__).with_name("arrow_requirements.txt")


def judges():
    """The interpreter that has them; None and a reason when there is none."""
    python, made_for = JUDGES / "bin" / "python", JUDGES / "made-for.txt"
    if made_for.exists() and made_for.read_text() == NEEDED.read_text():
        return python, ""
    for command in ([sys.executable, "-m", "venv", "--clear", JUDGES], [python, "-m", "pip", "install", "-q", "--retries", "1", "-r", NEEDED]):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            return None, (done.stderr or done.stdout).strip().splitlines()[-1:]
    made_for.write_text(NEEDED.read_text())
    return python, ""


if __name__ == "__main__" and os.environ.get("ARROW_JUDGES") != "1":
    interpreter, reason = judges()
    if interpreter is None:
        print(f"passed over: pandas, polars and pyarrow cannot be installed: {reason}")
        sys.exit(77)
    sys.exit(subprocess.run([interpreter, __file__, *sys.argv[1:]], env=dict(os.environ, ARROW_JUDGES="1"), check=False).returncode)

import pandas  # noqa: E402
import polars  # noqa: E402
import pyarrow  # noqa: E402

from arrow_bridge import EN, ZH, Batch, Failed  # noqa: E402

EXAMPLES = SOURCE / "examples"
TABLES = {"人员": "people", "people": "people", "评分": "ratings", "ratings": "ratings", "事项": "events", "指标": "measures", "历年": "history",
          "决定": "decisions"}


def rows_of(path):
    """Header and rows of a table, as wide as the header."""
    raw = path.read_bytes()
    try:
        content = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = raw.decode("gb18030")
    header, *rows = csv.reader(io.StringIO(content))
    return header, [(row + [""] * len(header))[:len(header)] for row in rows if any(row)]


def table_of(path):
    return TABLES[re.split(r"[-.]", path.name)[0]]


def texts(path):
    header, rows = rows_of(path)
    return pyarrow.table({name: [row[i] for row in rows] for i, name in enumerate(header)})


def as_number(cell):
    if not re.fullmatch(r"-?(0|[1-9]\d*)(\.\d+)?", cell):
        raise ValueError
    return decimal.Decimal(cell)


def typed_column(cells, number):
    """Numbers or days where all cells are, with nulls for blanks; else texts."""
    for convert in (number, datetime.date.fromisoformat):
        try:
            column = [convert(cell) if cell else None for cell in cells]
            return column if any(value is not None for value in column) else cells
        except ValueError:
            continue
    return cells


def typed(path, number=lambda cell: float(as_number(cell))):
    header, rows = rows_of(path)
    return {name: typed_column([row[i] for row in rows], number) for i, name in enumerate(header)}


class Example:
    def __init__(self, rules, period, *folders, settings=()):
        self.folders, self.rules, self.period, self.settings = [EXAMPLES / folder for folder in folders], rules, period, settings

    def __str__(self):
        return self.folders[-1].name

    def batch(self, **options):
        return Batch(RULES / f"{self.rules}.lua", self.period, self.settings, **options)

    def from_files(self):
        return self.batch().read(*self.folders).result()

    def from_streams(self, convert, **options):
        batch = self.batch(**options)
        files = [path for folder in self.folders for path in sorted(folder.glob("*.csv"))]
        for path in sorted(files, key=lambda path: table_of(path) != "people"):
            batch.add(table_of(path), convert(path), path.name)
        return batch.result()


CONVERSIONS = {
    "pyarrow, texts": texts,
    "pyarrow, large texts": lambda path: texts(path).cast(pyarrow.schema([(n, pyarrow.large_string()) for n in texts(path).column_names])),
    "pyarrow, views": lambda path: texts(path).cast(pyarrow.schema([(n, pyarrow.string_view()) for n in texts(path).column_names])),
    "pyarrow, doubles and days": lambda path: pyarrow.table(typed(path)),
    "pyarrow, decimals": lambda path: pyarrow.table(typed(path, as_number)),
    "pyarrow, dictionaries": lambda path: pyarrow.table({n: pyarrow.array(c).dictionary_encode() for n, c in typed(path).items()}),
    "pandas, texts": lambda path: texts(path).to_pandas(),
    "pandas, doubles and dates": lambda path: pandas.DataFrame({n: pandas.Series(c).infer_objects() for n, c in typed(path).items()}),
    "pandas, categories": lambda path: texts(path).to_pandas().astype("category"),
    "pandas, moments": lambda path: pandas.DataFrame({n: pandas.to_datetime(c) if any(isinstance(v, datetime.date) for v in c) else c
                                                      for n, c in typed(path).items()}),
    "polars, texts": lambda path: polars.from_arrow(texts(path)),
    "polars, doubles and days": lambda path: polars.DataFrame(typed(path)),
    "polars, decimals": lambda path: polars.DataFrame(typed(path, as_number)),
    "polars, categories": lambda path: polars.from_arrow(texts(path)).cast(polars.Categorical),
    "polars, enums": lambda path: polars.DataFrame({n: polars.Series(c, dtype=polars.Enum(sorted(set(c)))) for n, c in texts(path).to_pydict().items()}),
}
YEAR_END = Example("bureau", "2026", "year-end")
ALL = (YEAR_END, Example("bureau", "2026", "year-end", "decisions"), Example("democratic-review", "2026", "democratic-review"),
       Example("time-limits", "2026-02", "time-limits"), Example("service-metrics", "2026-02", "service-metrics"),
       Example("disclosure-cycle", "2026", "disclosure-cycle", settings=["seed=2027"]))


class TablesIn(unittest.TestCase):
    def test_every_kind_of_table_gives_the_results_of_the_files(self):
        for example in ALL:
            expected = example.from_files().csv()
            self.assertGreater(expected.count(b"\n"), 2)
            for name, convert in CONVERSIONS.items():
                with self.subTest(str(example), kind=name):
                    self.assertEqual(expected, example.from_streams(convert).csv())

    def test_the_golden_results_come_from_polars(self):
        for language, name in ((ZH, "year-end.results.csv"), (EN, "year-end.results.en.csv")):
            golden = (SOURCE / "tests/golden" / name).read_bytes()
            self.assertEqual(golden, YEAR_END.from_streams(CONVERSIONS["polars, decimals"]).csv(language))

    def test_chunks_slices_and_threads_change_nothing(self):
        def sliced(path):
            table = texts(path)
            padded = pyarrow.concat_tables([table.slice(0, 3), table, table.slice(0, 2)]).combine_chunks()
            return pyarrow.Table.from_batches(padded.slice(3, table.num_rows).to_batches(max_chunksize=7))
        expected = YEAR_END.from_files().csv()
        for threads in (1, 2, 5):
            self.assertEqual(expected, YEAR_END.from_streams(sliced, threads=threads).csv())

    def test_rows_that_were_chosen_from_a_data_frame_bring_no_column_of_their_index(self):
        def chosen(path):
            frame = texts(path).to_pandas()
            return pandas.concat([frame, frame])[lambda both: [True] * len(frame) + [False] * len(frame)]
        self.assertEqual("__index_level_0__", pyarrow.table(chosen(EXAMPLES / "year-end" / "人员.csv")).column_names[-1])
        self.assertEqual(YEAR_END.from_files().csv(), YEAR_END.from_streams(chosen).csv())

    def test_problems_are_those_of_the_file(self):
        people = "id,name\n1,a\n2,b\n"
        ratings = ("subject,rater,role,virtue,ability,diligence,performance,integrity,mood\n"
                   "1,r,peer,11,9,9,50,9,x\n,r,peer,9,9,9,50,9,\n7,r,chief,9,9,9,,9,\n2,r,leader,9,9.1234567891,9,50,九,\n\n2,r,leader,9,9,9,50,9,\n")
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / name for name in ("people.csv", "ratings.csv")]
            for path, content in zip(paths, (people, ratings)):
                path.write_text(content, encoding="utf-8")
            of_files = Batch(RULES / "bureau.lua", "2026").read(*paths)
            of_streams = Batch(RULES / "bureau.lua", "2026")
            header, *rows = csv.reader(io.StringIO(ratings))
            rows = [row or [None] * len(header) for row in rows]
            of_streams.add("people", texts(paths[0]), str(paths[0]))
            of_streams.add("ratings", pyarrow.table({n: [row[i] for row in rows] for i, n in enumerate(header)}), str(paths[1]))
            self.assertEqual(list(of_files.problems()), list(of_streams.problems()))
            self.assertGreater(len(list(of_files.problems())), 5)

    def test_a_double_that_nobody_writes_is_named(self):
        batch = Batch(RULES / "bureau.lua", "2026").add("people", pyarrow.table({"id": ["1"], "name": ["a"]}))
        batch.add("ratings", polars.DataFrame({"subject": ["1"], "rater": ["r"], "role": ["peer"], "virtue": [26 / 3], "ability": [9.1],
                                               "diligence": [9.0], "performance": [50.0], "integrity": [9]}), "survey")
        self.assertEqual([("input.arrow_no_decimal", "survey", 2, 4, "virtue", "8.666666666…")], list(batch.problems()))

    def test_types_that_no_table_holds_are_named(self):
        batch = Batch(RULES / "bureau.lua", "2026")
        batch.add("people", pyarrow.table({"id": ["1"], "tags": [["a"]], "photo": [b"x"],
                                           "start": pyarrow.array([0], pyarrow.timestamp("us", "Asia/Shanghai"))}))
        self.assertEqual([("input.arrow_type", "people", 1, 2, "tags", "+l"), ("input.arrow_type", "people", 1, 3, "photo", "z"),
                          ("input.arrow_zone", "people", 1, 4, "start", "tsu:Asia/Shanghai")], list(batch.problems()))

    def test_a_generator_that_raises_ends_the_reading_with_its_words(self):
        schema = pyarrow.schema([("id", pyarrow.string())])

        def batches():
            yield pyarrow.record_batch([["1", "2"]], schema=schema)
            raise RuntimeError("the lines are down")
        with self.assertRaises(Failed) as failed:
            Batch(RULES / "bureau.lua", "2026").add("people", pyarrow.RecordBatchReader.from_batches(schema, batches()))
        self.assertEqual("system.read_arrow", failed.exception.id)
        self.assertIn("the lines are down", str(failed.exception))

    def test_what_was_read_from_streams_can_be_sealed_and_verified(self):
        with tempfile.TemporaryDirectory() as folder:
            sealed = pathlib.Path(folder) / "sealed.db"
            YEAR_END.from_streams(CONVERSIONS["polars, texts"], hashed=True).seal(sealed)
            done = subprocess.run([PROGRAM, "verify", sealed], capture_output=True, check=False, env=dict(os.environ, LC_ALL="C.UTF-8"))
            self.assertEqual(0, done.returncode, done.stderr.decode() + done.stdout.decode())


class ResultsOut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.results = {example: example.from_files() for example in ALL}

    def test_results_are_valid_and_say_what_results_csv_says(self):
        for example, result in self.results.items():
            with self.subTest(str(example)):
                table = result.arrow().read_all()
                table.validate(full=True)
                rows = list(csv.DictReader(io.StringIO(result.csv().decode("utf-8-sig"))))
                self.assertEqual(len(rows), table.num_rows)
                for row, given in zip(rows, table.to_pylist()):
                    shown = {n: "" if v is None else str(v) for n, v in given.items()}
                    self.assertEqual(row, shown)

    def test_the_types_are_those_of_the_header(self):
        word = pyarrow.dictionary(pyarrow.int8(), pyarrow.string())
        expected = [("id", pyarrow.string(), False), ("name", pyarrow.string(), False), ("unit", pyarrow.string(), False),
                    ("status", word, False), ("score", pyarrow.decimal128(18, 2), True), ("grade", word, True), ("rank", pyarrow.int32(), True),
                    ("flags", pyarrow.string(), False), ("reasons", pyarrow.string(), False)]
        schema = self.results[YEAR_END].arrow().schema
        self.assertEqual(expected, [(f.name, f.type, f.nullable) for f in schema])
        self.assertEqual(b"bureau", schema.metadata[b"assess.scheme"])

    def test_pandas_and_polars_take_it(self):
        result = self.results[YEAR_END]
        golden = list(csv.DictReader(io.StringIO((SOURCE / "tests/golden/year-end.results.en.csv").read_text(encoding="utf-8-sig"))))
        scores = [row["score"] for row in golden]
        frame = polars.from_arrow(result.arrow().read_all())
        self.assertEqual(scores, ["" if v is None else str(v) for v in frame["score"]])
        data = result.arrow().read_pandas()
        self.assertEqual([row["grade"] for row in golden], ["" if pandas.isna(v) else v for v in data["grade"]])

    def test_every_table_is_valid_and_keeps_its_cells(self):
        for example, result in self.results.items():
            for name in result.tables():
                with self.subTest(str(example), table=name):
                    table = result.table(name).read_all()
                    table.validate(full=True)
                    self.assertEqual(name, table.schema.metadata[b"assess.table"].decode())
        table = self.results[YEAR_END].table("grades").read_all()
        self.assertEqual([23, 137, 8, 3], [int(v) for v in table.column("people").to_pylist()])  # as examples/year-end/README.md has it


if __name__ == "__main__":
    unittest.main()
