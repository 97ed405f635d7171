"""assess template: the workbook that is filled in, as openpyxl and LibreOffice meet it, and what comes back from it."""
import collections
import csv
import importlib.util
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import warnings

if not importlib.util.find_spec("openpyxl") and sys.executable != "/usr/bin/python3" and os.path.exists("/usr/bin/python3"):
    os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])    # a distribution's own Python has the distribution's openpyxl

from support import RULES, SOURCE, assess, run_batch

try:
    import openpyxl
except ModuleNotFoundError:
    openpyxl = None

EXAMPLES = SOURCE / "examples"
SOFFICE = shutil.which("soffice")
SCHEMES = sorted(p.stem for p in RULES.glob("*.lua") if not p.name.endswith((".cases.lua", ".d.lua")))
WHOLE = [s for s in SCHEMES if s != "dereliction-veto"]   # a part of others, no scheme
# the columns of the contract: a Chinese template has the first header of each
HEADERS = {"id": "编号", "工号": "编号", "name": "姓名", "名称": "姓名", "unit": "单位", "category": "类别", "post": "职务", "start": "到岗日期",
           "subject": "被考评人", "rater": "考评人", "role": "角色", "备注": "说明"}
ROLES = {"self": "本人", "peer": "群众", "leader": "领导", "committee": "考评组", "public": "社会"}
TABLES = {"people": "人员", "ratings": "评分", "events": "事项", "measures": "指标", "history": "历年"}


def without_office():
    return b"without libassess-office" in assess("template", "--rules", "bureau", "--lang", "en", "--out", "/dev/null/none").stderr


def template(path, *arguments, scheme="bureau", period="2026", lang="zh"):
    done = assess("template", "--rules", scheme, "--period", period, "--lang", lang, "--out", path, *arguments)
    if done.returncode != 0:
        raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
    return path


def load(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(path)


def headers(sheet):
    return [cell.value for cell in sheet[1]]


def checks(sheet):
    """Header -> the one check of its column."""
    by_column = {}
    for check in sheet.data_validations.dataValidation:
        (area,) = check.sqref.ranges
        if area.min_col != area.max_col:
            raise AssertionError(f"{sheet.title}: {area} is more than one column")
        by_column[headers(sheet)[area.min_col - 1]] = (check, area)
    return by_column


def words_of(book, check):
    """What a drop-down offers."""
    name, first, last = re.fullmatch(r"'(.+)'!\$([A-Z]+\$\d+):\$([A-Z]+\$\d+)", check.formula1).groups()
    return [row[0].value for row in book[name][first.replace("$", "") + ":" + last.replace("$", "")]]


def look_of(sheet, header):
    return sheet.cell(1, headers(sheet).index(header) + 1)


def read_csv(path):
    content = path.read_bytes()
    try:
        return list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    except UnicodeDecodeError:
        return list(csv.DictReader(content.decode("gb18030").splitlines()))


def as_typed(value):
    """A person types 48.5 into a cell for numbers, and a spreadsheet keeps it as a number."""
    return float(value) if re.fullmatch(r"\d+\.\d+", value) else int(value) if re.fullmatch(r"[1-9]\d{0,8}|0", value) else value


class Filler:
    """Fills in a template with the rows of CSV files, as a person would."""

    def __init__(self, path):
        self.book = load(path)
        self.next = collections.Counter()
        self.texts = {h for sheet in self.book for h in headers(sheet) if h in
                      ("编号", "被考评人", "考评人", "对象", "年度", "连带责任人", "责任人", "单位")}

    def add(self, sheet, row):
        heads = headers(sheet)
        unknown = [h for h, v in row.items() if v and h not in heads and h not in ("序号",)]
        for h in unknown:                      # people may have columns that the scheme does not read
            if sheet.title != "人员":
                raise AssertionError(f"{sheet.title} has no column {h}: {heads}")
            heads.append(h)
            sheet.cell(1, len(heads), h)
        self.next[sheet.title] += 1
        for column, header in enumerate(heads, 1):
            value = row.get(header)
            if value:
                sheet.cell(self.next[sheet.title] + 1, column, value if header in self.texts else as_typed(value))

    def ballots(self, rows):
        """Ballots in the wide form, whatever form the file has."""
        if rows and "item" not in rows[0] and "项目" not in rows[0]:
            return rows
        wide = {}
        for row in rows:
            row = {"item": "项目", "value": "分值"} and {({"item": "项目", "value": "分值"}).get(k, k): v for k, v in row.items()}
            ballot = wide.setdefault((row["被考评人"], row["考评人"], row["角色"]),
                                     {"被考评人": row["被考评人"], "考评人": row["考评人"], "角色": row["角色"]})
            ballot[self.item(row["项目"])] = row["分值"]
        return list(wide.values())

    def item(self, name):
        return {"opinion": "评议意见"}.get(name, name)

    def file(self, path):
        table = TABLES.get(re.match(r"[a-z]+|..", path.stem)[0], path.stem[:2])
        rows = [{HEADERS.get(h, h): v for h, v in row.items()} for row in read_csv(path)]
        if table == "评分":
            for row in self.ballots(rows):
                row["角色"] = ROLES.get(row["角色"], row["角色"])
                self.add(self.book["评分-" + row["角色"]], row)
            return
        for row in rows:
            if "对象" in headers(self.book[table]):
                row = {"对象" if h == "被考评人" else h: v for h, v in row.items()}
            self.add(self.book[table], row)


def fill(path, folder):
    filler = Filler(path)
    for file in sorted(folder.glob("*.csv")):
        filler.file(file)
    filler.book.save(path)


@unittest.skipIf(openpyxl is None or without_office(), "needs openpyxl and libassess-office")
class Case(unittest.TestCase):
    def setUp(self):
        keep = tempfile.TemporaryDirectory()
        self.addCleanup(keep.cleanup)
        self.folder = pathlib.Path(keep.name)


class RoundTrip(Case):
    """Filled in with the rows of an example, a template gives the results of the example."""

    def same(self, scheme, example, period="2026", arguments=()):
        inputs = self.folder / "inputs"
        inputs.mkdir()
        fill(template(inputs / "填报表.xlsx", *arguments, scheme=scheme, period=period), EXAMPLES / example)
        checked = assess("check", "--rules", scheme, "--period", period, *arguments, "--lang", "en", inputs)
        self.assertEqual(checked.returncode, 0, checked.stderr.decode())
        self.assertEqual(run_batch(inputs, scheme, period, arguments).decode(), run_batch(EXAMPLES / example, scheme, period, arguments).decode())

    def test_ballots_and_events_of_the_year_end(self):
        self.same("bureau", "year-end")

    def test_options(self):
        self.same("democratic-review", "democratic-review")

    def test_measures_events_and_roles_of_several_offices(self):
        self.same("five-star", "five-star")

    def test_measures_alone(self):
        self.same("service-metrics", "service-metrics")

    def test_history(self):
        self.same("disclosure-cycle", "disclosure-cycle", arguments=("--set", "seed=2027"))

    def test_attributes_and_anonymous_ballots(self):
        self.same("unit-target", "unit-target")

    def test_people_and_units_in_one_table(self):
        self.same("efficiency-storm", "efficiency-storm")

    def test_times_to_the_minute(self):
        self.same("attendance", "attendance", period="2026-03")

    def test_days_and_words(self):
        self.same("time-limits", "time-limits", period="2026-02")

    def test_days_of_matters(self):
        self.same("openness-matters", "openness-matters")

    def test_an_english_template(self):
        path = template(self.folder / "filled.xlsx", lang="en")
        book = load(path)
        english = {v: k for k, v in [("id", "编号"), ("name", "姓名"), ("unit", "单位"), ("category", "类别"), ("post", "职务"), ("start", "到岗日期")]}
        heads = headers(book["people"])
        people = read_csv(EXAMPLES / "year-end" / "人员.csv")
        for number, row in enumerate(people, 2):
            for header, value in row.items():
                if header in english:
                    book["people"].cell(number, heads.index(english[header]) + 1, value)
        for role, points in (("peer", (8, 8, 8, 50, 8)), ("leader", (9, 9, 9, 55, 9))):
            sheet = book["ratings-" + role]
            self.assertEqual(headers(sheet), ["subject", "rater", "role", "Virtue", "Ability", "Diligence", "Performance", "Integrity"])
            label = {"peer": "colleagues", "leader": "leader"}[role]
            for number, row in enumerate(people, 2):
                for column, value in enumerate((row["编号"], None, label, *points), 1):
                    sheet.cell(number, column, value)
        book.save(path)
        results = run_batch(path).decode("utf-8-sig").splitlines()
        # 0.4 x 82 + 0.6 x 91 = 87.4
        self.assertTrue(any(line.startswith("1101,萧春燕,办公室,assessed,87.40,competent") for line in results), results[:3])


class Content(Case):
    def year_end(self, **options):
        return template(self.folder / "t.xlsx", "--people", EXAMPLES / "year-end" / "人员.csv", **options)

    def test_sheets_are_the_tables_that_the_scheme_reads(self):
        book = load(template(self.folder / "t.xlsx"))
        self.assertEqual(book.sheetnames, ["填写说明", "人员", "评分-群众", "评分-领导", "事项", "决定", "考评人", "字典", "_assess"])
        book = load(template(self.folder / "history.xlsx", scheme="disclosure-cycle"))
        self.assertIn("历年", book.sheetnames)
        book = load(template(self.folder / "measures.xlsx", scheme="service-metrics"))
        self.assertEqual(book.sheetnames, ["填写说明", "人员", "指标", "字典", "_assess"])

    def test_instructions_come_first_and_the_hidden_sheets_are_hidden(self):
        book = load(self.year_end())
        self.assertEqual(book.active.title, "填写说明")
        self.assertEqual([s.title for s in book if s.sheet_state == "hidden"], ["字典", "_assess"])

    def test_it_says_what_it_was_made_for(self):
        about = {row[0].value: row[1].value for row in load(self.year_end())["_assess"].iter_rows()}
        digest = about.pop("rules")
        self.assertEqual(about, {"template": "assess-template/1", "scheme": "bureau", "period": "2026", "sheets": "6"})
        # the same hash as in the description of the scheme: the template is for these rules
        described = assess("rules", "show", "bureau", "--json").stdout.decode()
        self.assertIn(digest, described)

    def test_another_period_is_refused(self):
        path = self.year_end()
        done = assess("check", "--rules", "bureau", "--period", "2025", "--lang", "en", path)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"2026", done.stderr)

    def test_people_stand_there(self):
        sheet = load(self.year_end())["人员"]
        people = read_csv(EXAMPLES / "year-end" / "人员.csv")
        self.assertEqual(sheet.max_row, len(people) + 1)
        self.assertEqual(headers(sheet)[:6], ["编号", "姓名", "单位", "类别", "职务", "到岗日期"])
        for row, person in zip(sheet.iter_rows(min_row=2, values_only=True), people):
            self.assertEqual(row[:5], tuple(person[h] for h in ("编号", "姓名", "单位", "类别", "职务")))
            # the file writes some days as 2008/1/1
            self.assertEqual(row[5].strftime("%Y-%m-%d") if row[5] else "", "-".join(f"{int(n):02}" for n in re.findall(r"\d+", person["到岗日期"])))

    def test_every_measure_of_everybody_has_a_row(self):
        path = template(self.folder / "t.xlsx", "--people", EXAMPLES / "five-star" / "人员.csv", scheme="five-star")
        book = load(path)
        units = [r["编号"] for r in read_csv(EXAMPLES / "five-star" / "人员.csv")]
        offered = words_of(book, checks(book["指标"])["指标"][0])
        self.assertGreater(len(offered), 1)
        self.assertEqual([(r[0], r[1]) for r in book["指标"].iter_rows(min_row=2, values_only=True)],
                         [(unit, measure) for unit in units for measure in offered])

    def test_roles_that_do_not_count_have_no_sheet(self):
        self.assertNotIn("评分-本人", load(self.year_end()).sheetnames)

    def test_checks_of_the_ratings(self):
        book = load(self.year_end())
        found = checks(book["评分-领导"])
        self.assertEqual(list(found), ["被考评人", "考评人", "角色", "德", "能", "勤", "绩", "廉"])
        for header, points in (("德", "10"), ("绩", "60")):     # the points of the scheme bureau in the contract
            check, area = found[header]
            self.assertEqual((check.type, check.formula1, check.formula2), ("decimal", "0", points))
            self.assertEqual(check.errorStyle or "stop", "stop")
            self.assertTrue(check.showErrorMessage and check.showInputMessage and check.allow_blank)
            self.assertIn(f"0 至 {points}", check.error)
            self.assertEqual((area.min_row, area.max_row), (2, 20001))
        self.assertEqual(words_of(book, found["角色"][0]), ["领导"])
        subjects = found["被考评人"][0]
        self.assertEqual(subjects.type, "list")
        self.assertEqual(subjects.formula1, "OFFSET('人员'!$A$2,0,0,MAX(1,COUNTA('人员'!$A$2:$A$20001)),1)")

    def test_drop_downs_take_their_words_from_the_hidden_sheet(self):
        book = load(self.year_end())
        kinds = words_of(book, checks(book["事项"])["类型"][0])
        # the kinds of the contract, in the order of the rule file
        self.assertEqual(sorted(kinds), sorted(["扣分", "漏扣分", "搞平衡", "擅自离岗", "病假", "事假", "自行学习", "一票否决"]))
        self.assertEqual(words_of(book, checks(book["决定"])["等次"][0]), ["优秀", "称职", "基本称职", "不称职"])
        for sheet in book:
            for check in sheet.data_validations.dataValidation:
                if check.type == "list":
                    self.assertRegex(check.formula1, r"^('字典'!|OFFSET\('人员'!)")

    def test_dates_and_texts_are_checked(self):
        book = load(self.year_end())
        start = checks(book["人员"])["到岗日期"][0]
        self.assertEqual((start.type, start.operator or "between"), ("date", "between"))
        number = checks(book["人员"])["编号"][0]
        self.assertEqual((number.type, number.formula1, number.formula2), ("textLength", "1", "100"))
        points = checks(book["事项"])["分值"][0]
        self.assertEqual((points.type, points.operator, points.formula1), ("decimal", "greaterThanOrEqual", "0"))

    def test_words_of_attributes_are_a_list(self):
        book = load(template(self.folder / "t.xlsx", scheme="unit-target"))
        check = checks(book["人员"])["类别"][0]
        self.assertEqual(words_of(book, check), ["区属部门和两院", "区垂直管理单位", "乡镇办"])    # rules/unit-target.lua, clause 三
        duties = checks(book["人员"])["履职尽责"][0]
        self.assertEqual((duties.formula1, duties.formula2), ("0", "20"))

    def test_ids_are_text_and_dates_are_dates(self):
        book = load(self.year_end())
        self.assertEqual(book["人员"]["A2"].number_format, "@")
        self.assertEqual(book["人员"]["F2"].number_format, "yyyy-mm-dd")
        for title, column in (("人员", "A"), ("评分-群众", "A"), ("评分-群众", "B"), ("事项", "A")):
            width = book[title].column_dimensions[column]
            self.assertEqual(width.number_format, "@", f"{title} {column}")
        self.assertEqual(book["事项"].column_dimensions["C"].number_format, "yyyy-mm-dd")

    def test_headers_are_locked_and_the_cells_below_are_not(self):
        book = load(self.year_end())
        for title in ("人员", "评分-群众", "事项", "决定", "考评人"):
            sheet = book[title]
            self.assertTrue(sheet.protection.sheet, title)
            self.assertIsNone(sheet.protection.password)
            for allowed in ("sort", "autoFilter", "insertRows", "deleteRows", "formatColumns"):
                self.assertFalse(getattr(sheet.protection, allowed), f"{title}: {allowed} is locked")
            for column in range(1, len(headers(sheet)) + 1):
                self.assertTrue(sheet.cell(1, column).protection.locked, title)
                letter = openpyxl.utils.get_column_letter(column)
                self.assertFalse(sheet.column_dimensions[letter].protection.locked, f"{title} {letter}")
        self.assertFalse(book["人员"]["B2"].protection.locked)

    def test_headers_stay_in_view_are_filtered_and_say_what_goes_there(self):
        book = load(self.year_end())
        sheet = book["人员"]
        self.assertEqual(sheet.freeze_panes, "C2")
        self.assertEqual(book["评分-群众"].freeze_panes, "D2")
        self.assertTrue(sheet.auto_filter.ref.startswith("A1:"))
        note = look_of(sheet, "编号").comment.text
        self.assertTrue(note.startswith("id（必填）"), note)
        for title in ("人员", "评分-群众", "事项", "决定", "考评人"):
            for cell in book[title][1]:
                self.assertIsNotNone(cell.comment, f"{title}: {cell.value}")

    def test_required_columns_have_another_colour(self):
        sheet = load(self.year_end())["人员"]
        required, optional = look_of(sheet, "编号").fill.fgColor.rgb, look_of(sheet, "职务").fill.fgColor.rgb
        self.assertNotEqual(required, optional)
        self.assertEqual(look_of(sheet, "姓名").fill.fgColor.rgb, required)

    def test_items_that_a_role_does_not_rate_stay_empty(self):
        sheet = load(template(self.folder / "t.xlsx", scheme="five-star"))["评分-爱卫办"]
        # rules/five-star.lua: the health office rates hygiene, the publicity office study
        self.assertIn("不用填", look_of(sheet, "学习内容丰富").comment.text)
        self.assertIn("必填", look_of(sheet, "大厅走廊楼梯").comment.text)
        self.assertLess(headers(sheet).index("大厅走廊楼梯"), headers(sheet).index("学习内容丰富"))

    def test_a_role_has_the_items_that_it_judges_and_no_others(self):
        nurses = SOURCE / "tests/rules/valid/nurses.lua"
        path = template(self.folder / "t.xlsx", scheme=nurses)
        book = load(path)
        judged = {"护士长": ["医德医风", "操作技能"], "同组护士": ["医德医风", "团队协作"], "患者": ["服务态度"]}
        self.assertEqual({role: headers(book["评分-" + role])[3:] for role in judged}, judged)
        book["人员"].append(["1", "甲"])
        marks = {"护士长": [("良", 90)], "同组护士": [("优", "优"), ("良", "良"), ("良", "良")], "患者": [("满意",)] * 5}
        for role, ballots in marks.items():
            sheet = book["评分-" + role]
            for number, ballot in enumerate(ballots, 2):
                for column, value in enumerate(("1", None, role, *ballot), 1):
                    sheet.cell(number, column, value)
        book.save(path)
        results = run_batch(path, nurses).decode("utf-8-sig").splitlines()
        # 0.3 x 90 + 0.3 x (95 + 85 + 85) / 3 + 0.2 x 100 = 73.5, without a ward: / 0.8 = 91.875
        self.assertTrue(results[1].startswith("1,甲,,assessed,91.88,good"), results)

    def test_the_same_call_gives_the_same_bytes(self):
        first = self.year_end().read_bytes()
        second = template(self.folder / "again.xlsx", "--people", EXAMPLES / "year-end" / "人员.csv")
        self.assertEqual(first, second.read_bytes())

    def test_a_text_that_looks_like_a_formula_is_a_text(self):
        people = self.folder / "people.csv"
        people.write_text('id,name\n7,"=1+1"\n', "utf-8")
        cell = load(template(self.folder / "t.xlsx", "--people", people))["人员"]["B2"]
        self.assertEqual((cell.data_type, cell.value), ("s", "=1+1"))


class EveryScheme(Case):
    """Of every scheme, in both languages: it opens, and the reader knows each of its sheets and columns."""

    def test_blank_templates_lack_rows_and_nothing_else(self):
        for scheme in WHOLE:
            for lang in ("zh", "en"):
                with self.subTest(scheme=scheme, lang=lang):
                    path = template(self.folder / f"{scheme}-{lang}.xlsx", scheme=scheme, lang=lang)
                    load(path)
                    done = assess("check", "--rules", scheme, "--period", "2026", "--json", path)
                    ids = set(re.findall(r'"id":\s*"(input\.[a-z_.]+|workbook\.[a-z_.]+)"', done.stdout.decode()))
                    self.assertLessEqual(ids, {"input.table_without_rows", "input.history_missing", "input.workbook_only_header"})
                    self.assertIn("input.table_without_rows", ids)

    def test_sheets_that_nothing_needs_may_stay_empty_in_silence(self):
        # bureau needs people and ballots; events, decisions and raters may be none
        path = template(self.folder / "t.xlsx", "--people", EXAMPLES / "year-end" / "人员.csv")
        done = assess("check", "--rules", "bureau", "--period", "2026", "--lang", "zh", path).stderr.decode()
        self.assertEqual(["评分-群众", "评分-领导"], re.findall(r"\[([^]]+)\]：提示：工作表只有表头", done), done)

    @unittest.skipUnless(SOFFICE, "needs LibreOffice")
    def test_libreoffice_opens_them(self):
        paths = [template(self.folder / f"{s}-{lang}.xlsx", scheme=s, lang=lang)
                 for s, lang in (("bureau", "zh"), ("five-star", "zh"), ("efficiency-storm", "en"))]
        done = subprocess.run([SOFFICE, "--headless", f"-env:UserInstallation=file://{self.folder}/profile", "--convert-to", "pdf",
                               "--outdir", self.folder, *paths], capture_output=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        for path in paths:
            self.assertGreater(path.with_suffix(".pdf").stat().st_size, 10000)


class PerRater(Case):
    RATERS = "考评人,角色,被考评人,单位,姓名\nL/1,领导,,,李局长\n1101,群众,,办公室,萧春燕\n1102,群众,1101,,\nl/1,领导,1102,,\n"

    def make(self, *arguments, raters=RATERS):
        table = self.folder / "考评人.csv"
        table.write_text(raters, "utf-8")
        return assess("template", "--rules", "bureau", "--period", "2026", "--lang", "zh", "--people", EXAMPLES / "year-end" / "人员.csv",
                      "--raters", table, "--per-rater", "--out", f"{self.folder}/out/", *arguments)

    def test_every_rater_has_a_workbook_with_those_to_be_rated(self):
        self.assertEqual(self.make().returncode, 0)
        files = sorted(p.name for p in (self.folder / "out").iterdir())
        self.assertEqual(files[:2], ["评分-1101.xlsx", "评分-1102.xlsx"])
        self.assertEqual(len(files), 4)                       # L/1 and l/1 are two raters
        people = read_csv(EXAMPLES / "year-end" / "人员.csv")
        sheet = load(self.folder / "out" / "评分-1101.xlsx")["评分-群众"]
        office = [p["编号"] for p in people if p["单位"] == "办公室" and p["编号"] != "1101"]     # nobody rates himself
        self.assertEqual([row[0] for row in sheet.iter_rows(min_row=2, values_only=True)], office)
        self.assertEqual(headers(sheet), ["被考评人", "姓名（供核对）", "单位（供核对）", "德", "能", "勤", "绩", "廉", "角色", "考评人"])
        self.assertEqual([c.value for c in sheet[2]], ["1102", "梁涛", "办公室", *[None] * 5, "群众", "1101"])

    def test_only_values_can_be_filled_in(self):
        self.make()
        sheet = load(self.folder / "out" / "评分-1101.xlsx")["评分-群众"]
        self.assertTrue(sheet.protection.sheet and sheet.protection.insertRows)
        locked = {h: sheet.column_dimensions[openpyxl.utils.get_column_letter(i)].protection.locked for i, h in enumerate(headers(sheet), 1)}
        self.assertEqual({h for h in locked if not locked[h]}, {"德", "能", "勤", "绩", "廉"})
        self.assertEqual(set(checks(sheet)), {"德", "能", "勤", "绩", "廉"})

    def test_what_comes_back_is_read_without_a_word(self):
        self.make()
        for path in (self.folder / "out").iterdir():
            book = load(path)
            for sheet in book:
                if sheet.title.startswith("评分"):
                    for row in sheet.iter_rows(min_row=2, min_col=4, max_col=8):
                        for cell, value in zip(row, (8, 8.5, 9, 50, 9)):
                            cell.value = value
            book.save(path)
        shutil.copy(EXAMPLES / "year-end" / "人员.csv", self.folder / "out")
        done = assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", self.folder / "out")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertEqual(done.stderr, b"")
        self.assertIn(b"ballots: 197", done.stdout)            # 180 of L/1, 15 of 1101, one each of 1102 and l/1

    def test_a_folder_that_exists_is_left_alone_without_force(self):
        self.assertEqual(self.make().returncode, 0)
        before = {p: p.read_bytes() for p in (self.folder / "out").iterdir()}
        done = self.make()
        self.assertEqual(done.returncode, 2)
        self.assertEqual({p: p.read_bytes() for p in (self.folder / "out").iterdir()}, before)
        self.assertEqual(self.make("--force").returncode, 0)

    def test_nobody_asked_is_an_error(self):
        done = self.make(raters="考评人,角色\n")
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse((self.folder / "out").exists())


class Calls(Case):
    def call(self, *arguments):
        return assess("template", "--rules", "bureau", "--lang", "en", *arguments)

    def test_a_pipe_or_a_folder_is_never_replaced(self):
        pipe, folder = self.folder / "pipe.xlsx", self.folder / "folder.xlsx"
        os.mkfifo(pipe)
        folder.mkdir()
        for path in (pipe, folder):
            self.assertEqual(self.call("--out", path, "--force").returncode, 2)
        self.assertTrue(pipe.is_fifo() and folder.is_dir())

    def test_an_existing_file_is_left_alone_without_force(self):
        path = self.folder / "t.xlsx"
        path.write_bytes(b"mine")
        done = self.call("--out", path)
        self.assertEqual((done.returncode, path.read_bytes()), (2, b"mine"))
        self.assertEqual(self.call("--out", path, "--force").returncode, 0)
        self.assertEqual(path.read_bytes()[:2], b"PK")

    def test_people_need_a_period(self):
        done = self.call("--people", EXAMPLES / "year-end" / "人员.csv", "--out", self.folder / "t.xlsx")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"--period", done.stderr)

    def test_raters_need_people(self):
        done = self.call("--period", "2026", "--raters", "raters.csv", "--out", self.folder / "t.xlsx")
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"people", done.stderr)

    def test_wrong_people_stop_it(self):
        people = self.folder / "people.csv"
        people.write_text("id,name,start\n7,甲,2026-02-30\n7,乙,\n", "utf-8")
        done = self.call("--period", "2026", "--people", people, "--out", self.folder / "t.xlsx")
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"people.csv:2", done.stderr)
        self.assertFalse((self.folder / "t.xlsx").exists())

    def test_people_may_lack_what_the_template_asks_for(self):
        people = self.folder / "people.csv"
        people.write_text("id,name\nA01,纪检监察局\n", "utf-8")
        done = assess("template", "--rules", "unit-target", "--period", "2026", "--lang", "zh", "--people", people, "--out", self.folder / "t.xlsx")
        self.assertEqual(done.returncode, 0, done.stderr.decode())
        self.assertIn("补填", done.stderr.decode())
        sheet = load(self.folder / "t.xlsx")["人员"]
        self.assertIn("履职尽责", headers(sheet))
        self.assertEqual(sheet["A2"].value, "A01")


if __name__ == "__main__":
    unittest.main()
