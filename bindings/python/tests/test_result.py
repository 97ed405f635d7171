"""Rows, texts, tables, seals."""
import decimal
import os
import pathlib
import pickle
import tempfile
import unittest

import pyarrow
from support import GOLDEN, SOURCE, YEAR_END, year_end

import assess


class Rows(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.result = assess.run("bureau", period="2026", inputs=YEAR_END)

    def test_scores_are_decimals_with_their_places(self):
        row = self.result["1602"]  # 94.85, the best of the example, as the oracle has it
        self.assertIs(decimal.Decimal, type(row.score))
        self.assertEqual("94.85", str(row.score))
        self.assertEqual(("assessed", "excellent", 1), (row.status, row.grade, row.rank))

    def test_what_is_absent_is_none(self):
        row = self.result["1107"]  # more than six months of leave: examples/year-end/README.md
        self.assertEqual(("excluded", None, None, None), (row.status, row.score, row.grade, row.rank))
        self.assertNotEqual("", row.reasons)

    def test_flags_are_parted(self):
        self.assertEqual(("veto",), self.result["1403"].flags)
        self.assertEqual((), self.result["1602"].flags)

    def test_rows_are_those_of_the_file(self):
        lines = self.result.csv().decode("utf-8-sig").split("\r\n")[1:-1]
        self.assertEqual(len(lines), len(self.result))
        self.assertEqual([line.split(",")[0] for line in lines], [row.id for row in self.result])

    def test_an_id_that_is_not_there(self):
        self.assertIn("1602", self.result)
        self.assertNotIn("9999", self.result)
        with self.assertRaises(KeyError):
            self.result["9999"]

    def test_a_row_that_is_not_there(self):
        with self.assertRaises(assess.CallError) as caught:
            self.result.row(180)
        self.assertNotEqual(caught.exception.zh, caught.exception.en)

    def test_an_unknown_language(self):
        with self.assertRaisesRegex(ValueError, "expected lang"):
            self.result.summary("fr")


class Texts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.result = assess.run("bureau", period=2026, inputs=YEAR_END)

    def test_the_explanation_is_that_of_the_command_line(self):
        expected = (GOLDEN / "year-end.explain-1403.zh.txt").read_text(encoding="utf-8")
        self.assertEqual(expected.strip(), str(self.result.explain("1403")).strip().replace(f"{SOURCE}/", ""))

    def test_the_explanation_for_programs(self):
        why = self.result.explain("1403", "en").json
        self.assertEqual("assess.explain/1", why["schema"])
        self.assertEqual("92.54", why["score"])  # a string, exact

    def test_the_explanation_in_a_notebook_is_escaped(self):
        tables = year_end()
        names = tables["people"]["姓名"].to_pylist()
        names[tables["people"]["编号"].to_pylist().index("1602")] = "<b>&\"林"
        tables["people"] = tables["people"].set_column(1, "姓名", pyarrow.array(names))
        result = assess.run("bureau", period=2026, **tables)
        shown = result.explain("1602")._repr_html_()
        self.assertIn("&lt;b&gt;&amp;&quot;林", shown)
        self.assertNotIn("<b>", shown)
        table = result.table("ranking")._repr_html_()
        self.assertIn("&lt;b&gt;&amp;&quot;林", table)
        self.assertNotIn("<b>", table)

    def test_an_explanation_needs_somebody(self):
        with self.assertRaises(assess.CallError):
            self.result.explain("9999")

    def test_the_summary_counts(self):
        self.assertIn("180", self.result.summary("en"))
        self.assertNotEqual(self.result.summary("zh"), self.result.summary("en"))
        grades = {grade["id"]: grade["count"] for grade in self.result.json()["counts"]["grades"]}
        self.assertEqual({"excellent": 23, "competent": 137, "basic": 8, "incompetent": 3}, grades)  # examples/year-end/README.md

    def test_everything_for_programs(self):
        found = self.result.json("en")
        self.assertEqual("assess.result/1", found["schema"])
        self.assertEqual(180, len(found["rows"]))

    def test_tables(self):
        self.assertIn("ranking", self.result.tables)
        grades = self.result.table("grades", "en")
        self.assertEqual("grades", grades.id)
        counts = grades.column("people")
        with self.assertRaises(KeyError):
            grades.column("nothing")
        self.assertEqual(["23", "137", "8", "3"], [row[counts] for row in grades])  # examples/year-end/README.md
        self.assertEqual(grades[-1], grades[len(grades) - 1])
        self.assertEqual([grades[0], grades[1]], grades[:2])
        with self.assertRaises(IndexError):
            grades[99]
        with self.assertRaises(assess.CallError):
            self.result.table("nothing")

    def test_rows_of_a_table_in_another_order(self):
        grades = self.result.table("grades", "en")
        before = list(grades)
        grades.arrange([3, 2, 1, 0])
        self.assertEqual(before[::-1], list(grades))
        with self.assertRaises(ValueError):
            grades.arrange([0])
        with self.assertRaises(assess.CallError):
            grades.arrange([0, 0, 1, 2])
        with self.assertRaises(OverflowError):
            grades.arrange([-1, 0, 1, 2])


class Files(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.at = pathlib.Path(self.folder.name)
        self.result = assess.run("bureau", period=2026, inputs=YEAR_END)

    def test_results_csv_as_the_command_line_writes_it(self):
        self.result.to_csv(self.at / "结果.csv")
        self.assertEqual((GOLDEN / "year-end.results.csv").read_bytes(), (self.at / "结果.csv").read_bytes())
        self.result.to_csv(self.at / "en.csv", "en")
        self.assertEqual((GOLDEN / "year-end.results.en.csv").read_bytes(), (self.at / "en.csv").read_bytes())

    def test_nothing_is_replaced_unasked(self):
        (self.at / "there").write_text("old")
        with self.assertRaises(assess.CallError):
            self.result.to_csv(self.at / "there")
        self.assertEqual("old", (self.at / "there").read_text())
        self.result.to_csv(self.at / "there", overwrite=True)
        self.assertNotEqual("old", (self.at / "there").read_text(encoding="utf-8"))

    def test_a_path_that_is_no_text(self):
        path = os.fsencode(self.at) + b"/\xff.csv"
        self.result.to_csv(path)
        self.assertTrue(os.path.exists(path))

    def test_a_seal_of_data_frames_verifies_and_gives_the_same_bytes(self):
        result = assess.run("bureau", period=2026, **year_end())
        path = self.at / "2026.db"
        anchor = result.seal(path)
        self.assertEqual(anchor, assess.anchor(path))
        found = assess.verify(path, anchor, lang="en")
        self.assertTrue(found)
        self.assertTrue(found.json["verified"])
        with assess.replay(path) as again:
            self.assertEqual("zh", again.lang)
            self.assertEqual(result.csv(), again.csv())
            self.assertEqual(0, assess.diff(result, again).moved)

    def test_a_seal_that_was_changed_does_not_verify(self):
        path = self.at / "2026.db"
        self.result.seal(path)
        os.chmod(path, 0o600)
        data = bytearray(path.read_bytes())
        place = data.find("林桂英".encode())
        data[place:place + 9] = "林桂兰".encode()
        path.write_bytes(data)
        found = assess.verify(path)
        self.assertFalse(found)
        self.assertFalse(found.json["verified"])
        self.assertNotEqual("", str(found))
        with self.assertRaises(assess.InputError):
            assess.replay(path)

    def test_a_seal_needs_hashes(self):
        result = assess.run("bureau", period=2026, inputs=YEAR_END, sealable=False)
        with self.assertRaises(assess.CallError):
            result.seal(self.at / "2026.db")
        self.assertEqual([], list(self.at.iterdir()))

    def test_a_file_that_is_no_seal(self):
        with self.assertRaises(assess.Error):
            assess.replay(SOURCE / "LICENSE")
        with self.assertRaises(assess.Error):
            assess.anchor(self.at / "nothing.db")

    def test_who_moves_when_a_setting_changes(self):
        other = assess.run("bureau", period=2026, inputs=YEAR_END, settings={"leader_signed": "yes"})
        found = assess.diff(self.result, other, lang="en")
        self.assertEqual(found.moved, len(found.csv.strip().splitlines()) - 1)
        self.assertEqual("assess.diff/1", found.json["schema"])
        self.assertEqual(0, assess.diff(self.result, self.result).moved)


class Handles(unittest.TestCase):
    def test_what_is_closed_says_so(self):
        with assess.run("bureau", period=2026, inputs=YEAR_END) as result:
            table = result.table("grades")
        for use in (result.summary, result.csv, lambda: result["1602"], lambda: pyarrow.table(result)):
            with self.assertRaises(assess.CallError) as caught:
                use()
            self.assertEqual("python.closed", caught.exception.id)
        result.close()  # closing again does nothing
        with assess.check("bureau", period=2026, inputs=YEAR_END) as found:
            self.assertEqual(180, found.people_count)  # examples/year-end/README.md
        with self.assertRaises(assess.CallError):
            found.readiness()
        self.assertEqual(4, len(table), "a table is a copy")

    def test_a_closed_scheme_leaves_its_results_alone(self):
        with assess.Scheme("bureau", period=2026) as scheme:
            result = assess.run(scheme, inputs=YEAR_END)
        self.assertEqual(180, len(result.rows))

    def test_handles_cannot_be_made_or_mistaken(self):
        with self.assertRaises(TypeError):
            assess._core.Handle()
        scheme = assess.Scheme("bureau")
        with self.assertRaisesRegex(TypeError, "expected a result but found a scheme"):
            assess._core.result_count(scheme._handle)
        with self.assertRaises(TypeError):
            assess._core.result_count("a text")

    def test_errors_can_be_sent_to_another_process(self):
        with self.assertRaises(assess.RulesError) as caught:
            assess.Scheme(SOURCE / "tests/rules/invalid/attribute-bounds/rule.lua")
        error = pickle.loads(pickle.dumps(caught.exception))
        self.assertEqual((type(caught.exception), str(caught.exception), caught.exception.line), (type(error), str(error), error.line))


if __name__ == "__main__":
    unittest.main()
