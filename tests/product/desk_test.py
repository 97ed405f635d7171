"""The desk of the README: its commands, as they are printed in both languages, over the year-end example as workbooks."""
import csv
import pathlib
import re
import shlex
import subprocess
import tempfile
import unittest


from support import PROGRAM, SOURCE, assess

try:
    import openpyxl
except ImportError:
    openpyxl = None

YEAR_END = SOURCE / "examples" / "year-end"
HEADINGS = {"README.md": "## At the desk", "README.zh.md": "## 案头工作"}


def commands(document):
    """The lines of the first block behind the heading, without their comments."""
    text = (SOURCE / document).read_text().split(HEADINGS[document], 1)[1]
    return [shlex.split(line, comments=True) for line in re.search(r"```\n(.*?)```", text, re.S)[1].splitlines()]


def rows_of(path):
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return list(csv.reader(path.read_text(encoding).splitlines()))
        except UnicodeDecodeError:
            continue
    raise AssertionError(path)


def workbook(path, tables):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.stem)
        for row in rows_of(table):
            sheet.append(row)
    book.save(path)


@unittest.skipIf(openpyxl is None, "no openpyxl")
class Desk(unittest.TestCase):
    def run_all(self, document, people, returned):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            workbook(folder / people, [YEAR_END / "人员.csv"])
            (folder / returned).mkdir()
            workbook(folder / returned / "2026.xlsx", sorted(YEAR_END.glob("*.csv")))
            for command in commands(document):
                said = subprocess.run([PROGRAM, *command[1:]], cwd=folder, capture_output=True, text=True)
                if "libassess-office" in said.stderr:
                    self.skipTest("built without libassess-office")
                # one person has no leader's ballot, which --ready says
                self.assertEqual(said.returncode, 1 if "--ready" in command else 0, f"{command}: {said.stderr}")
            results = (folder / "bureau-2026" / "results.csv").read_bytes()
            made = {path.name for path in (folder / "bureau-2026").iterdir()}
        return results, made

    def test_the_commands_of_both_documents_give_the_results_of_the_csv_files(self):
        with tempfile.TemporaryDirectory() as name:
            assess("run", "--rules", "bureau", "--period", "2026", "--format", "csv", "--out", pathlib.Path(name) / "o", YEAR_END)
            expected = (pathlib.Path(name) / "o" / "results.csv").read_bytes()
        for document, people, returned in (("README.md", "staff.xlsx", "returned"), ("README.zh.md", "人员.xlsx", "收回")):
            with self.subTest(document):
                results, made = self.run_all(document, people, returned)
                self.assertEqual(results, expected)
                self.assertLessEqual({"results.csv", "batch.db", "results.xlsx", "report.html"}, made)


if __name__ == "__main__":
    unittest.main()
