"""assess check --marked: a copy of the workbook in which what is wrong is marked, to be corrected there and read again."""
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest
import zipfile

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from support import assess

PEOPLE = [["编号", "姓名", "单位", "到岗日期"], ["1001", "张三", "办公室", "2010-05-04"], ["1002", "李四", "办公室", "2010-05-04"],
          ["1003", "王五", "人事股", "2010-05-04"]]
RATINGS = [["被考评人", "考评人", "角色", "德", "能", "勤", "绩", "廉"]] + [
    [subject, rater, role, 9, 9, 9, 54, 9] for subject in ("1001", "1002", "1003")
    for rater, role in (("甲", "群众"), ("乙", "群众"), ("丙", "领导"))]
EVENTS = [["对象", "类型", "开始", "结束", "分值", "依据"], ["1002", "扣分", "2026-03-04", None, 0.5, "记录7"]]
XLSX = "xlsx:Calc MS Excel 2007 XML"
RED, AMBER = "FFFFC9C7", "FFFFE8A6"


def fill(sheet, rows):
    for row in rows:
        sheet.append(row)


def made():
    """A workbook without a mistake, with everything that a copy must keep."""
    book = openpyxl.Workbook()
    people = book.active
    people.title = "人员"
    fill(people, PEOPLE)
    fill(book.create_sheet("评分"), RATINGS)
    fill(book.create_sheet("事项"), EVENTS)
    about = book.create_sheet("_assess")
    fill(about, [["template", "assess-template/1"], ["scheme", "bureau"], ["period", "2026"]])
    about.sheet_state = "hidden"
    ratings = book["评分"]
    ratings.freeze_panes = "C2"
    ratings.column_dimensions["B"].width = 23
    ratings.auto_filter.ref = "A1:H10"
    check = DataValidation(type="decimal", operator="between", formula1="0", formula2="60")
    check.add("D2:H100")
    ratings.add_data_validation(check)
    for cells in ratings["D2:H10"]:
        for cell in cells:
            cell.number_format = "0.00"
    book.defined_names.append(DefinedName("要点", attr_text="'评分'!$A$1:$H$10"))
    return book


def spoil(book):
    """Five mistakes; returns where each is to be marked."""
    ratings, people, events = book["评分"], book["人员"], book["事项"]
    ratings["D2"] = 11  # of 10
    ratings["D2"].font = Font(bold=True, color="FF0000FF")
    ratings["D2"].comment = Comment("留意此格", "科长")
    ratings["E5"].comment = Comment("已核对", "科长")
    ratings["A4"] = "9999"
    ratings["A4"].fill = PatternFill("solid", fgColor="FF00FF00")
    ratings["E7"] = None
    events["C2"] = "2026-13-40"
    people.merge_cells("C2:C3")
    return {("评分", "D2"), ("评分", "A4"), ("评分", "E7"), ("事项", "C2"), ("人员", "C2")}


def correct(book):
    book["评分"]["D2"] = 9
    book["评分"]["A4"] = "1001"
    book["评分"]["E7"] = 9
    book["事项"]["C2"] = "2026-03-04"
    book["人员"].unmerge_cells("C2:C3")
    book["人员"]["C3"] = "办公室"


def marked_cells(book, colour=RED):
    return {(sheet.title, cell.coordinate) for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.fill.fill_type == "solid" and cell.fill.fgColor.rgb == colour}


class Marked(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.input = self.path / "年终.xlsx"
        self.out = self.path / "marked"
        self.copy = self.out / "年终.xlsx"

    def check(self, *arguments, code=1, command="check", inputs=None, language="zh"):
        done = assess(command, "--rules", "bureau", "--period", "2026", "--lang", language, "--marked", self.out, *arguments,
                      *(inputs or [self.input]))
        self.assertEqual(code, done.returncode, done.stderr.decode())
        return done.stderr.decode() + done.stdout.decode()

    def spoilt(self):
        book = made()
        where = spoil(book)
        book.save(self.input)
        return where

    def convert(self, path, kind, folder):
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{self.path}/profile", "--convert-to", kind, "--outdir",
                        folder, path], capture_output=True, timeout=250, check=True)
        return folder / (path.stem + "." + kind.partition(":")[0])

    def pdf(self, path):
        return self.convert(path, "pdf", self.path).exists()


class Copies(Marked):
    def test_the_wrong_cells_are_marked_and_no_others(self):
        where = self.spoilt()
        self.check()
        self.assertEqual(where, marked_cells(openpyxl.load_workbook(self.copy)))

    def test_a_comment_says_what_is_wrong_and_earlier_comments_stay(self):
        self.spoilt()
        self.check()
        ratings = openpyxl.load_workbook(self.copy)["评分"]
        self.assertIn("留意此格", ratings["D2"].comment.text)
        self.assertRegex(ratings["D2"].comment.text, "错误：.*11")
        self.assertEqual("已核对", ratings["E5"].comment.text)
        self.assertIn("9999", ratings["A4"].comment.text)
        self.assertEqual("assess", ratings["A4"].comment.author)

    def test_comments_are_in_the_language_of_the_screen(self):
        self.spoilt()
        self.check(language="en")
        self.assertRegex(openpyxl.load_workbook(self.copy)["评分"]["A4"].comment.text, "^Error: ")

    def test_everything_else_stays(self):
        self.spoilt()
        self.check()
        before, after = openpyxl.load_workbook(self.input), openpyxl.load_workbook(self.copy)
        self.assertEqual(before.sheetnames + ["问题清单"], after.sheetnames)
        for sheet in before:
            for row in sheet.iter_rows():
                for cell in row:
                    same = after[sheet.title][cell.coordinate]
                    self.assertEqual(cell.value, same.value)
                    self.assertEqual(cell.number_format, same.number_format)
                    self.assertEqual(repr(cell.font), repr(same.font))
            self.assertEqual(sheet.freeze_panes, after[sheet.title].freeze_panes)
            self.assertEqual(sheet.sheet_state, after[sheet.title].sheet_state)
            self.assertEqual(sheet.merged_cells.ranges, after[sheet.title].merged_cells.ranges)
        ratings = after["评分"]
        self.assertEqual("D2:H100", str(ratings.data_validations.dataValidation[0].sqref))
        self.assertEqual((23, "A1:H10"), (ratings.column_dimensions["B"].width, ratings.auto_filter.ref))
        self.assertEqual(["要点"], [name.name for name in after.defined_names.definedName])

    def test_parts_that_do_not_change_are_copied_byte_for_byte(self):
        self.spoilt()
        self.check()
        with zipfile.ZipFile(self.input) as before, zipfile.ZipFile(self.copy) as after:
            self.assertIsNone(after.testzip())
            for name in ("docProps/core.xml", "docProps/app.xml", "xl/theme/theme1.xml", "_rels/.rels",
                         "xl/worksheets/sheet4.xml"):
                self.assertEqual(before.read(name), after.read(name))

    def test_the_original_is_not_touched(self):
        self.spoilt()
        before = self.input.read_bytes()
        self.check()
        self.assertEqual(before, self.input.read_bytes())

    def test_the_list_names_every_problem(self):
        self.spoilt()
        said = self.check()
        rows = list(openpyxl.load_workbook(self.copy)["问题清单"].iter_rows(min_row=3, values_only=True))
        self.assertEqual(int(re.search(r"错误 (\d+) 处", said)[1]) + int(re.search(r"提示 (\d+) 条", said)[1]), len(rows))
        self.assertIn(("错误", "评分", "D2", "德", "11"), [row[:5] for row in rows])

    def test_the_list_is_printed_as_wide_as_the_paper(self):
        self.spoilt()
        self.check()
        sheet = openpyxl.load_workbook(self.copy)["问题清单"]
        self.assertEqual((True, 1, 0, "landscape"), (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth,
                                                     sheet.page_setup.fitToHeight, sheet.page_setup.orientation))

    def test_the_terminal_says_where_the_copies_are(self):
        self.spoilt()
        self.assertIn(str(self.copy), self.check())

    def test_the_copy_corrected_is_read_without_a_word(self):
        self.spoilt()
        self.check()
        book = openpyxl.load_workbook(self.copy)
        correct(book)
        book.save(self.path / "again.xlsx")
        said = self.check(code=0, inputs=[self.path / "again.xlsx"])
        self.assertNotIn("问题清单", said)
        self.assertIn("提示 0 条", said)

    def test_the_copy_reads_exactly_as_the_original(self):
        self.spoilt()
        self.check()
        first = assess("check", "--rules", "bureau", "--period", "2026", "--json", self.input).stdout.decode()
        second = assess("check", "--rules", "bureau", "--period", "2026", "--json", self.copy).stdout.decode()
        self.assertEqual(first, second.replace(str(self.copy), str(self.input)))

    def test_marks_of_an_earlier_copy_go_where_nothing_is_wrong_any_more(self):
        self.spoilt()
        self.check()
        book = openpyxl.load_workbook(self.copy)
        book["评分"]["A4"] = "1001"
        book["事项"]["C2"] = "2026-03-04"
        book.save(self.path / "again.xlsx")
        self.out = self.path / "second"
        self.check(inputs=[self.path / "again.xlsx"])
        second = openpyxl.load_workbook(self.out / "again.xlsx")
        self.assertNotIn(("评分", "A4"), marked_cells(second))
        self.assertNotIn(("事项", "C2"), marked_cells(second))
        self.assertEqual("FF00FF00", second["评分"]["A4"].fill.fgColor.rgb)  # as before the first copy
        self.assertIn(("评分", "D2"), marked_cells(second))
        self.assertIsNone(second["评分"]["A4"].comment)
        self.assertEqual(1, second["评分"]["D2"].comment.text.count("错误"))
        self.assertEqual(1, sum("问题清单" in name for name in second.sheetnames))
        self.assertNotIn("C2", [row[2] for row in second["问题清单"].iter_rows(values_only=True) if row[1] == "事项"])

    def test_notices_are_amber(self):
        book = made()
        book["评分"]["I1"] = "姓名"
        book["评分"]["I2"] = "张三"
        book.save(self.input)
        said = self.check(code=0)
        self.assertIn(str(self.copy), said)
        self.assertEqual({("评分", "I1")}, marked_cells(openpyxl.load_workbook(self.copy), AMBER))

    def test_without_problems_nothing_is_written(self):
        made().save(self.input)
        self.check(code=0)
        self.assertFalse(self.out.exists())

    def test_a_run_writes_copies_when_the_input_is_wrong(self):
        self.spoilt()
        self.check("--out", self.path / "results", command="run")
        self.assertTrue(self.copy.exists())
        self.assertFalse((self.path / "results").exists())

    def test_libreoffice_opens_the_copy(self):
        self.spoilt()
        self.check()
        self.assertTrue(self.pdf(self.copy))

    def test_a_file_of_libreoffice_is_marked_as_well(self):
        book = made()
        where = spoil(book)
        book["人员"]["F1"] = "备注"
        book["人员"]["F2"] = "=1+1"
        (self.path / "source").mkdir()
        book.save(self.path / "source" / "年终.xlsx")
        self.convert(self.path / "source" / "年终.xlsx", XLSX, self.path)
        self.check()
        copy = openpyxl.load_workbook(self.copy)
        self.assertLessEqual(where, marked_cells(copy))
        self.assertEqual("=1+1", copy["人员"]["F2"].value)
        self.assertIn("留意此格", copy["评分"]["D2"].comment.text)
        self.assertRegex(copy["评分"]["D2"].comment.text, "错误：.*11")
        self.assertEqual("hidden", copy["_assess"].sheet_state)
        self.assertTrue(self.pdf(self.copy))

    def test_marks_are_renewed_in_a_copy_that_libreoffice_saved(self):
        self.spoilt()
        self.check()
        book = openpyxl.load_workbook(self.copy)
        book["评分"]["A4"] = "1001"
        book.save(self.path / "again.xlsx")
        (self.path / "saved").mkdir()
        saved = self.convert(self.path / "again.xlsx", XLSX, self.path / "saved")
        self.out = self.path / "second"
        self.check(inputs=[saved])
        second = openpyxl.load_workbook(self.out / "again.xlsx")
        self.assertEqual({("评分", "D2"), ("评分", "E7"), ("事项", "C2"), ("人员", "C2")}, marked_cells(second))
        self.assertEqual("FF00FF00", second["评分"]["A4"].fill.fgColor.rgb)
        self.assertIsNone(second["评分"]["A4"].comment)
        self.assertIn("留意此格", second["评分"]["D2"].comment.text)
        self.assertEqual("已核对", second["评分"]["E5"].comment.text)
        self.assertEqual(1, sum("问题清单" in name for name in second.sheetnames))

    def test_twenty_thousand_mistakes_are_all_listed(self):
        book = made()
        for number in range(20000):
            book["评分"].append([f"x{number}", "甲", "群众", 9, 9, 9, 54, 9])
        book.save(self.input)
        self.check()
        copy = openpyxl.load_workbook(self.copy)
        self.assertEqual(20002, copy["问题清单"].max_row)
        comments = sum(1 for row in copy["评分"].iter_rows() for cell in row if cell.comment)
        self.assertEqual(2000, comments)


class Places(Marked):
    def test_nothing_is_replaced_without_force(self):
        self.spoilt()
        self.check()
        self.copy.write_bytes(b"kept")
        self.check(code=2)
        self.assertEqual(b"kept", self.copy.read_bytes())
        self.check("--force")
        self.assertTrue(zipfile.is_zipfile(self.copy))

    def test_copies_never_go_among_the_inputs(self):
        self.spoilt()
        before = self.input.read_bytes()
        self.out = self.path
        self.check("--force", code=2)
        self.check("--force", code=2, inputs=[self.path])
        self.assertEqual(before, self.input.read_bytes())

    def test_files_of_one_name_get_copies_of_their_own(self):
        self.spoilt()
        other = self.path / "b" / "年终.xlsx"
        other.parent.mkdir()
        shutil.copy(self.input, other)
        self.check(inputs=[self.input, other])
        self.assertEqual(["年终 (2).xlsx", "年终.xlsx"], sorted(path.name for path in self.out.iterdir()))

    def test_a_csv_file_gets_a_list(self):
        tables = self.path / "in"
        tables.mkdir()
        (tables / "people.csv").write_text("id,name,unit\n1001,张三,办公室\n", "utf-8")
        (tables / "ratings.csv").write_text("subject,rater,role,virtue,ability,diligence,performance,integrity\n"
                                            "=1+1,a,peer,9,9,9,54,9\n1001,a,peer,11,9,9,54,9\n", "utf-8")
        self.check(inputs=[tables], language="en")
        raw = (self.out / "ratings.problems.csv").read_bytes()
        self.assertTrue(raw.startswith(b"\xef\xbb\xbfKind,Row,Column,Header,Value,"))
        lines = raw.decode("utf-8-sig").split("\r\n")
        self.assertTrue(lines[1].startswith("error,2,1,subject,'=1+1,"), lines[1])
        self.assertTrue(lines[2].startswith("error,3,4,virtue,11,"), lines[2])

    def test_lists_of_problems_are_no_tables(self):
        tables = self.path / "in"
        tables.mkdir()
        (tables / "people.csv").write_text("id,name,unit\n1001,张三,办公室\n", "utf-8")
        (tables / "ratings.csv").write_text("subject,rater,role,virtue,ability,diligence,performance,integrity\n"
                                            "1001,a,peer,9,9,9,54,9\n", "utf-8")
        (tables / "ratings.problems.csv").write_text("Kind,Row\nerror,2\n", "utf-8")
        self.assertNotIn("problems", self.check(code=0, inputs=[tables]))


class Variants(Marked):
    """Parts as other programs write them: the same workbook, its XML said otherwise."""

    def rewritten(self, change):
        self.spoilt()
        with zipfile.ZipFile(self.input) as old:
            parts = {name: old.read(name) for name in old.namelist()}
        with zipfile.ZipFile(self.input, "w", zipfile.ZIP_DEFLATED) as new:
            for name, content in parts.items():
                new.writestr(name, change(name, content))
        self.check()
        return openpyxl.load_workbook(self.copy)

    def test_elements_with_a_prefix(self):
        def change(name, content):
            if not (name.startswith("xl/worksheets/sheet") or name == "xl/styles.xml"):
                return content
            text = content.decode()
            text = re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", text).replace("xmlns=", "xmlns:x=", 1)
            return text.replace("<x:?xml", "<?xml").encode()
        book = self.rewritten(change)
        self.assertLessEqual({("评分", "D2"), ("评分", "A4"), ("事项", "C2"), ("人员", "C2")}, marked_cells(book))
        self.assertIn("9999", book["评分"]["A4"].comment.text)

    def test_cells_and_rows_that_are_not_there(self):
        def change(name, content):
            return re.sub(rb'<c r="E7"[^>]*/>', b"", content) if name == "xl/worksheets/sheet2.xml" else content
        book = self.rewritten(change)
        self.assertIn(("评分", "E7"), marked_cells(book))
        self.assertEqual("0.00", book["评分"]["E8"].number_format)


if __name__ == "__main__":
    unittest.main()
