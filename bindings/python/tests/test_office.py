"""Workbooks and reports: what a desk works with."""
import importlib
import io
import os
import pathlib
import sys
import tempfile
import unittest
import zipfile
from xml.etree import ElementTree

from support import SOURCE, YEAR_END, text_table

import assess

WORKBOOK = SOURCE / "tests" / "fuzz" / "seeds" / "workbook" / "small.xlsx"


class Office(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.result = assess.run("bureau", period=2026, inputs=YEAR_END)

    def setUp(self):
        place = tempfile.TemporaryDirectory()
        self.addCleanup(place.cleanup)
        self.at = pathlib.Path(place.name)

    def test_a_workbook_is_read(self):
        found = assess.check("bureau", period=2026, inputs=WORKBOOK)
        # Two people and no ballots stand in it.
        self.assertEqual((2, 0, ["input.table_missing"]), (found.people_count, found.ballot_count, [p.id for p in found.errors]))

    def test_a_workbook_gives_the_scores_of_the_same_tables_as_text(self):
        sys.path.insert(0, str(SOURCE / "tests" / "product"))
        self.addCleanup(sys.path.pop, 0)
        workbook = importlib.import_module("workbook")
        book, small = workbook.Book(), SOURCE / "tests" / "conformance" / "tables" / "small"
        for name in ("人员", "评分"):
            table = text_table(small / f"{name}.csv")
            book.sheet(name, [table.column_names, *(list(row.values()) for row in table.to_pylist())])
        rows = assess.run("bureau", period=2026, inputs=book.write(self.at / "all.xlsx")).rows
        self.assertEqual([row[:-1] for row in assess.run("bureau", period=2026, inputs=small)], [row[:-1] for row in rows])

    def test_a_wrong_workbook_is_a_problem(self):
        (self.at / "people.xlsx").write_bytes(b"no workbook")
        found = assess.check("bureau", period=2026, inputs=self.at)
        self.assertIn("people.xlsx", next(problem.en for problem in found.errors if problem.id == "input.workbook_unknown"))

    def test_the_result_as_a_workbook(self):
        path = self.at / "结果.xlsx"
        self.result.to_workbook(path)
        with zipfile.ZipFile(path) as book:
            self.assertIn("林桂英", book.read("xl/sharedStrings.xml").decode())  # the best of the example
        with self.assertRaises(assess.CallError):
            self.result.to_workbook(path)
        first = path.read_bytes()
        self.result.to_workbook(path, overwrite=True)
        self.assertEqual(first, path.read_bytes(), "the same result gives the same bytes")

    def test_writing_a_workbook_can_be_cancelled(self):
        with self.assertRaises(assess.Cancelled):
            self.result.to_workbook(self.at / "a.xlsx", progress=lambda done, total: True)
        self.assertEqual([], os.listdir(self.at))

    def test_the_report_is_a_page(self):
        text = self.result.report("en")
        self.assertIn("林桂英", "".join(ElementTree.parse(io.StringIO(text.replace("<!DOCTYPE html>", ""))).getroot().itertext()))
        self.result.to_report(self.at / "a.html", "en")
        self.assertEqual(text, (self.at / "a.html").read_text(encoding="utf-8"))
        self.assertLess(len(self.result.report("en", rows=3, bars=2)), len(text))

    def test_a_template_is_read_again(self):
        path = self.at / "template.xlsx"
        with assess.Scheme("bureau", period=2026) as scheme:
            scheme.to_template(path)
        found = assess.check("bureau", period=2026, inputs=path)
        self.assertIn("input.workbook_only_header", [problem.id for problem in found.notices])
        self.assertEqual(["input.table_without_rows"], [problem.id for problem in found.errors])

    def test_what_is_wrong_is_marked_in_a_copy(self):
        template = self.at / "template.xlsx"
        assess.Scheme("bureau", period=2026).to_template(template)
        found = assess.check("bureau", period=2026, inputs=template)
        found.mark(template, self.at / "marked.xlsx")
        with zipfile.ZipFile(self.at / "marked.xlsx") as book:
            self.assertIn("问题清单", book.read("xl/workbook.xml").decode())

    def test_of_a_table_of_text_the_problems_are_a_list(self):
        bad = SOURCE / "tests" / "conformance" / "tables" / "id-twice"
        found = assess.check("bureau", period=2026, inputs=bad)
        found.mark(found.errors[0].file, self.at / "list.csv", "en")
        # The id stands twice, the second time in row 4: tests/conformance/cases.tsv
        self.assertIn(",4,", (self.at / "list.csv").read_text(encoding="utf-8-sig"))
        with self.assertRaises(assess.CallError):
            found.mark("nowhere.csv", self.at / "other.csv")


if __name__ == "__main__":
    unittest.main()
