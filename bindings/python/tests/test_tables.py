"""Tables of other programs in, results out."""
import datetime
import decimal
import re
import unittest

import duckdb
import pandas
import polars
import pyarrow
from pyarrow import compute
from support import GOLDEN, SOURCE, YEAR_END, text_table, year_end

import assess

# Worked out by the command line, which reads the files; tests/golden says how it was judged.
EXPECTED = (GOLDEN / "year-end.results.csv").read_bytes()


def converted(convert):
    tables = year_end()
    return {"people": convert(tables["people"]), "events": convert(tables["events"]),
            "ratings": {name: convert(table) for name, table in tables["ratings"].items()}}


def result_of(convert):
    return assess.run("bureau", period=2026, **converted(convert)).csv()


def with_numbers(table):
    """Columns of decimals as floats and of whole numbers as such, where every cell is one."""
    for place, name in enumerate(table.column_names):
        for kind in (pyarrow.int64(), pyarrow.float64()):
            try:
                table = table.set_column(place, name, table[name].cast(kind))
                break
            except pyarrow.ArrowInvalid:
                continue
    return table


def with_categories(table):
    return pyarrow.table({name: table[name].dictionary_encode() for name in table.column_names})


DAYS = ("到岗日期", "开始", "结束")


def day_of(text):
    """The examples write days in several ways: 2026-03-02, 2026/3/2, 2026年3月2日."""
    return datetime.date(*map(int, re.findall(r"\d+", text))) if text else None


def with_types(day=None, number=None, text=None):
    """Columns of days, of numbers and of texts in these types, blank cells as nulls."""
    def column(name, cells):
        if day and name in DAYS:
            return pyarrow.array(map(day_of, cells.to_pylist()), pyarrow.date32()).cast(day)
        cells = compute.if_else(compute.equal(cells, ""), pyarrow.scalar(None, pyarrow.string()), cells)
        try:
            return cells.cast(number or text or cells.type)
        except pyarrow.ArrowInvalid:  # no numbers
            return cells.cast(text or cells.type)
    return lambda table: pyarrow.table({name: column(name, table[name]) for name in table.column_names})


def cast_all(convert):
    return lambda table: pyarrow.table({name: convert(table[name]) for name in table.column_names})


def with_empty_batches(table):
    nothing = pyarrow.RecordBatch.from_pylist([], schema=table.schema)
    return pyarrow.Table.from_batches([nothing, *table.to_batches(max_chunksize=3), nothing])


class In(unittest.TestCase):
    def test_files_give_the_bytes_of_the_command_line(self):
        self.assertEqual(EXPECTED, assess.run("bureau", period=2026, inputs=YEAR_END).csv())

    def test_every_kind_of_table_gives_the_same_bytes(self):
        kinds = {
            "pyarrow": lambda t: t,
            "numbers": with_numbers,
            "categories": with_categories,
            "large texts": lambda t: t.cast(pyarrow.schema([(name, pyarrow.large_string()) for name in t.column_names])),
            "batches": lambda t: pyarrow.Table.from_batches(t.to_batches(max_chunksize=7)),
            "a slice": lambda t: pyarrow.concat_tables([t.slice(0, 3), t]).slice(3),
            "a reader": lambda t: t.to_reader(),
            "pandas": lambda t: t.to_pandas(),
            "pandas of numbers": lambda t: with_numbers(t).to_pandas(),
            "pandas of categories": lambda t: t.to_pandas().astype("category"),
            "polars": polars.from_arrow,
            "polars of categories": lambda t: polars.from_arrow(t).with_columns(polars.all().cast(polars.Categorical)),
            "polars of numbers": lambda t: polars.from_arrow(with_numbers(t)),
            "duckdb": lambda t: duckdb.from_arrow(t),
            "duckdb query": lambda t: duckdb.from_arrow(t).project("*"),
        }
        for kind, convert in kinds.items():
            with self.subTest(kind=kind):
                self.assertEqual(EXPECTED, result_of(convert))

    def test_every_type_of_column_gives_the_same_bytes(self):
        kinds = {
            "views of text": with_types(text=pyarrow.string_view()),
            "dictionaries of large texts by 16 bits": cast_all(
                lambda c: c.dictionary_encode().cast(pyarrow.dictionary(pyarrow.uint16(), pyarrow.large_string()))),
            "dictionaries with nulls": lambda t: with_categories(with_types()(t)),
            "empty batches in between": with_empty_batches,
            **{f"numbers as {kind}": with_types(number=kind) for kind in (
                pyarrow.int16(), pyarrow.uint64(), pyarrow.float32(), pyarrow.decimal32(9, 2), pyarrow.decimal64(18, 4),
                pyarrow.decimal128(20, 4), pyarrow.decimal256(50, 4))},
            **{f"days as {kind}": with_types(day=kind) for kind in (
                pyarrow.date32(), pyarrow.date64(), pyarrow.timestamp("s"), pyarrow.timestamp("ms"), pyarrow.timestamp("us"),
                pyarrow.timestamp("ns"), pyarrow.timestamp("us", "UTC"), pyarrow.timestamp("us", "+00:00"))},
            "pandas with types that know nulls": lambda t: with_types(number=pyarrow.int64())(t).to_pandas().convert_dtypes(),
            "pandas on Arrow": lambda t: with_types(number=pyarrow.float64())(t).to_pandas(types_mapper=pandas.ArrowDtype),
            "pandas of objects": lambda t: t.to_pandas().astype(object),
            "pandas of Decimal": lambda t: with_types(number=pyarrow.decimal128(20, 4))(t).to_pandas(),
            "pandas of times": lambda t: with_types(day=pyarrow.timestamp("ns"))(t).to_pandas(),
            "polars of days": lambda t: polars.from_arrow(with_types(day=pyarrow.date32())(t)),
            "polars of times": lambda t: polars.from_arrow(with_types(day=pyarrow.timestamp("us"))(t)),
            "polars of decimals": lambda t: polars.from_arrow(with_types(number=pyarrow.decimal128(20, 4))(t)),
            "polars in pieces": lambda t: polars.concat([polars.from_arrow(t.slice(0, 2)), polars.from_arrow(t.slice(2))], rechunk=False),
            "polars of enumerations": lambda t: polars.from_arrow(t).select(
                polars.col(name).cast(polars.Enum(sorted(set(t[name].to_pylist())))) for name in t.column_names),
            "duckdb of decimals": lambda t: duckdb.from_arrow(with_types(number=pyarrow.decimal128(18, 2))(t)),
            "duckdb of days": lambda t: duckdb.from_arrow(with_types(day=pyarrow.date32())(t)),
            "duckdb of enumerations": lambda t: duckdb.from_arrow(with_categories(t)),
        }
        for kind, convert in kinds.items():
            with self.subTest(kind=kind):
                self.assertEqual(EXPECTED, result_of(convert))

    def test_types_that_no_cell_has_are_named(self):
        ids = pyarrow.array(["1"])
        for kind, column in {"z": ids.cast(pyarrow.binary()), "+r": compute.run_end_encode(ids), "+l": pyarrow.array([["a"]]),
                             "e": pyarrow.array([1.5], pyarrow.float16())}.items():
            with self.subTest(kind=kind):
                found = assess.check("bureau", period=2026, people=pyarrow.table({"id": ids, "name": column}))
                self.assertIn(f"'{kind}'", next(problem.en for problem in found.errors if problem.header == "name"))

    def test_a_table_without_rows_is_a_problem_that_says_to_leave_it_out(self):
        tables = year_end()
        events = tables["events"]
        for nothing in (events.slice(0, 0), polars.from_arrow(events).clear(), events.to_pandas().iloc[:0],
                        pyarrow.table({name: pyarrow.nulls(2) for name in events.column_names})):
            found = assess.check("bureau", period=2026, **{**tables, "events": nothing})
            self.assertEqual(["input.only_header"], [problem.id for problem in found.errors])

    def test_rows_of_plain_python_and_lazy_frames_say_what_to_do(self):
        for given, way_out in (([{"id": "1"}], "make a table of it"), (polars.LazyFrame({"id": ["1"]}), "collect.. it first")):
            with self.assertRaisesRegex(TypeError, f"people: expected a table.*{way_out}"):
                assess.run("bureau", period=2026, people=given)

    def test_some_tables_may_come_from_files(self):
        files = [*YEAR_END.glob("评分-*.csv"), YEAR_END / "事项.csv"]
        people = polars.from_arrow(text_table(YEAR_END / "人员.csv"))
        self.assertEqual(EXPECTED, assess.run("bureau", period=2026, people=people, inputs=files).csv())

    def test_decisions_and_raters_from_frames(self):
        decisions = SOURCE / "examples" / "decisions" / "决定.csv"
        expected = assess.run("bureau", period=2026, inputs=[YEAR_END, decisions])
        self.assertNotEqual(EXPECTED, expected.csv())
        frame = polars.from_arrow(text_table(decisions))
        self.assertEqual(expected.csv(), assess.run("bureau", period=2026, inputs=YEAR_END, decisions=frame).csv())
        raters = polars.DataFrame({"rater": ["A"], "role": ["peer"], "subject": ["1101"]})
        asked = assess.check("bureau", period=2026, inputs=YEAR_END, raters=raters).table("asked", "en")
        self.assertEqual([("A", "1101")], [(row[asked.column("rater")], row[asked.column("subject")]) for row in asked])

    def test_several_tables_of_a_kind_in_a_list(self):
        tables = year_end()
        tables["ratings"] = list(tables["ratings"].values())
        self.assertEqual(EXPECTED, assess.run("bureau", period=2026, **tables).csv())

    def test_the_rows_left_by_a_filter_in_pandas(self):
        tables = converted(lambda t: t.to_pandas())
        people = tables["people"]
        extra = people.iloc[[0]].assign(编号="0000")
        tables["people"] = pandas.concat([extra, people]).query("编号 != '0000'")  # its index is no longer 0, 1, 2 …
        tables["ratings"] = {name: table[::-1] for name, table in tables["ratings"].items()}
        tables["events"] = tables["events"].sort_values("开始")
        tables["people"] = tables["people"].set_index("编号")  # an index with a name is a column
        self.assertEqual(EXPECTED, assess.run("bureau", period=2026, **tables).csv())

    def test_a_table_of_python_objects_is_refused_with_its_name(self):
        with self.assertRaisesRegex(TypeError, "people: expected a table with __arrow_c_stream__.*found dict_values"):
            assess.run("bureau", period=2026, people={"a": 1}.values())

    def test_a_problem_names_table_row_and_column(self):
        tables = converted(lambda t: t)
        name, table = next(iter(tables["ratings"].items()))
        damaged = table.to_pandas()
        damaged.loc[4, "德"] = "1000"
        tables["ratings"]["调查"] = damaged
        del tables["ratings"][name]
        with self.assertRaises(assess.InputError) as caught:
            assess.run("bureau", period=2026, **tables)
        problem = next(p for p in caught.exception.problems if p.is_error)
        # Row 4 from 0 is row 6 of a sheet with a header.
        self.assertEqual(("调查", 6, "德", "1000"), (problem.file, problem.row, problem.header, problem.value))
        self.assertIn("调查 row 6 column D (德)", str(problem))
        self.assertIn("调查 row 6 column D (德)", str(caught.exception))

    def test_a_type_that_cannot_be_read_is_a_problem(self):
        people = pyarrow.table({"id": ["1"], "name": pyarrow.array([["a", "b"]])})
        found = assess.check("bureau", period=2026, people=people)
        self.assertEqual(["name"], [p.header for p in found.errors if p.header])

    def test_a_stream_that_breaks_off_says_why(self):
        def batches():
            yield pyarrow.record_batch({"id": ["1"]})
            raise RuntimeError("the cable was pulled")
        reader = pyarrow.RecordBatchReader.from_batches(pyarrow.schema([("id", pyarrow.string())]), batches())
        with self.assertRaisesRegex(assess.SystemFailure, "the cable was pulled"):
            assess.run("bureau", period=2026, people=reader)

    def test_a_capsule_of_another_kind_is_refused(self):
        class Wrong:
            def __arrow_c_stream__(self, requested_schema=None):
                return pyarrow.schema([]).__arrow_c_schema__()
        with self.assertRaises(ValueError):
            assess.run("bureau", period=2026, people=Wrong())

    def test_what_a_table_raises_is_passed_on(self):
        class Broken:
            def __arrow_c_stream__(self, requested_schema=None):
                raise LookupError("gone")
        with self.assertRaises(LookupError):
            assess.run("bureau", period=2026, people=Broken())

    def test_a_capsule_that_nobody_takes_is_released(self):
        class Twice:
            def __arrow_c_stream__(self, requested_schema=None):
                self.capsule = pyarrow.table({"id": ["1"]}).__arrow_c_stream__()
                return self.capsule
        table = Twice()
        assess.check("bureau", period=2026, people=table)
        with self.assertRaisesRegex(assess.CallError, "stream"):  # it was taken over: released is what the next one finds
            assess._core.batch_add_arrow(
                assess._core.batch_new(assess.Scheme("bureau", period=2026)._handle, [], 0, False), "people", "p", table.capsule, None)


class Out(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.result = assess.run("bureau", period=2026, inputs=YEAR_END)
        cls.rows = cls.result.rows

    def test_a_table_of_pyarrow_holds_the_rows(self):
        table = pyarrow.table(self.result)
        table.validate(full=True)
        self.assertEqual([row.id for row in self.rows], table["id"].to_pylist())
        self.assertEqual([row.score for row in self.rows], table["score"].to_pylist())
        self.assertEqual([row.grade for row in self.rows], table["grade"].to_pylist())
        self.assertEqual([row.rank for row in self.rows], table["rank"].to_pylist())
        self.assertEqual([";".join(row.flags) for row in self.rows], table["flags"].to_pylist())

    def test_every_frame_holds_the_scores_exactly(self):
        scores = [row.score for row in self.rows if row.score is not None]
        result = self.result  # DuckDB finds it by this name
        self.assertEqual(scores, polars.DataFrame(self.result)["score"].drop_nulls().to_list())
        self.assertEqual(scores, [score for (score,) in duckdb.sql("select score from result where score is not null").fetchall()])
        frame = pandas.DataFrame.from_arrow(result)
        self.assertEqual(sum(scores), sum(decimal.Decimal(str(score)) for score in frame["score"].dropna()))

    def test_the_schema_alone(self):
        schema = pyarrow.schema(self.result)
        self.assertEqual(pyarrow.table(self.result).schema, schema)
        self.assertEqual("decimal128(18, 2)", str(schema.field("score").type))
        self.assertEqual(b"bureau", schema.metadata[b"assess.scheme"])

    def test_reasons_are_in_the_language_of_the_result(self):
        english = assess.run("bureau", period=2026, inputs=YEAR_END)
        english.lang = "en"
        self.assertEqual(english.row(0, "en"), english.row(0))
        place = next(i for i, row in enumerate(self.rows) if row.reasons)
        reasons = pyarrow.table(english)["reasons"][place].as_py()
        self.assertEqual(self.result.row(place, "en").reasons, reasons)
        self.assertNotEqual(self.rows[place].reasons, reasons)

    def test_a_stream_outlives_its_result(self):
        result = assess.run("bureau", period=2026, inputs=YEAR_END)
        reader = pyarrow.RecordBatchReader.from_stream(result)
        result.close()
        self.assertEqual(180, reader.read_all().num_rows)  # 180 people: examples/year-end/README.md

    def test_a_stream_that_nobody_reads_does_no_harm(self):
        for _ in range(3):
            self.result.__arrow_c_stream__()
            self.result.__arrow_c_schema__()

    def test_a_table_of_the_result_is_a_stream_too(self):
        table = self.result.table("ranking", "en")
        frame = polars.DataFrame(table)
        self.assertEqual(len(table), len(frame))
        self.assertEqual(["1602", "2102", "2015"], frame["id"].head(3).to_list())  # the best three, as the oracle has them
        self.assertEqual(pyarrow.table(table).schema, pyarrow.schema(table))


if __name__ == "__main__":
    unittest.main()
