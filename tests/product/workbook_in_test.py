"""Workbooks as input: what a sheet shows is what is read; what cannot be read is named with file, sheet, cell and what to do."""
import csv
import datetime
import io
import json
import pathlib
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

from support import SOURCE, assess
from workbook import Book, DAY, LETTER, MAIN, MINUTE, MONTH, PERCENT, ZEROS, letters, raw, rows

SCHEME = SOURCE / "tests" / "rules" / "valid" / "inputs.lua"
EXAMPLE = SOURCE / "examples" / "year-end"

PEOPLE = [["id", "name", "unit", "start"], ["1001", "张三", "办公室", "2010-05-04"], ["1002", "李四", "办公室", "2010-05-04"]]
MARKS = ["subject", "rater", "role", "virtue", "ability", "diligence", "performance", "integrity"]
# peers 90, leader 90 -> 90.00; peers 80, leader 95 -> 0.4 * 80 + 0.6 * 95 = 89.00
RATINGS = [MARKS, ["1001", "a", "peer", 9, 9, 9, 54, 9], ["1001", "z", "leader", 9, 9, 9, 54, 9],
           ["1002", "a", "peer", 8, 8, 8, 48, 8], ["1002", "z", "leader", 9.5, 9.5, 9.5, 57, 9.5]]
SCORES = {"1001": "90.00", "1002": "89.00"}


def text_of(path):
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def table_of(path):
    """Numbers as numbers where that changes nothing, days as days: as somebody would have typed them into Excel."""
    def typed(value):
        try:
            return datetime.datetime.strptime(value, "%Y-%m-%d"), DAY
        except ValueError:
            pass
        for kind in (int, float):
            try:
                if str(kind(value)) == value:
                    return kind(value)
            except ValueError:
                pass
        return value
    return [[typed(value) for value in row] for row in csv.reader(io.StringIO(text_of(path), newline=""))]


class Reading(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = pathlib.Path(folder.name)
        self.batch = self.path / "in"
        self.batch.mkdir()

    def run_batch(self, *inputs, rules="bureau", code=0, out="out"):
        done = assess("run", "--rules", rules, "--period", "2026", "--lang", "en", "--out", self.path / out, *(inputs or [self.batch]))
        self.assertEqual(code, done.returncode, done.stderr.decode())
        return done.stderr.decode()

    def scores(self, out="out"):
        table = csv.DictReader((self.path / out / "results.csv").read_text("utf-8-sig").splitlines())
        return {row["id"]: row["score"] for row in table}

    def problems(self, *inputs, rules="bureau"):
        done = assess("check", "--rules", rules, "--period", "2026", "--json", *(inputs or [self.batch]))
        return json.loads(done.stdout)["problems"]

    def errors(self, *inputs, rules="bureau"):
        return [(p["id"], p["sheet"], p["row"], p["column"]) for p in self.problems(*inputs, rules=rules) if p["severity"] == "error"]

    def notices(self, *inputs):
        return [p["id"] for p in self.problems(*inputs) if p["severity"] == "notice"]

    def book(self, name="batch.xlsx", people=PEOPLE, ratings=RATINGS, **kinds):
        """A workbook of people and ratings; kinds go to the sheet of ratings."""
        return Book().sheet("people", people).sheet("ratings", ratings, **kinds).write(self.batch / name)

    def people_with(self, **columns):
        """People with one more column each, and what is wrong with them."""
        names = list(columns)
        self.book(people=[PEOPLE[0] + names, PEOPLE[1] + [columns[n] for n in names], PEOPLE[2]])


class Tables(Reading):
    def test_a_workbook_gives_the_bytes_that_the_same_csv_gives(self):
        book = Book()
        for path in sorted(EXAMPLE.glob("*.csv")):
            book.sheet(path.stem, table_of(path))
        book.write(self.batch / "年终.xlsx")
        self.run_batch()
        self.run_batch(EXAMPLE, out="csv")
        self.assertEqual((self.path / "csv" / "results.csv").read_bytes(), (self.path / "out" / "results.csv").read_bytes())

    def test_days_times_and_numbers_are_those_of_the_same_text(self):
        day = lambda y, m, d: (datetime.datetime(y, m, d), DAY)
        moment = (datetime.datetime(2026, 3, 4, 14, 5), MINUTE)
        people = [["id", "name", "unit", "category", "职级", "年龄", "收到日期", "应办结日", "发生时间", "报告时间", "类别号"],
                  ["a", "甲", "一科", None, "处级", 30, day(2026, 3, 4), day(2026, 3, 4), moment, moment, "二类"],
                  ["b", "乙", "一科", None, "科级", 50, day(2026, 3, 5), day(2026, 3, 4), moment, moment, "二类"],
                  ["c", "丙", "u2", None, "其他", 54, None, None, None, None, "一类"],
                  ["u1", "一科", None, "单位"], ["u2", "二科", None, "单位"]]
        measures = [["subject", "measure", "value", "target", "baseline"], ["u1", "days", 3.2, 3.2, 5], ["u2", "days", 4, 3.2, 5],
                    ["a", "same-day", 2.5]]
        history = [["subject", "period", "score", "grade"], ["a", 2025, None, "优秀"], ["a", 2024, None, "称职"], ["a", "2026Q1", 3],
                   ["b", 2025, None, "基本称职"], ["u1", 2025, 80, "好"], ["u2", 2025, 40, "中"]]
        events = [["subject", "kind", "from", "to", "points"], ["a", "fault", day(2025, 6, 1), day(2025, 6, 1), 3],
                  ["a", "award", day(2026, 7, 1), day(2026, 7, 1)], ["c", "leave", day(2026, 6, 29), day(2026, 7, 2)]]
        Book().sheet("人员", people).sheet("指标", measures).sheet("历年", history).sheet("事项", events).write(self.batch / "a.xlsx")
        self.run_batch(rules=SCHEME)
        # inputs_test.py works these out by hand from the same tables as CSV
        self.assertEqual({"a": "82.5", "b": "", "c": "63.0", "u1": "100", "u2": "80"}, self.scores())

    def test_people_come_first_whatever_the_order_of_sheets_and_files(self):
        Book().sheet("ratings", RATINGS).write(self.batch / "1.xlsx")
        Book().sheet("people", PEOPLE).write(self.batch / "2.xlsx")
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_a_workbook_and_csv_are_put_together(self):
        Book().sheet("ratings", RATINGS).write(self.batch / "1.xlsx")
        (self.batch / "people.csv").write_text("\n".join(",".join(row) for row in PEOPLE), "utf-8")
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_the_file_is_the_table_when_one_sheet_has_content(self):
        Book().sheet("Sheet1", RATINGS).sheet("Sheet2", "").write(self.batch / "评分-办公室.xlsx")
        Book().sheet("名单", PEOPLE).write(self.batch / "人员.xlsx")
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_several_sheets_with_content_need_a_name(self):
        Book().sheet("Sheet1", RATINGS).sheet("Sheet2", PEOPLE).write(self.batch / "ratings.xlsx")
        self.assertIn("input.workbook_which_sheet", [e[0] for e in self.errors()])

    def test_a_workbook_without_a_table_is_an_error(self):
        self.book()
        Book().sheet("Sheet1", RATINGS).write(self.batch / "汇总.xlsx")
        self.assertEqual([("input.workbook_without_tables", "", 0, 0)], self.errors())

    def test_an_empty_workbook_is_an_error(self):
        self.book()
        Book().sheet("Sheet1", "").write(self.batch / "ratings-2.xlsx")
        self.assertEqual([("input.workbook_empty", "", 0, 0)], self.errors())

    def test_other_sheets_are_a_notice_when_they_hold_something(self):
        Book().sheet("people", PEOPLE).sheet("ratings", RATINGS).sheet("Sheet3", "").sheet("汇总", [["a"]]).write(self.batch / "a.xlsx")
        self.run_batch()
        self.assertEqual(["input.workbook_sheet_unknown"], self.notices())

    def test_a_sheet_without_rows_is_a_notice_and_a_table_without_rows_an_error(self):
        Book().sheet("people", PEOPLE).sheet("ratings", RATINGS).sheet("events", [["subject", "kind", "from"]]).write(self.batch / "a.xlsx")
        self.run_batch()
        self.assertEqual(["input.workbook_only_header"], self.notices())
        Book().sheet("评分", [MARKS]).write(self.batch / "b.xlsx")
        self.assertEqual(["input.workbook_only_header"] * 2, self.notices())
        Book().sheet("people", PEOPLE).sheet("ratings", [MARKS]).write(self.batch / "a.xlsx")
        self.assertIn("input.table_without_rows", [error[0] for error in self.errors()])

    def test_hidden_sheets_are_passed_over_and_those_named_like_tables_said(self):
        for state in ("hidden", "veryHidden"):
            book = Book().sheet("people", PEOPLE).sheet("ratings", RATINGS).sheet("字典", [["a"]], state=state)
            book.sheet("ratings-old", RATINGS, state=state).write(self.batch / "a.xlsx")
            self.assertEqual(["input.workbook_sheet_hidden"], self.notices())
            self.assertEqual([], self.errors())

    def test_hidden_rows_and_columns_are_read_and_counted(self):
        data = rows(RATINGS).replace('<row r="3">', '<row r="3" hidden="1">')
        self.book(ratings=data, before='<cols><col min="5" max="6" hidden="1"/><col min="20" max="30" hidden="1"/></cols>')
        self.run_batch()
        self.assertEqual(SCORES, self.scores())
        said = {p["id"]: p["en"] for p in self.problems()}
        self.assertIn("1 hidden row was read", said["input.workbook_hidden_rows"])
        self.assertIn("2 hidden columns", said["input.workbook_hidden_columns"])

    def test_a_folder_of_returned_workbooks_is_one_batch(self):
        Book().sheet("people", PEOPLE).write(self.batch / "名单.xlsx")
        for number, ballot in enumerate(RATINGS[1:]):
            Book().sheet("评分", [MARKS, ballot]).write(self.batch / f"{number}.xlsx")
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_a_rater_who_returned_two_workbooks_is_named_with_both(self):
        Book().sheet("people", PEOPLE).sheet("ratings", RATINGS).write(self.batch / "1.xlsx")
        Book().sheet("评分", [MARKS, RATINGS[1]]).write(self.batch / "2.xlsx")
        found = [p for p in self.problems() if p["severity"] == "error"]
        self.assertEqual(1, len(found))
        self.assertEqual(("评分", 2), (found[0]["sheet"], found[0]["row"]))
        self.assertIn("2.xlsx", found[0]["file"])
        self.assertIn("1.xlsx [ratings]", found[0]["en"])

    def test_sheets_are_sealed_by_the_hash_of_their_file(self):
        path = self.book()
        self.run_batch()
        self.assertEqual(0, assess("verify", self.path / "out" / "batch.db").returncode)
        digest = subprocess.run(["sha256sum", path], stdout=subprocess.PIPE, check=True).stdout[:64].decode()
        shown = assess("run", "--rules", "bureau", "--period", "2026", "--out", self.path / "again", "--json", self.batch).stdout.decode()
        self.assertIn(digest, shown)
        self.assertIn("batch.xlsx [ratings]", shown)


class Headers(Reading):
    def test_titles_above_the_header_are_passed_over(self):
        book = Book().sheet("people", [["某局人员名单"], ["单位：办公室", None, "2026年"], [], *PEOPLE], merges=["A1:D1", "A2:B2"])
        book.sheet("ratings", [["评分表"], *RATINGS], merges=["A1:H1"]).write(self.batch / "a.xlsx")
        self.assertEqual("", self.run_batch())
        self.assertEqual(SCORES, self.scores())

    def test_a_problem_below_titles_names_the_row_of_the_sheet(self):
        wrong = [["评分表"], MARKS, ["1001", "a", "peer", 99, 9, 9, 54, 9], *RATINGS[2:]]
        self.book(ratings=wrong, merges=["A1:H1"])
        self.assertEqual([("input.mark_range", "ratings", 3, 4)], self.errors())

    def test_headers_of_two_levels_are_read_by_their_lower_one(self):
        two = [["被考评人", "考评人", "角色", "评分", None, None, None, None],
               [None, None, None, "virtue", "ability", "diligence", "performance", "integrity"], *RATINGS[1:]]
        self.book(ratings=two, merges=["A1:A2", "B1:B2", "C1:C2", "D1:H1"])
        self.assertEqual("", self.run_batch())
        self.assertEqual(SCORES, self.scores())

    def test_empty_columns_beside_the_table_do_no_harm(self):
        shifted = [[None, *row] for row in RATINGS]
        self.book(ratings=shifted)
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_cells_without_a_header_are_an_error(self):
        self.book(ratings=[RATINGS[0], RATINGS[1] + [None, "x"], *RATINGS[2:]])
        self.assertEqual([("input.workbook_cell_without_header", "ratings", 2, 0)], self.errors())
        self.book(ratings=[[*RATINGS[0][:3], None, *RATINGS[0][3:]], *[[*r[:3], "x", *r[3:]] for r in RATINGS[1:]]])
        self.assertEqual([("input.column_nameless", "ratings", 1, 4)], self.errors())

    def test_a_merge_that_reaches_into_the_data_is_an_error_with_its_address(self):
        data = [list(row) for row in RATINGS]
        data[2][0] = None
        self.book(ratings=data, merges=["A2:A3"])
        self.assertEqual([("input.workbook_cell_merged", "ratings", 2, 1)], self.errors())
        self.assertIn("A2:A3", [p["en"] for p in self.problems()][0])

    def test_a_merge_far_below_is_an_error_too_and_an_empty_one_is_none(self):
        data = [MARKS] + [[f"{1001 + i % 2}", f"r{i}", "peer", 9, 9, 9, 54, 9] for i in range(40)] + RATINGS[2:3] + RATINGS[4:5]
        data[30][7] = None
        self.book(ratings=data, merges=["H30:H31", "A60:C61"])
        self.assertEqual([("input.workbook_cell_merged", "ratings", 30, 8)], self.errors())

    def test_rows_and_cells_without_reference_follow_each_other(self):
        plain = "".join("<row>" + "".join(f'<c t="inlineStr"><is><t>{v}</t></is></c>' for v in row) + "</row>" for row in RATINGS)
        self.book(ratings=plain)
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_gaps_never_shift_cells(self):
        data = [list(row) for row in RATINGS]
        data[1][4] = None
        self.book(ratings=data)
        self.assertEqual([("input.mark_missing", "ratings", 2, 5)], self.errors())

    def test_a_lying_dimension_and_empty_rows_below_are_ignored(self):
        data = rows(RATINGS) + "".join(f'<row r="{r}"><c r="A{r}" s="1"/></row>' for r in range(6, 2000)) + '<row r="1048576"/>'
        self.book(ratings=data, before='<dimension ref="A1:XFD1048576"/>')
        self.assertEqual("", self.run_batch())
        self.assertEqual(SCORES, self.scores())


class Cells(Reading):
    def ratings_with(self, value):
        """The first ballot's mark of virtue."""
        data = [list(row) for row in RATINGS]
        data[1][3] = value
        return self.book(ratings=data)

    def test_shared_rich_and_phonetic_texts(self):
        book = Book()
        book.shared = ("<si><t>张</t></si><si><r><rPr/><t>李</t></r><r><t xml:space=\"preserve\">四</t></r><rPh sb=\"0\" eb=\"1\"><t>リ</t></rPh></si>"
                       "<si><t>第一行_x000A_第_x005F_x000D_二,\"行\"</t></si>")
        shared = lambda at, n: raw(f'<c r="{at}" t="s"><v>{n}</v></c>')
        book.sheet("people", [PEOPLE[0], ["1001", shared("B2", 1), "办公室", "2010-05-04"], ["1002", shared("B3", 2), "办公室", "2010-05-04"]])
        book.sheet("ratings", RATINGS).write(self.batch / "a.xlsx")
        self.run_batch()
        names = [row["name"] for row in csv.DictReader(io.StringIO((self.path / "out" / "results.csv").read_text("utf-8-sig"), newline=""))]
        self.assertIn("李四", names)
        self.assertTrue(any("第_x000D_二,\"行\"" in name for name in names), names)

    def test_numbers_are_those_that_excel_shows(self):
        data = [list(row) for row in RATINGS]
        for at, written in zip(range(3, 8), ("9.0000000000000004", "8.9999999999999996", "9.0", "5.4E1", "90E-1")):
            data[1][at] = raw(f'<c r="{letters(at + 1)}2"><v>{written}</v></c>')
        self.book(ratings=data)
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_ids_with_leading_zeros_are_those_that_the_sheet_shows(self):
        data = [[(int(r[0]), ZEROS) if r[0].isdigit() else r[0], *r[1:]] for r in RATINGS]
        self.book(people=[PEOPLE[0], *[["00" + r[0], *r[1:]] for r in PEOPLE[1:]]], ratings=data)
        self.run_batch()
        self.assertEqual({"001001": "90.00", "001002": "89.00"}, self.scores())
        self.book(people=[PEOPLE[0], *[["S" + r[0], *r[1:]] for r in PEOPLE[1:]]],
                  ratings=[[(int(r[0]), LETTER) if r[0].isdigit() else r[0], *r[1:]] for r in RATINGS])
        self.run_batch(out="letters")
        self.assertEqual({"S1001": "90.00", "S1002": "89.00"}, self.scores("letters"))

    def test_a_percentage_is_read_as_shown(self):
        self.ratings_with((0.09, PERCENT))
        found = [p for p in self.problems() if p["severity"] == "error"]
        self.assertEqual(["9%"], [p["value"] for p in found])

    def test_an_error_value_is_named_with_its_cell_once(self):
        self.ratings_with(raw('<c r="D2" t="e"><f>NA()</f><v>#N/A</v></c>'))
        self.assertEqual([("input.workbook_cell_error", "ratings", 2, 4)], self.errors())
        said = assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", self.batch).stderr.decode()
        self.assertIn('batch.xlsx [ratings] row 2, column D "virtue": error: the cell D2 shows the error #N/A', said)
        said = assess("check", "--rules", "bureau", "--period", "2026", "--lang", "zh", self.batch).stderr.decode()
        self.assertIn("batch.xlsx [ratings] 第 2 行 D 列“virtue”：错误：单元格 D2 显示错误值 #N/A", said)

    def test_a_formula_counts_by_its_value_and_is_named_without_one(self):
        self.ratings_with(raw('<c r="D2"><f>4.5*2</f><v>9</v></c>'))
        self.run_batch()
        self.assertEqual(SCORES, self.scores())
        for written in ("<f>4.5*2</f>", "<f>4.5*2</f><v></v>", "<f>4.5*2</f><v/>"):
            self.ratings_with(raw(f'<c r="D2">{written}</c>'))
            self.assertEqual([("input.workbook_cell_not_computed", "ratings", 2, 4)], self.errors())
        self.ratings_with(raw('<c r="D2" t="str"><f>""</f><v></v></c>'))
        self.assertEqual([("input.mark_missing", "ratings", 2, 4)], self.errors())

    def test_a_number_of_more_than_15_digits_is_an_error(self):
        for written in ("1.1010119900101123E+17", "110101199001011230", "1000000000000000"):
            self.book(people=[PEOPLE[0], [raw(f'<c r="A2"><v>{written}</v></c>'), *PEOPLE[1][1:]], PEOPLE[2]], ratings=RATINGS[:1] + RATINGS[3:])
            self.assertEqual([("input.workbook_cell_digits_lost", "people", 2, 1)], self.errors())

    def starts(self, cell, settings=""):
        """The first day in post that a cell gives, by way of the problem of a day that cannot be: or None when it is one."""
        book = Book()
        book.settings = settings
        book.sheet("people", [PEOPLE[0], [*PEOPLE[1][:3], cell], PEOPLE[2]]).sheet("ratings", RATINGS).write(self.batch / "batch.xlsx")
        return self.errors()

    def test_days_that_are_none_are_errors(self):
        for written in ("60", "-1", "2958466", "0"):
            self.assertEqual([("input.workbook_cell_no_day", "people", 2, 4)], self.starts(raw(f'<c r="D2" s="{DAY}"><v>{written}</v></c>')))
        self.assertEqual([], self.starts(raw(f'<c r="D2" s="{DAY}"><v>40302</v></c>')))

    def test_strict_files_with_other_addresses_are_read(self):
        book = Book("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
        book.sheet("people", [PEOPLE[0], [*PEOPLE[1][:3], raw('<c r="D2" s="1" t="d"><v>2010-05-04T00:00:00</v></c>')], PEOPLE[2]])
        book.sheet("ratings", RATINGS).write(self.batch / "a.xlsx")
        self.assertEqual("", self.run_batch())
        self.assertEqual(SCORES, self.scores())

    def test_prefixed_names_are_read(self):
        path = self.book()
        parts = {name: zipfile.ZipFile(path).read(name).decode() for name in zipfile.ZipFile(path).namelist()}
        sheet = parts["xl/worksheets/sheet2.xml"]
        for name in ("worksheet", "sheetData", "row", "c", "is", "t", "v"):
            for before, after in ((f"<{name} ", f"<x:{name} "), (f"<{name}>", f"<x:{name}>"), (f"</{name}>", f"</x:{name}>")):
                sheet = sheet.replace(before, after)
        parts["xl/worksheets/sheet2.xml"] = sheet.replace(f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"')
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        self.run_batch()
        self.assertEqual(SCORES, self.scores())


class Refused(Reading):
    def refused(self, content, name="ratings.xlsx"):
        """What is said of a file of these bytes beside a good workbook."""
        self.book()
        (self.batch / name).write_bytes(content)
        found = [p for p in self.problems() if p["severity"] == "error"]
        self.assertEqual(1, len(found), found)
        return found[0]["id"]

    def archive(self, **parts):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return out.getvalue()

    def packed(self, book):
        return book.write(self.path / "packed.xlsx").read_bytes()

    def test_old_and_locked_workbooks_are_told_apart(self):
        compound = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(504)
        directory = lambda name: name.encode("utf-16le").ljust(64, b"\0") + struct.pack("<H", 2 * len(name) + 2) + bytes(62)
        self.assertEqual("input.workbook_old", self.refused(compound + directory("Root Entry") + directory("Workbook")))
        self.assertEqual("input.workbook_locked", self.refused(compound + directory("EncryptionInfo") + directory("EncryptedPackage")))
        self.assertEqual("input.workbook_document", self.refused(compound + directory("WordDocument")))

    def test_other_kinds_of_files_are_named(self):
        ods = self.archive(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<a/>"})
        self.assertEqual("input.workbook_opendocument", self.refused(ods))
        self.assertEqual("input.workbook_document", self.refused(self.archive(**{"word/document.xml": "<a/>"})))
        self.assertEqual("input.workbook_binary", self.refused(self.archive(**{"xl/workbook.bin": "x"})))
        self.assertEqual("input.workbook_unknown", self.refused(self.archive(readme="x")))
        self.assertEqual("input.workbook_unknown", self.refused(b"subject,rater\n"))
        self.assertEqual("input.workbook_no_bytes", self.refused(b""))

    def test_macro_workbooks_are_read(self):
        self.book("batch.xlsm")
        self.run_batch()
        self.assertEqual(SCORES, self.scores())

    def test_cut_archives_are_damaged(self):
        whole = self.packed(Book().sheet("ratings", RATINGS))
        for length in (2, 30, len(whole) // 2, len(whole) - 10):
            self.assertEqual("input.workbook_damaged", self.refused(whole[:length]))

    def test_a_wrong_checksum_is_damaged(self):
        book = Book().sheet("ratings", RATINGS[:1] + [["1001", "q", "peer", 7, 7, 7, 42, 7]])
        stored = bytearray(book.write(self.path / "s.xlsx", zipfile.ZIP_STORED).read_bytes())
        at = bytes(stored).index(b"<v>42</v>")
        stored[at + 3:at + 5] = b"43"
        self.assertEqual("input.workbook_damaged", self.refused(bytes(stored)))

    def test_damaged_xml_is_damaged(self):
        ballot = '<row r="1"><c r="A1"><v>1</v>'
        self.assertEqual("input.workbook_damaged", self.refused(self.packed(Book().sheet("ratings", ballot))))
        for wrong in ('<row r="2"/><row r="1"/>', '<row r="1"><c r="B1"/><c r="A1"/></row>', '<row r="1"><c r="A2"/></row>',
                      '<row r="1"><c r="XFE1"/></row>', '<row r="1048577"/>', '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'):
            self.assertEqual("input.workbook_damaged", self.refused(self.packed(Book().sheet("ratings", wrong))), wrong)

    def test_entities_are_refused(self):
        bomb = ('<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
                f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>')
        book = Book().sheet("ratings", "")
        book.more["xl/worksheets/sheet1.xml"] = bomb
        self.assertEqual("input.workbook_forbidden", self.refused(self.packed(book)))
        book.more["xl/worksheets/sheet1.xml"] = bomb.replace('[<!ENTITY a "ha"><!ENTITY b "&a;&a;">]', 'SYSTEM "file:///etc/passwd"')
        self.assertEqual("input.workbook_forbidden", self.refused(self.packed(book)))

    def test_bombs_are_refused(self):
        book = Book().sheet("ratings", '<row r="1"><c r="A1"><v>1</v></c></row>' + " " * (300 << 20))
        self.assertEqual("input.workbook_too_large", self.refused(self.packed(book)))
        wide = rows(RATINGS) + "".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(6, 20001))
        self.batch.joinpath("ratings.xlsx").write_bytes(self.packed(Book().sheet("people", PEOPLE).sheet("ratings", wide)))
        self.assertIn("input.workbook_too_large", [e[0] for e in self.errors(self.batch / "ratings.xlsx")])
        self.batch.joinpath("ratings.xlsx").unlink()
        many = self.archive(**{f"a{i}": "" for i in range(10001)})
        self.assertEqual("input.workbook_too_large", self.refused(many))

    def test_a_tag_without_end_is_refused_before_it_is_read_over_and_over(self):
        for endless in ('<row r="1" x="' + "a" * (8 << 20) + '"/>', "<!--" + "a" * (8 << 20) + "-->"):
            self.assertEqual("input.workbook_too_large", self.refused(self.packed(Book().sheet("ratings", endless))))

    def test_docprops_are_never_looked_at(self):
        book = Book().sheet("people", PEOPLE).sheet("ratings", RATINGS)
        book.more["docProps/core.xml"] = "<this is no XML"
        book.write(self.batch / "a.xlsx")
        self.run_batch()
        self.assertEqual(SCORES, self.scores())


class Templates(Reading):
    def template(self, **about):
        book = Book().sheet("people", PEOPLE).sheet("ratings", RATINGS).sheet("填写说明", [["填写本表"]])
        lines = {"template": "assess-template/1", "scheme": "bureau", "period": "2026", "sheets": 2, **about}
        return book.sheet("_assess", [[k, v] for k, v in lines.items()], state="veryHidden").write(self.batch / "a.xlsx")

    def test_a_template_of_this_scheme_is_read_without_a_word(self):
        self.template()
        self.assertEqual("", self.run_batch())

    def test_another_scheme_period_or_kind_of_template_is_an_error(self):
        for key, value, said in (("scheme", "public-review", "input.workbook_other_scheme"), ("period", "2025", "input.workbook_other_period"),
                                 ("template", "assess-template/2", "input.workbook_other_template"), ("sheets", 3, "input.workbook_sheet_missing")):
            self.template(**{key: value})
            self.assertIn(said, [e[0] for e in self.errors()])

    def test_other_rules_are_a_notice_that_names_both(self):
        self.template(rules="0123456789abcdef" * 4)
        said = [p for p in self.problems() if p["severity"] == "notice"]
        self.assertEqual(["input.workbook_other_rules"], [p["id"] for p in said])
        self.assertIn("0123456789ab…", said[0]["en"])


class Libraries(Reading):
    """What other programs write."""

    def test_openpyxl(self):
        try:
            import openpyxl
        except ImportError:
            sys.path.append("/usr/lib/python3/dist-packages")
            try:
                import openpyxl
            except ImportError:
                self.skipTest("needs openpyxl")
        book = openpyxl.Workbook()
        book.active.title = "people"
        for row in PEOPLE[:1] + [[*r[:3], datetime.date(2010, 5, 4)] for r in PEOPLE[1:]]:
            book.active.append(row)
        sheet = book.create_sheet("ratings")
        for row in [["评分表"], *RATINGS]:
            sheet.append(row)
        sheet.merge_cells("A1:H1")
        book.save(self.batch / "a.xlsx")
        self.assertEqual("", self.run_batch())
        self.assertEqual(SCORES, self.scores())

    def test_libreoffice(self):
        if not shutil.which("soffice"):
            self.skipTest("needs LibreOffice")
        made = Book().sheet("people", [PEOPLE[0], *[[*row[:3], (datetime.datetime(2010, 5, 4), MONTH)] for row in PEOPLE[1:]]])
        data = [["评分表"], *[list(row) for row in RATINGS]]
        data[2][3] = raw('<c r="D3"><f>4.5*2</f><v>9</v></c>')
        data[3][3] = raw('<c r="D4" s="4"><f>0.3*3</f></c>')
        made.sheet("ratings", data, merges=["A1:H1"]).write(self.path / "made.xlsx")
        subprocess.run(["soffice", f"-env:UserInstallation=file://{self.path}/profile", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML",
                        "--outdir", self.path / "converted", self.path / "made.xlsx"], check=True, capture_output=True)
        found = [(p["row"], p["column"], p["value"]) for p in self.problems(self.path / "converted" / "made.xlsx") if p["severity"] == "error"]
        self.assertEqual([(4, 4, "90%")], found)


if __name__ == "__main__":
    unittest.main()
