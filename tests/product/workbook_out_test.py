"""results.xlsx as its readers meet it: opened with openpyxl and with LibreOffice, compared with results.csv."""
import atexit
import csv
import datetime
import importlib.util
import io
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings
import zipfile
from decimal import Decimal

if not importlib.util.find_spec("openpyxl") and sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])    # a distribution's own Python has the distribution's openpyxl

from support import SOURCE, assess

try:
    import openpyxl
except ModuleNotFoundError:
    openpyxl = None

YEAR_END = SOURCE / "examples" / "year-end"
SCHOOLS = SOURCE / "tests" / "rules" / "organisations" / "schools.lua"
SOFFICE = shutil.which("soffice")
STATUS = {"assessed": "已评定", "excluded": "不参加考评", "incomplete": "资料不全"}


def without_office():
    said = assess("run", "--rules", "bureau", "--period", "2026", "--format", "xlsx", "--out", "/dev/null/none", YEAR_END, "--lang", "en")
    return b"without libassess-office" in said.stderr


class Run:
    """A run with results.csv and results.xlsx in a folder of its own."""

    def __init__(self, inputs, scheme="bureau", period="2026", arguments=(), **environment):
        keep = tempfile.mkdtemp()
        atexit.register(shutil.rmtree, keep)
        self.folder = pathlib.Path(keep) / "out"
        done = assess("run", "--rules", scheme, "--period", period, "--format", "csv,xlsx", "--out", self.folder, *arguments, inputs,
                      **environment)
        if done.returncode != 0:
            raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
        self.said = done.stderr.decode()
        self.path = self.folder / "results.xlsx"
        self.bytes = self.path.read_bytes()

    def results(self):
        return list(csv.DictReader(io.StringIO((self.folder / "results.csv").read_text("utf-8-sig"))))

    def book(self):
        return openpyxl.load_workbook(self.path)

    def parts(self):
        with zipfile.ZipFile(self.path) as archive:
            return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def by_header(sheet):
    rows = list(sheet.iter_rows())
    names = [cell.value for cell in rows[0]]
    return [dict(zip(names, row)) for row in rows[1:]]


def shown(cell):
    """A number as its format shows it: 87.5 with 0.00 is 87.50."""
    if cell.value is None:
        return ""
    places = len(cell.number_format.partition(".")[2])
    return str(Decimal(repr(cell.value)).quantize(Decimal(1).scaleb(-places)))


def make_schools(folder):
    """Units and people in one batch; the names are what a spreadsheet might run."""
    (folder / "people.csv").write_text(
        "id,name,unit,category,post_type,stage,age,start\n一小,第一小学,,学校,teacher,primary,30,2020-09-01\n"
        + "".join(f'{i},"{name}",一小,教师,{post},primary,30,2010-09-0{n}\n' for n, (i, name, post) in enumerate(HOSTILE, 1)), "utf-8")
    (folder / "measures.csv").write_text("subject,measure,value\n一小,level,92\n", "utf-8")
    lines = ["subject,role,rater,teach,care,work"]
    for i, _, post in HOSTILE:
        for role in ("peer", "parent", "office" if post == "head" else "pupil"):
            lines += [f"{i},{role},{role}{i}{k},4,5,9" for k in range(5)]
    (folder / "ratings.csv").write_text("\n".join(lines) + "\n", "utf-8")


HOSTILE = [("h", "=1+1", "head"), ("a", "+1", "teacher"), ("b", "-1", "teacher"), ("c", "@SUM(A1)", "teacher"),
           ("d", "＝1+1", "teacher"), ("e", "=HYPERLINK(A1)", "teacher"), ("f", "http://example.org/", "teacher")]


@unittest.skipIf(without_office(), "built without libassess-office")
class Parts(unittest.TestCase):
    """Without any reader: what stands in the archive."""

    def test_the_same_bytes_again_for_any_threads_locale_and_time_zone(self):
        expected = Run(YEAR_END).bytes
        for threads in ("1", "3"):
            self.assertEqual(expected, Run(YEAR_END, arguments=["--threads", threads]).bytes, threads)
        for locale, zone in (("de_DE.UTF-8", "Asia/Shanghai"), ("zh_CN.UTF-8", "America/St_Johns")):
            self.assertEqual(expected, Run(YEAR_END, LC_ALL=locale, LANG=locale, TZ=zone).bytes, (locale, zone))

    def test_no_formula_no_link_no_macro_and_nothing_on_standard_error(self):
        with tempfile.TemporaryDirectory() as folder:
            make_schools(pathlib.Path(folder))
            run = Run(folder, SCHOOLS, arguments=["--ignore", "history"])
        self.assertNotIn("WARNING", run.said)
        for name, content in run.parts().items():
            self.assertNotIn("vba", name)
            self.assertNotIn('TargetMode="External"', content, name)
            if name.startswith("xl/worksheets/sheet"):
                self.assertNotIn("<f>", content, name)
                self.assertNotIn("<hyperlink", content, name)

    def test_nothing_of_the_machine_is_in_it(self):
        run = Run(YEAR_END)
        for name, content in run.parts().items():
            self.assertNotIn(str(run.folder.parent), content, name)    # inputs stand as they were named, nothing else does
            self.assertNotIn(str(datetime.date.today().year) + "-" + f"{datetime.date.today():%m-%d}", content, name)


@unittest.skipIf(openpyxl is None, "no openpyxl")
class Order(unittest.TestCase):
    """results.csv keeps the order of the roster whatever --order says."""

    def names(self, order):
        said = assess("run", "--rules", "bureau", "--period", "2026", "--format", "xlsx", "--order", order, "--out", "/dev/null/none", YEAR_END)
        if "ICU" in said.stderr.decode():
            self.skipTest("built without ICU")
        run = Run(YEAR_END, arguments=("--order", order))
        return [row["name"] for row in run.results()], [str(row["姓名"].value) for row in by_header(run.book().worksheets[0])]

    def test_the_roster_is_the_usual_order(self):
        csv_names, names = self.names("roster")
        self.assertEqual(names, csv_names)

    def test_by_strokes_the_surname_of_fewest_strokes_comes_first(self):
        csv_names, names = self.names("strokes")
        self.assertEqual(sorted(names), sorted(csv_names))
        self.assertEqual(names[0][0], "于")     # 3 strokes, like 马 and 万: no surname of the example has fewer

    def test_by_pinyin_the_first_is_called_a(self):
        names = self.names("pinyin")[1]
        self.assertEqual(names[0], "阿依古丽·买买提")


@unittest.skipIf(openpyxl is None, "no openpyxl")
@unittest.skipIf(without_office(), "built without libassess-office")
class Opened(unittest.TestCase):
    def setUp(self):
        warnings.simplefilter("error", UserWarning)    # a reader that has to drop something is a finding

    def assert_same_as_csv(self, run):
        """Every row of results.csv in the first sheet: texts as texts, scores and ranks as numbers with the same digits."""
        rows = by_header(run.book().worksheets[0])
        results = run.results()
        self.assertEqual(len(results), len(rows))
        for expected, row in zip(results, rows):
            self.assertEqual(expected["id"], row["编号"].value)
            self.assertEqual(expected["name"].removeprefix("'"), (row["姓名"] if "姓名" in row else row["名称"]).value or "")
            self.assertEqual(STATUS[expected["status"]], row["状态"].value)
            self.assertEqual(expected["score"], shown(row["得分"]))
            self.assertEqual(expected["rank"], shown(row["名次"]))
            self.assertEqual(bool(expected["grade"]), bool(row["等次"].value))
            self.assertIn(row["得分"].data_type, "n")
            self.assertIn(row["编号"].data_type, "s")
            self.assertEqual("@", row["编号"].number_format)

    def test_the_results_of_people(self):
        self.assert_same_as_csv(Run(YEAR_END))

    def test_the_results_of_units(self):
        self.assert_same_as_csv(Run(SOURCE / "examples" / "unit-target", "unit-target"))

    def test_the_results_of_a_review_by_ballot(self):
        self.assert_same_as_csv(Run(SOURCE / "examples" / "democratic-review", "democratic-review"))

    def test_units_and_people_in_one_batch_with_names_that_look_like_formulas(self):
        with tempfile.TemporaryDirectory() as folder:
            make_schools(pathlib.Path(folder))
            run = Run(folder, SCHOOLS, arguments=["--ignore", "history"])
        self.assert_same_as_csv(run)
        book = run.book()
        self.assertEqual(["单位", *["人员"] * len(HOSTILE)], [row["层级"].value for row in by_header(book.worksheets[0])])
        names = [row["姓名"] for row in by_header(book.worksheets[0])][1:]
        self.assertEqual([name for _, name, _ in HOSTILE], [cell.value for cell in names])
        self.assertEqual({"s"}, {cell.data_type for cell in names})
        self.assertIn("等次", book.sheetnames)
        self.assertIn("单位等次", book.sheetnames)

    def test_every_sheet_is_filtered_kept_in_view_and_ready_for_paper(self):
        book = Run(YEAR_END).book()
        for sheet in book.worksheets[:-1]:
            self.assertTrue(sheet.auto_filter.ref.startswith("A1:"), sheet.title)
            self.assertTrue(str(sheet.freeze_panes).endswith("2"), sheet.title)
        for sheet in book.worksheets:
            self.assertEqual(9, sheet.page_setup.paperSize)           # A4
            self.assertTrue(sheet.sheet_properties.pageSetUpPr.fitToPage)
            self.assertEqual(0, sheet.page_setup.fitToHeight)         # as many pages as it needs
            self.assertEqual("$1:$1", sheet.print_title_rows)
            self.assertIn("&P", sheet.oddFooter.right.text)
            self.assertIn(sheet.title, sheet.oddHeader.center.text)
        self.assertEqual("landscape", book.worksheets[0].page_setup.orientation)
        self.assertEqual("C2", book.worksheets[0].freeze_panes)       # id and name stay in view

    def test_sheets_stand_in_the_order_of_the_tables_and_empty_ones_are_left_out(self):
        names = Run(YEAR_END).book().sheetnames
        self.assertEqual(["考评结果", "总体", "等次", "得分分布", "各单位", "名次", "提请研究决定", "不参加考评", "资料不全"], names[:9])
        self.assertEqual("目录", names[-1])
        none = Run(SOURCE / "examples" / "unit-target", "unit-target")
        self.assertNotIn("提请研究决定", none.book().sheetnames)       # nobody has to be decided on there

    def test_nobody_excluded_is_said_in_so_many_words(self):
        with tempfile.TemporaryDirectory() as folder:
            make_schools(pathlib.Path(folder))
            sheet = Run(folder, SCHOOLS, arguments=["--ignore", "history"]).book()["不参加考评"]
        self.assertEqual("无", sheet["A2"].value)
        self.assertTrue(re.fullmatch(r"A1:[A-Z]1", sheet.auto_filter.ref))

    def test_charts_stand_beside_grades_scores_and_units_and_name_the_lines(self):
        book = Run(YEAR_END).book()
        self.assertEqual({"等次": 1, "得分分布": 1, "各单位": 1},
                         {sheet.title: len(sheet._charts) for sheet in book if sheet._charts})
        titles = [content for name, content in Run(YEAR_END).parts().items() if name.startswith("xl/charts/")]
        self.assertTrue(any("优秀 90 分起，称职 70 分起" in title for title in titles))

    def test_english_titles_and_words(self):
        book = Run(YEAR_END, arguments=["--lang", "en"]).book()
        self.assertEqual("Results", book.sheetnames[0])
        self.assertEqual("Contents", book.sheetnames[-1])
        self.assertIn("assessed", {row["status"].value for row in by_header(book.worksheets[0])})
        self.assertEqual("Page &P of &N", book.worksheets[0].oddFooter.right.text)

    def test_a_long_result_is_written_row_by_row_and_says_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            make_many(pathlib.Path(folder), 10001)                    # from 10 001 rows on memory must not grow with them
            run = Run(folder)
        self.assertIn("inlineStr", run.parts()["xl/worksheets/sheet1.xml"][:4000])
        self.assert_same_as_csv(run)


def make_many(folder, people):
    with open(folder / "people.csv", "w", encoding="utf-8") as file:
        file.write("编号,姓名,单位,类别,职务,到岗日期\n")
        file.writelines(f"{100000 + i},张三{i},第{i % 40}股,公务员,科员,2020-01-01\n" for i in range(people))
    with open(folder / "ratings.csv", "w", encoding="utf-8") as file:
        file.write("被考评人,考评人,角色,德,能,勤,绩,廉\n")
        for i in range(people):
            file.write(f"{100000 + i},p{i},peer,{i % 11},8,9,50,{3 + i % 7}\n{100000 + i},l{i % 9},leader,8,8,{i % 10},47,8\n")


@unittest.skipIf(SOFFICE is None, "no LibreOffice")
@unittest.skipIf(without_office(), "built without libassess-office")
class LibreOffice(unittest.TestCase):
    """The one office program that is here; it reads what WPS and Excel read."""

    def convert(self, run, to):
        profile = run.folder.parent / "profile"
        done = subprocess.run([SOFFICE, "--headless", f"-env:UserInstallation=file://{profile}", "--convert-to", to, "--outdir",
                               str(run.folder), str(run.path)], capture_output=True, timeout=250, check=False)
        self.assertEqual(0, done.returncode, done.stderr)
        return sorted(run.folder.glob("*"))

    def test_it_shows_the_same_texts_and_figures(self):
        with tempfile.TemporaryDirectory() as folder:
            make_schools(pathlib.Path(folder))
            run = Run(folder, SCHOOLS, arguments=["--ignore", "history"])
        # comma, quote, UTF-8, as shown, every sheet a file of its own
        self.convert(run, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1")
        files = {path.name for path in run.folder.glob("results-*.csv")}
        self.assertIn("results-考评结果.csv", files)
        shown_there = (run.folder / "results-考评结果.csv").read_text("utf-8")
        rows = list(csv.DictReader(io.StringIO(shown_there)))
        for expected, row in zip(run.results(), rows, strict=True):
            self.assertEqual((expected["id"], expected["name"].removeprefix("'"), expected["score"], expected["rank"]),
                             (row["编号"], row["姓名"], row["得分"], row["名次"]))

    def test_it_prints_chinese_on_a4(self):
        run = Run(YEAR_END)
        self.convert(run, "pdf")
        self.assertTrue((run.folder / "results.pdf").read_bytes().startswith(b"%PDF"))
        if shutil.which("pdftotext"):
            words = subprocess.run(["pdftotext", "-layout", str(run.folder / "results.pdf"), "-"], capture_output=True, check=True)
            for word in ("考评结果", "局机关效能考核制度 2026", "提请研究决定", "第 1 页，共"):
                self.assertIn(word.encode(), words.stdout, word)


class AmongTables(unittest.TestCase):
    def test_results_among_the_tables_are_not_read_as_tables(self):
        with tempfile.TemporaryDirectory() as keep:
            tables = pathlib.Path(keep) / "tables"
            tables.mkdir()
            for table in YEAR_END.glob("*.csv"):
                shutil.copy(table, tables)
            call = ("run", "--rules", "bureau", "--period", "2026", "--lang", "en", "--format", "csv,xlsx", "--out", tables, "--force", tables)
            self.assertEqual(0, assess(*call).returncode)
            first = (tables / "results.csv").read_bytes()
            again = assess(*call)    # its sheet of raters has a name that input tables have, too
            self.assertEqual(0, again.returncode, again.stderr.decode())
            self.assertIn("is called like the results of a run", again.stderr.decode())
            self.assertEqual(first, (tables / "results.csv").read_bytes())


if __name__ == "__main__":
    unittest.main()
