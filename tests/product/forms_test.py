"""Official forms: what they say, how they print, what they keep to themselves, and what is told when something does not fit."""
import csv
import html
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import SOURCE, assess

INPUT = SOURCE / "examples" / "forms"
FORMS = SOURCE / "libassess" / "forms"
REGISTRATIONS = ("civil-servant", "institution", "worker")
OTHERS = ("roster", "review-summary", "result-notice")
GIVEN = {"zh": ["--field", "机关名称=某某局", "--field", "公示时间=2026年12月21日至12月25日", "--field", "受理部门=人事科",
                "--field", "电话=0000-88880000"],
         "en": ["--field", "organisation=The Bureau", "--field", "display=from 21 to 25 December 2026", "--field", "office=Personnel",
                "--field", "phone=0000-88880000"]}
# As results.csv of the example has them.
SCORES = ["93.38", "87.50", "90.40", "79.33", "84.18", "94.48", "91.25", "85.43", "65.13"]
LABELS = {"满意": "A", "基本满意": "B", "一般": "C", "不满意": "D", "不了解": "F"}
NAMES = ["周敏", "陈立群", "宋雨桐", "吴建军", "赵晓峰", "何静", "马骏", "林芷若", "郑凯", "王海燕"]
IDS = [str(3000 + n) for n in range(1, 11)]


def forms(form, out, *arguments, lang="zh", inputs=INPUT):
    return assess("forms", "--form", form, "--out", out, "--lang", lang, "--rules", "bureau", "--period", "2026", *arguments, inputs,
                  ASSESS_FORMS=str(FORMS))


def body_text(page):
    """What a reader sees of a page."""
    body = re.search(r"<body>(.*)</body>", page, re.S)[1]
    return html.unescape(re.sub(r"<[^>]*>", " ", body))


class Folder(unittest.TestCase):
    def setUp(self):
        holder = tempfile.TemporaryDirectory()
        self.addCleanup(holder.cleanup)
        self.out = pathlib.Path(holder.name)

    def made(self, form, *arguments, lang="zh", inputs=INPUT):
        done = forms(form, self.out / lang, *arguments, lang=lang, inputs=inputs)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.stderr = done.stderr.decode()
        return (self.out / lang / f"{pathlib.Path(str(form)).name.removesuffix('.html')}.html").read_text(encoding="utf-8")

    def form(self, text):
        file = self.out / "own.html"
        file.write_text(text, encoding="utf-8")
        return file

    def with_people(self, change):
        """The example with its table of people changed."""
        copy = self.out / "in"
        shutil.copytree(INPUT, copy)
        with open(copy / "人员.csv", encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        change(head, rows)
        with open(copy / "人员.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        return copy

    def fitting(self, copy):
        """Without ballots and events of people who are no longer there."""
        with open(copy / "人员.csv", encoding="utf-8", newline="") as file:
            there = {row[0] for row in csv.reader(file)}
        for table in (copy / "评分.csv", copy / "事项.csv"):
            header, *rows = table.read_text(encoding="utf-8").splitlines()
            kept = [row for row in rows if row.split(",")[0] in there]
            table.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
            if not kept:
                table.unlink()
        return copy


class Content(Folder):
    def test_registration_forms_hold_the_people_and_the_grades(self):
        for form in REGISTRATIONS:
            text = body_text(self.made(form))
            for words in [*NAMES, "1978.05", "中共党员", "主持办公室全面工作", "建议等次：优秀", "不参加考评。九(一) 病事假、自行学习累计超过6个月",
                          "（2026年度）", "全年办理来文312件，起草综合材料46份，"]:
                self.assertIn(words, text, form)
            self.assertEqual(3, text.count("建议等次：优秀"), "three are graded 优秀")
            self.assertNotIn("93.38", text, "the form has no box for a score")

    def test_english_forms_find_columns_with_chinese_headers(self):
        for form in REGISTRATIONS:
            text = body_text(self.made(form, lang="en"))
            for words in ("周敏", "1978.05", "中共党员", "Suggested grade: Excellent", "全年办理来文312件"):
                self.assertIn(words, text, form)

    def test_the_roster_counts_what_the_result_counts(self):
        text = body_text(self.made("roster"))
        self.assertIn("考评对象 10 名，已评定 9 名，不参加考评 1 名，资料不全 0 名。", text)
        self.assertIn("优秀 3 名（33.3%）", text)
        self.assertIn("基本称职 1 名（11.1%）", text)
        self.assertIn("assessed: 9", body_text(self.made("roster", lang="en")))

    def test_the_summary_of_a_review_shows_ballots_and_scores_and_no_rater(self):
        page = self.made("review-summary")
        rows = re.findall(r"<tr>(<td>群众.*?)</tr>", page)
        self.assertEqual([["群众", "72", "72", "0", "0", "9", "8"]], [re.findall(r"<td>(.*?)</td>", r) for r in rows])
        for score in SCORES:
            self.assertIn(f"<td>{score}</td>", page)
        for one in IDS:
            self.assertNotIn(one, page, "raters have the ids of people")
        self.assertNotIn("局长", page)

    def test_votes_stand_on_the_summary_where_nobodys_choice_follows(self):
        done = assess("forms", "--form", "review-summary", "--out", self.out, "--lang", "zh", "--rules", "democratic-review", "--period", "2026",
                      SOURCE / "examples" / "democratic-review", ASSESS_FORMS=str(FORMS))
        self.assertEqual(0, done.returncode, done.stderr.decode())
        page = (self.out / "review-summary.html").read_text(encoding="utf-8")
        shown = re.findall(r"<tr><td>\d+</td><td></td><td>(.*?)</td><td>社会</td><td>评议意见</td><td>(\d+)</td><td class=\"words\">(.*?)</td></tr>", page)
        self.assertEqual(self.votes_of_the_review(), shown)
        self.assertIn("（本方案不公布各档票数）", self.made("review-summary"), "points that nobody announced")

    def votes_of_the_review(self):
        """Counted from the ballots; a mean that all or all but one could have agreed on is not shown (rules/README.md)."""
        points = {"A": 100, "B": 85, "C": 70, "D": 55}
        chosen = {}
        with open(SOURCE / "examples" / "democratic-review" / "ratings.csv", encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                chosen.setdefault(row["subject"], []).append(LABELS.get(row["value"].strip(), row["value"].strip().upper()))
        with open(SOURCE / "examples" / "democratic-review" / "people.csv", encoding="utf-8-sig", newline="") as file:
            people = [(row["id"], row["name"]) for row in csv.DictReader(file)]
        rows = []
        for subject, name in people:
            counts = {option: chosen[subject].count(option) for option in "ABCDF"}
            valid = sum(counts[option] for option in points)
            total = sum(points[option] * counts[option] for option in points)
            hidden = total in {points[most] * (valid - 1) + points[one] for most in points for one in points}
            words = "，".join(f"{label} {counts[option]}" for label, option in LABELS.items())
            rows.append((name, str(valid + counts["F"]), "未列：可能推知个人选择" if hidden else words))
        return rows

    def test_the_notice_of_a_result_derives_it_as_explain_does(self):
        page = self.made("result-notice", "--person", "3007")
        derived = assess("explain", "3007", "--rules", "bureau", "--period", "2026", "--lang", "zh", INPUT).stdout.decode()
        shown = html.unescape(re.search(r'<div class="derivation">(.*?)</div>', page, re.S)[1])
        place = re.compile(r"( ?)\S*事项\.csv 第 \d+ 行(?:：|的)")
        self.assertRegex(derived, place)
        self.assertEqual(place.sub(lambda m: "" if "没有" in m.string[m.start() - 3:m.start()] else m[1], derived.split("\n", 1)[1]), shown, "a person has no use for files and rows")
        self.assertIn("（不显示）", shown, "one ballot of a leader closes the means")
        self.assertIn("等次为<strong>称职</strong>，得分 91.25 分", page)

    def test_notices_go_to_persons_and_to_units_and_to_nothing_else(self):
        # examples/attendance: 67 days of the persons P1, P2 and P3; examples/time-limits: 17 matters of 4 offices;
        # examples/efficiency-storm: 11 departments (rows of the category 单位) and 22 of their staff
        days = self.noticed("attendance", "2026-03")
        self.assertEqual(["谭静文同志：", "雷鸣同志：", "卢晓燕同志："], days["to"])
        self.assertIn("本表格不用于“签到日”，其 67 行未列入", self.stderr)
        self.assertTrue(all("，你在2026年3月考核中" in p for p in days["body"]))
        offices = self.noticed("time-limits", "2026-02")
        self.assertEqual(["党政办公室：", "民政所：", "村镇建设所：", "农业服务中心："], offices["to"])
        both = self.noticed("efficiency-storm", "2026")
        self.assertEqual((11, 22), (sum("同志" not in to for to in both["to"]), sum("同志" in to for to in both["to"])))
        for to, said in zip(both["to"], both["body"]):
            self.assertEqual("同志" not in to, "你单位在" in said, to)
        self.assertIn("曹春生同志（文化局）：", both["to"])
        english = self.noticed("efficiency-storm", "2026", lang="en")
        self.assertIn("To 公安局", english["to"])
        self.assertEqual(11, sum("your office" in said for said in english["body"]))

    def noticed(self, scheme, period, lang="zh"):
        done = assess("forms", "--form", "result-notice", "--out", self.out / scheme / lang, "--lang", lang, "--rules", scheme, "--period", period,
                      SOURCE / "examples" / scheme, ASSESS_FORMS=str(FORMS))
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.stderr = done.stderr.decode()
        page = (self.out / scheme / lang / "result-notice.html").read_text(encoding="utf-8")
        read = {c: [html.unescape(re.sub("<[^>]*>", "", p)) for p in re.findall(rf'<p class="{c}">(.*?)</p>', page)] for c in ("to", "body")}
        self.assertEqual(len(read["to"]), len(read["body"]))
        return read

    def test_a_form_for_persons_is_refused_where_there_are_none(self):
        for lang, said in (("zh", "本表格不用于“单位”"), ("en", "this form is not for units")):
            done = assess("forms", "--form", "civil-servant", "--out", self.out, "--lang", lang, "--rules", "five-star", "--period", "2026",
                          SOURCE / "examples" / "five-star", ASSESS_FORMS=str(FORMS))
            self.assertEqual((2, True), (done.returncode, said in done.stderr.decode()), done.stderr.decode())
        done = assess("forms", "--form", "result-notice", "--person", "P2-07", "--out", self.out, "--lang", "zh", "--rules", "attendance",
                      "--period", "2026-03", SOURCE / "examples" / "attendance", ASSESS_FORMS=str(FORMS))
        self.assertIn("“P2-07”属于“签到日”，本表格不用于此", done.stderr.decode())

    def test_schemes_without_grades_are_told_of_in_words(self):
        # rules/unit-target.lua gives scores and ranks, and no grades
        self.assertNotIn("grades", self.unit_target("roster"))
        self.assertIn("本次考评没有评出等次，不能按等次挑选", self.unit_target("result-notice", "--grade", "优秀"))
        self.assertIn("公示只列已评定等次的人员（单位）", self.unit_target("public-notice", *GIVEN["zh"]))
        own = self.form("{{%标题 等次}}\n{{#?grades}}{{grade}}{{/grades}}\n")
        done = forms(own, self.out / "zh", inputs=INPUT)
        self.assertEqual(b"", done.stderr, "bureau has grades")
        self.assertIn("相应栏目留空：等次", self.unit_target(own))

    def unit_target(self, form, *more):
        """What is said beside the form."""
        return assess("forms", "--form", form, "--out", self.out / "units", "--force", "--lang", "zh", "--rules", "unit-target", "--period", "2026",
                      *more, SOURCE / "examples" / "unit-target", ASSESS_FORMS=str(FORMS)).stderr.decode()

    def test_names_with_the_older_word_are_understood(self):
        own = self.form("{{%标题 旧表格}}\n{{考核期名称}} {{考核对象}} {{考评期名称}} {{考评对象}}\n")
        self.assertIn("2026年度 10 2026年度 10", self.made(own))

    def test_a_public_notice_shows_neither_scores_nor_ids_nor_reasons(self):
        for lang in ("zh", "en"):
            page = self.made("public-notice", *GIVEN[lang], lang=lang)
            for secret in [*SCORES, *IDS, "一票否决", "病", "四(三)", "veto", "郑凯"]:
                self.assertNotIn(secret, body_text(page), lang)
            for shown in ("周敏", "业务科", "0000-88880000", "2026"):
                self.assertIn(shown, page)
            self.assertEqual(9, len(re.findall(r"<tr><td>", page)), "nine have a grade")

    def test_a_public_notice_of_one_grade(self):
        for grade in ("优秀", "excellent"):
            text = body_text(self.made("public-notice", *GIVEN["zh"], "--grade", grade, "--force"))
            self.assertEqual(["周敏", "宋雨桐", "何静"], [n for n in NAMES if n in text])

    def test_people_stand_by_the_strokes_of_their_surnames(self):
        text = body_text(self.made("roster", "--order", "strokes"))
        if "ICU" in self.stderr:
            self.skipTest("built without ICU")
        self.assertEqual(["马骏", "王海燕", "何静"], sorted(NAMES, key=text.index)[:3], "3, 4 and 7 strokes")

    def test_a_sealed_batch_gives_the_same_forms(self):
        out = self.out / "run"
        assess("run", "--rules", "bureau", "--period", "2026", "--out", out, INPUT)
        from_tables = self.made("civil-servant")
        done = assess("forms", "--form", "civil-servant", "--out", self.out / "sealed", "--lang", "zh", out / "batch.db", ASSESS_FORMS=str(FORMS))
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertEqual(from_tables, (self.out / "sealed" / "civil-servant.html").read_text(encoding="utf-8"))

    def test_the_same_bytes_twice(self):
        for form in (*REGISTRATIONS, *OTHERS):
            for lang in ("zh", "en"):
                first = self.made(form, lang=lang)
                self.assertEqual(first, self.made(form, "--force", "--threads", "3", lang=lang), form)

    def test_no_script_and_no_outside_reference(self):
        for file in FORMS.glob("*.html"):
            text = file.read_text(encoding="utf-8")
            self.assertNotRegex(text, r"<script|https?:|src=|@import|url\(", file.name)
            self.assertIn("Content-Security-Policy", text, file.name)


class Files(Folder):
    def test_a_file_for_each_person_named_by_id(self):
        self.assertEqual(0, forms("civil-servant", self.out, "--separate").returncode)
        self.assertEqual([f"{i}.html" for i in IDS], sorted(f.name for f in (self.out / "civil-servant").iterdir()))
        page = (self.out / "civil-servant" / "3006.html").read_text(encoding="utf-8")
        self.assertIn("何静", page)
        self.assertNotIn("周敏", page)

    def test_ids_that_are_no_file_names_lead_nowhere_else(self):
        wild = ["../../etc/x", "a/b", ".hidden", "con:1", "%41", "x" * 300, "lmth.\u202e7"]

        def rename(_, rows):
            for row, name in zip(rows, wild):
                row[0] = name
        copy = self.fitting(self.with_people(rename))
        done = assess("forms", "--form", "civil-servant", "--out", self.out / "out", "--separate", "--lang", "zh", "--rules", "bureau", "--period", "2026",
                      copy, ASSESS_FORMS=str(FORMS))
        if done.returncode:
            self.fail(done.stderr.decode())
        names = sorted(f.name for f in (self.out / "out" / "civil-servant").iterdir())
        self.assertEqual(10, len(names))
        self.assertIn("a%2Fb.html", names)
        self.assertIn("%2E.%2F..%2Fetc%2Fx.html", names)
        self.assertIn("%2541.html", names)
        self.assertIn("lmth.%E2%80%AE7.html", names, "U+202E would turn the name around")
        self.assertTrue(all(len(n.encode()) <= 140 for n in names))

    def test_nothing_is_replaced_unless_told(self):
        self.made("roster")
        again = forms("roster", self.out / "zh")
        self.assertEqual(2, again.returncode)
        self.assertIn("已存在", again.stderr.decode())
        self.assertEqual(0, forms("roster", self.out / "zh", "--force").returncode)

    def test_a_mistake_leaves_no_file_and_no_folder(self):
        bad = self.form("{{#people}}\n{{nobody-knows}}{{/people}}")
        done = forms(bad, self.out / "new" / "deep", "--separate")
        self.assertEqual(2, done.returncode)
        self.assertFalse((self.out / "new").exists())

    def test_files_are_for_their_owner_alone(self):
        self.made("roster")
        self.assertEqual(0o600, (self.out / "zh" / "roster.html").stat().st_mode & 0o777)


class Mistakes(Folder):
    def refused(self, text, *arguments, lang="en"):
        done = forms(self.form(text), self.out / "out", *arguments, lang=lang)
        self.assertEqual(2, done.returncode, done.stderr.decode())
        return done.stderr.decode()

    def test_a_mistake_in_a_form_is_told_with_file_and_line(self):
        self.assertIn("own.html:2", self.refused("<p>\n{{naem}}"))
        self.assertIn("own.html:3: {{/people}} closes", self.refused("\n\n{{/people}}"))
        self.assertIn("own.html:2: 区段 {{#people}} 没有结束", self.refused("\n{{#people}}", lang="zh"))

    def test_a_misspelt_field_names_its_neighbour(self):
        self.assertIn("did you mean 'name'?", self.refused("{{#people}}{{nmae}}{{/people}}"))
        self.assertIn("did you mean 'units'?", self.refused("{{#unitz}}{{/unitz}}"))

    def test_a_table_that_is_not_there_is_no_field_that_could_be_given(self):
        said = self.refused("{{测评日期|}}{{#votes|}}{{/votes}}{{#?quota:9}}{{/quota:9}}", "--field", "日期=1", lang="zh")
        self.assertIn("可以填写的有：测评日期\n", said)

    def test_a_public_form_that_asks_for_scores_or_ids_is_refused(self):
        for name in ("score", "id", "reasons", "rank", "性别", "derivation"):
            self.assertIn("neither scores nor ids", self.refused("{{%public}}\n{{#people}}{{" + name + "}}{{/people}}"), name)
        for table in ("results", "ranking", "vetoes"):
            self.assertIn("neither scores nor ids", self.refused("{{%public}}{{#" + table + "}}{{/" + table + "}}"), table)
        self.assertIn("neither scores nor ids", self.refused("{{%public}}{{highest}}"))

    def test_a_public_form_is_no_file_for_each_person(self):
        self.assertIn("the id in its name", self.refused("{{%public}}\n{{#people}}{{name}}{{/people}}", "--separate"))
        self.assertFalse((self.out / "out").exists())

    def test_a_field_that_the_form_asks_for_must_be_given(self):
        done = forms("public-notice", self.out / "out", *GIVEN["zh"][:-2])
        self.assertEqual(2, done.returncode)
        self.assertIn("--field 电话=", done.stderr.decode())

    def test_a_field_that_is_not_in_the_form_is_refused(self):
        done = forms("public-notice", self.out / "out", *GIVEN["zh"], "--field", "地止=某路1号")
        self.assertEqual(2, done.returncode)
        self.assertIn("是否应为“地址”", done.stderr.decode())

    def test_wrong_people_grades_and_forms_are_named(self):
        self.assertIn("“9999”", forms("roster", self.out, "--person", "9999").stderr.decode())
        self.assertIn("优秀、称职、基本称职", forms("roster", self.out, "--grade", "良好").stderr.decode())
        self.assertIn("roster", forms("rooster", self.out).stderr.decode())

    def test_a_value_is_never_markup(self):
        def rename(head, rows):
            rows[0][head.index("姓名")] = "<script>alert('x')</script>&\"周\u202e强"
            rows[0][head.index("个人总结")] = "{{#people}}</div><b>"
        page = self.made("civil-servant", inputs=self.with_people(rename))
        self.assertNotIn("<script", page)
        self.assertRegex(page, r"&lt;script&gt;alert\(&#39;x&#39;\)&lt;/script&gt;&amp;&quot;周(\\u202e)?强")
        self.assertNotIn("\u202e", page)
        self.assertIn("{{#people}}&lt;/div&gt;&lt;b&gt;", page)

    def test_columns_that_are_missing_are_told_once(self):
        def cut(head, rows):
            at = head.index("性别")
            for row in [head, *rows]:
                del row[at]
        self.made("civil-servant", inputs=self.with_people(cut))
        self.assertEqual(1, self.stderr.count("性别"))


class Paper(Folder):
    def printed(self, page):
        """Printed by a browser: the pages' texts, each page checked to be A4."""
        file, pdf = self.out / "print.html", self.out / "print.pdf"
        file.write_text(page, encoding="utf-8")
        subprocess.run([shutil.which("chromium"), "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
                        f"--user-data-dir={self.out / 'profile'}", f"--print-to-pdf={pdf}", file.as_uri()],
                       capture_output=True, check=True, timeout=240)
        info = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
        self.assertRegex(info, r"Page size:.*A4")
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        pages = text.split("\f")[:-1]
        self.assertEqual(int(re.search(r"Pages:\s+(\d+)", info)[1]), len(pages))
        return pages

    def setUp(self):
        super().setUp()
        if not (shutil.which("chromium") and shutil.which("pdfinfo") and shutil.which("pdftotext")):
            self.skipTest("needs chromium and poppler")

    def test_registration_forms_stand_on_exactly_two_sides(self):
        for form in REGISTRATIONS:
            for lang in ("zh", "en"):
                pages = self.printed(self.made(form, lang=lang))
                self.assertEqual(20, len(pages), (form, lang))
                for number, name in enumerate(NAMES):
                    self.assertIn(name, pages[2 * number], (form, lang))
                    self.assertNotIn(name, pages[2 * number + 1], (form, lang))

    def test_lists_and_notices_print_their_figures(self):
        for lang in ("zh", "en"):
            pages = self.printed(self.made("review-summary", lang=lang))
            self.assertEqual(1, len(pages))
            for score in SCORES:
                self.assertIn(score, pages[0])
            self.assertEqual(1, len(self.printed(self.made("roster", lang=lang))))
            public = self.printed(self.made("public-notice", *GIVEN[lang], lang=lang))
            self.assertEqual(1, len(public))
            self.assertFalse([secret for secret in (*SCORES, *IDS) if secret in public[0]])
            notice = self.printed(self.made("result-notice", "--person", "3003", lang=lang))
            self.assertIn("90.40", notice[0])

    def test_a_long_summary_is_whole_and_told(self):
        lines = [f"第{n}项工作按期完成" for n in range(1, 81)]

        def write(head, rows):
            rows[1][head.index("个人总结")] = "\n".join(lines)
        page = self.made("civil-servant", inputs=self.with_people(write))
        self.assertIn("陈立群（3002）：“个人总结”约 80 行，栏目可容 30 行", self.stderr)
        self.assertEqual(1, self.stderr.count("个人总结"))
        pages = self.printed(page)
        self.assertGreater(len(pages), 20)
        text = "".join(pages)
        for line in lines:
            self.assertIn(line, text)

    def test_a_summary_that_fills_its_box_still_stands_on_two_sides(self):
        """The form says 36 characters and 30 lines: exactly these must fit."""
        for form, room in (("civil-servant", 30), ("institution", 28), ("worker", 28)):
            def write(head, rows):
                rows[0][head.index("个人总结")] = "\n".join("工" * 36 for _ in range(room))
                del rows[1:]
            copy = self.fitting(self.with_people(write))
            page = self.made(form, inputs=copy)
            self.assertNotIn("个人总结", self.stderr)
            self.assertEqual(2, len(self.printed(page)), form)
            shutil.rmtree(copy)


class Schemes(Folder):
    """Forms of lists and notices fit every scheme, of people and of units, with ballots and without."""

    def test_lists_and_notices_fit_the_examples(self):
        for scheme in ("attendance", "democratic-review", "efficiency-storm", "five-star", "openness-matters", "service-metrics", "time-limits",
                       "unit-target"):
            text = (SOURCE / "examples" / scheme / "README.md").read_text(encoding="utf-8")
            period = re.search(r"--period (\S+)", text)
            for form in OTHERS:
                for lang in ("zh", "en"):
                    done = assess("forms", "--form", form, "--out", self.out / scheme / lang, "--lang", lang, "--rules", scheme, "--period",
                                  period[1] if period else "2026", SOURCE / "examples" / scheme, ASSESS_FORMS=str(FORMS))
                    self.assertEqual(0, done.returncode, f"{scheme} {form} {lang}: {done.stderr.decode()[:600]}")


class Listing(unittest.TestCase):
    def test_every_form_has_a_title_in_both_languages(self):
        for lang in ("zh", "en"):
            listed = assess("forms", "--list", "--lang", lang, ASSESS_FORMS=str(FORMS)).stdout.decode()
            for form in (*REGISTRATIONS, *OTHERS, "public-notice"):
                self.assertRegex(listed, rf"(?m)^{form} +\S")
        self.assertIn("考核结果公示", assess("forms", "--list", "--lang", "zh", ASSESS_FORMS=str(FORMS)).stdout.decode())

    def test_each_form_exists_in_chinese_and_english(self):
        names = {f.name for f in FORMS.glob("*.html")}
        chinese = {n.removesuffix(".html") for n in names if not n.endswith(".en.html")}
        english = {n.removesuffix(".en.html") for n in names if n.endswith(".en.html")}
        self.assertEqual(chinese, english)

    def test_every_instruction_and_mark_is_documented(self):
        for name in ("README.md", "README.zh.md"):
            text = (FORMS / name).read_text(encoding="utf-8")
            for mark in ("%title", "%language", "%public", "%holds", "%field", "{{@}}", "{{!", "{{#", "{{^", "{{/", "{{?", "|}}"):
                self.assertIn(mark, text, name)

    def test_forms_in_the_documents_are_filled(self):
        """Each form shown in the README is filled as it stands."""
        for name in ("README.md", "README.zh.md"):
            shown = re.findall(r"```html\n(.*?)```", (FORMS / name).read_text(encoding="utf-8"), re.S)
            self.assertGreaterEqual(len(shown), 2, name)
            for text in shown:
                with tempfile.TemporaryDirectory() as folder, self.subTest(document=name, form=text[:40]):
                    file = pathlib.Path(folder) / "own.html"
                    file.write_text(text, encoding="utf-8")
                    lang = "zh" if ".zh" in name else "en"
                    given = [("电话" if lang == "zh" else "phone") + "=1"] if "%填写" in text or "%field" in text else []
                    done = forms(file, folder + "/out", *[a for g in given for a in ("--field", g)], lang=lang)
                    self.assertEqual(0, done.returncode, done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
