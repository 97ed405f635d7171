"""report.html: well-formed, shut off from the world, readable by programs that read aloud, the same figures as results.csv."""
import collections
import csv
import html.parser
import pathlib
import re
import tempfile
import unittest
import xml.etree.ElementTree

from report_cases import EXAMPLES, STAFF, UNITS, write_all, write_report
from support import SOURCE

VOID = {"meta", "br", "col"}
SVG_EMPTY = {"rect", "line", "path", "circle"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
PERIOD, TABLES, _ = EXAMPLES["bureau"]
YEAR_END = SOURCE / "examples" / TABLES


class Nesting(html.parser.HTMLParser):
    """As an HTML reader sees it: every element ended, in order, by its own end tag."""

    def __init__(self):
        super().__init__()
        self.open, self.wrong = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag not in VOID | SVG_EMPTY:
            self.wrong.append(f"<{tag}/>")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")


def tree(text):
    return xml.etree.ElementTree.fromstring(text.replace("<!DOCTYPE html>", "", 1))


def said(element):
    return "".join(element.itertext())


def cells(table):
    return [[said(cell) for cell in row] for row in table.iter("tr")]


def table_with(page, head):
    """The first table whose head begins so."""
    return next(cells(t) for t in page.iter("table") if cells(t)[0][:len(head)] == head)


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.paths = write_all(pathlib.Path(cls.folder.name))
        cls.texts = {case: path.read_text("utf-8") for case, path in cls.paths.items()}
        cls.pages = {case: tree(text) for case, text in cls.texts.items()}

    def every(self):
        return self.pages.items()

    # --- form ---

    def test_every_element_is_ended_in_order(self):
        for case, _ in self.every():
            reader = Nesting()
            reader.feed(self.texts[case])
            self.assertEqual(([], []), (reader.wrong, reader.open))

    def test_there_is_no_script_and_no_way_to_run_one(self):
        for _, page in self.every():
            for element in page.iter():
                self.assertNotIn(element.tag, ("script", "iframe", "object", "embed", "img", "link", "form", "base"))
                self.assertEqual([], [a for a in element.attrib if a.startswith("on") or a in ("style", "src", "srcset", "action")])

    def test_nothing_leads_out_of_the_page(self):
        for case, page in self.every():
            ids = {e.get("id") for e in page.iter() if e.get("id")}
            for element in page.iter():
                for name, value in element.attrib.items():
                    self.assertNotRegex(value, r"(?i)^\s*(\w+:)?//|^\s*(javascript|data|https?):", name)
                if "href" in element.attrib:
                    self.assertIn(element.get("href"), {"#" + i for i in ids})
                if element.get("fill", "").startswith("url("):
                    self.assertIn(element.get("fill"), {f"url(#{i})" for i in ids})
            style = said(next(page.iter("style")))
            self.assertNotRegex(style, r"url\(|@import|//|http", case)

    def test_the_policy_lets_nothing_in(self):
        for _, page in self.every():
            policies = [m.get("content") for m in page.iter("meta") if m.get("http-equiv") == "Content-Security-Policy"]
            self.assertEqual([POLICY], policies)

    def test_the_page_says_its_language_and_fits_a_phone(self):
        for (_, language), page in self.every():
            self.assertEqual({"zh": "zh-CN", "en": "en"}[language], page.get("lang"))
            self.assertIn("width=device-width", {m.get("name"): m.get("content") for m in page.iter("meta")}["viewport"])

    # --- for programs that read aloud ---

    def test_ids_are_there_once(self):
        for _, page in self.every():
            counts = collections.Counter(e.get("id") for e in page.iter() if e.get("id"))
            self.assertEqual([], [i for i, n in counts.items() if n > 1])

    def test_headings_go_down_one_at_a_time(self):
        for _, page in self.every():
            levels = [int(e.tag[1]) for e in page.iter() if re.fullmatch(r"h[1-6]", e.tag)]
            self.assertEqual((1, 1), (levels[0], levels.count(1)))
            self.assertTrue(all(b <= a + 1 for a, b in zip(levels, levels[1:])), levels)

    def test_tables_have_a_caption_and_heads_a_scope(self):
        for _, page in self.every():
            for table in page.iter("table"):
                self.assertTrue(said(table.find("caption")))
                self.assertEqual({"col"}, {h.get("scope") for h in table.find("thead").iter("th")})
                for row in table.find("tbody"):
                    self.assertEqual(["row"], [h.get("scope") for h in row.iter("th")])
                self.assertEqual({len(row) for row in cells(table)}, {len(cells(table)[0])})

    def test_captions_are_numbered_in_the_order_they_stand(self):
        for _, page in self.every():
            for what in ("caption", "figcaption"):
                numbers = [int(re.search(r"\d+", said(c))[0]) for c in page.iter(what)]
                self.assertEqual(list(range(1, len(numbers) + 1)), numbers)

    def test_pictures_have_title_and_description_that_name_them(self):
        for _, page in self.every():
            ids = {e.get("id"): e for e in page.iter() if e.get("id")}
            for svg in page.iter("svg"):
                self.assertEqual("img", svg.get("role"))
                named = [ids[i] for i in svg.get("aria-labelledby").split()]
                self.assertEqual(["title", "desc"], [e.tag for e in named])
                self.assertTrue(all(said(e) for e in named))

    def test_every_number_of_a_picture_stands_in_the_table_below_it(self):
        seen = 0
        for _, page in self.every():
            for section in page.iter("section"):
                parts = list(section)
                for i, figure in enumerate(parts):
                    if figure.tag != "figure":
                        continue
                    below = next(p for p in parts[i:] if p.tag == "div").find("table")
                    known = {c for row in cells(below) for c in row}
                    for text in figure.iter("text"):
                        number = re.search(r"(?:^|\s)(\d+(?:\.\d+)?)(?: 分起)?$", said(text))
                        if number and said(text) not in known:
                            seen += 1
                            self.assertIn(number[1], {k.removesuffix(".00") for k in known} | known, said(text))
                        elif number:
                            seen += 1
        self.assertGreater(seen, 100)

    # --- what it says ---

    def results(self, case):
        with open(self.paths[case].with_name("results.csv"), encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def test_the_grades_are_counted_as_results_csv_has_them(self):
        expected = collections.Counter(r["grade"] for r in self.results(("bureau", "en")) if r["grade"])
        rows = table_with(self.pages["bureau", "en"], ["grade", "from", "people"])
        self.assertEqual({"Excellent": expected["excellent"], "Competent": expected["competent"], "Basic": expected["basic"],
                          "Incompetent": expected["incompetent"]}, {r[0]: int(r[2]) for r in rows[1:]})

    def test_the_overview_counts_as_results_csv_does(self):
        for (case, language), page in self.every():
            count = collections.Counter(r["status"] for r in self.results((case, language)))
            first = said(next(page.iter("section")).find("p"))
            expected = [sum(count.values()), count["assessed"], count["excluded"], count["incomplete"]]
            numbers = [int(n) for n in re.findall(r"(?<![\d.-])\d+(?![\d.-])", re.sub(r"\d{4}-\d\d-\d\d", "", first))]
            self.assertEqual(expected, numbers[:4], first)

    def test_everybody_stands_in_the_order_of_the_roster(self):
        page = self.pages["bureau", "zh"]
        ids = [row[0] for row in table_with(page, ["编号", "姓名", "单位", "状态"])[1:]]
        self.assertEqual([r["id"] for r in self.results(("bureau", "zh"))], ids)

    def test_who_has_to_be_decided_on_is_named(self):
        page = self.pages["bureau", "en"]
        section = next(s for s in page.iter("section") if "To be decided" in said(s.find("h2")))
        expected = [r["id"] for r in self.results(("bureau", "en")) if "gap" in r["flags"]]
        self.assertEqual(expected, [row[0] for row in cells(section.find(".//table"))[1:]])

    def test_decisions_by_people_stand_beside_what_was_computed(self):
        page = self.pages["decided", "en"]
        section = next(s for s in page.iter("section") if "Decisions by people" in said(s.find("h2")))
        rows = {row[0]: row for row in cells(section.find(".//table"))[1:]}
        self.assertEqual(["1203", "1506"], list(rows))
        self.assertIn("Competent", rows["1203"])
        self.assertIn("Excellent", rows["1203"])
        self.assertIn("Decisions by people: 2;", said(next(page.iter("section"))))

    def test_a_scheme_without_grades_leads_with_its_ranking(self):
        page = self.pages["democratic-review", "zh"]
        titles = [said(h) for h in page.iter("h2")]
        self.assertIn("三、名次", titles)
        self.assertFalse([t for t in titles if "等次" in t])
        ranks = [row[0] for row in table_with(page, ["名次", "编号", "名称", "得分"])[1:]]
        self.assertEqual(sorted(ranks, key=int), ranks)

    def test_two_levels_are_told_apart(self):
        captions = [said(c) for c in self.pages["company", "zh"].iter("caption")]
        self.assertEqual(2, len({c.split("　")[1] for c in captions if c.endswith("等次")}), captions)

    def test_a_quota_is_drawn_for_every_unit_with_its_line(self):
        page = self.pages["company", "en"]
        section = next(s for s in page.iter("section") if "Quotas" in said(s.find("h2")))
        rows = cells(section.find(".//table"))
        self.assertEqual(UNITS, len(rows) - 1)
        self.assertEqual([str(STAFF)] * UNITS, [row[1] for row in rows[1:]])
        self.assertEqual({f"第{n}公司" for n in "一二三四"}, {row[0] for row in rows[1:]})
        marks = [line for line in section.iter("line") if line.get("class") == "m"]
        self.assertEqual(UNITS + 1, len(marks))  # one in the legend
        over = [row for row in rows[1:] if row[rows[0].index("over")] != "0"]
        self.assertTrue(over)
        overview = said(next(page.iter("section")))
        self.assertIn(f"in {len(over)} of {UNITS} groups", overview)

    def test_the_rules_and_the_inputs_are_named_by_their_hashes(self):
        page = self.pages["bureau", "en"]
        rows = table_with(page, ["file", "SHA-256"])
        self.assertEqual(len(list(YEAR_END.glob("*.csv"))), len(rows) - 1)
        self.assertTrue(all(re.fullmatch(r"[0-9a-f]{64}", row[1]) for row in rows[1:]))

    def test_parameters_that_were_set_stand_in_the_command_that_repeats_the_run(self):
        commands = [said(c) for c in self.pages["disclosure-cycle", "en"].iter("code")]
        self.assertTrue(any("--period 2026 --set seed=2027 INPUT" in c for c in commands), commands)

    def test_titles_of_two_characters_stay_in_one_line_and_no_head_alone_at_the_foot(self):
        titles = re.findall(r'<th scope="col" class="([^"]*)">名次</th>', "".join(self.texts.values()))
        self.assertEqual({"n k"}, set(titles))
        for case, text in self.texts.items():
            with self.subTest(case):
                self.assertIn("thead .n.k{white-space:nowrap", text)
                self.assertIn("tbody tr:first-child{break-before:avoid}", text)

    def test_no_rater_is_named(self):
        raters = set()
        with open(SOURCE / "examples" / "democratic-review" / "ratings.csv", encoding="utf-8-sig", newline="") as file:
            raters = {row["rater"] for row in csv.DictReader(file) if row["rater"]}
        self.assertGreater(len(raters), 10)
        shown = {c for t in self.pages["democratic-review", "zh"].iter("table") for row in cells(t) for c in row}
        self.assertEqual(set(), raters & shown)


class SameBytes(unittest.TestCase):
    def test_runs_threads_and_locale_do_not_matter(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder)
            seen = {write_report(out / f"o{n}", "bureau", PERIOD, YEAR_END, "--threads", n) for n in (1, 2, 3, 8)}
            self.assertEqual(1, len(seen))


HOSTILE = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' style='x", "&lt;b&gt;", "a\u202eb", "]]>", "</table></section>",
           "javascript:alert(1)", "<!--", "\ufffe", "{{7*7}}"]


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            tables = pathlib.Path(folder) / "in"
            tables.mkdir()
            with open(tables / "people.csv", "w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["id", "name", "unit"])
                rows.writerows([f"{i}", name, f"{name} {i % 3}"] for i, name in enumerate(HOSTILE))
            with open(tables / "ratings.csv", "w", encoding="utf-8", newline="") as file:
                rows = csv.writer(file)
                rows.writerow(["subject", "rater", "role", "virtue", "ability", "diligence", "performance", "integrity"])
                rows.writerows([i, "", role, 9, 9, 9, 50, 9] for i in range(len(HOSTILE)) for role in ("peer", "leader"))
            cls.text = write_report(pathlib.Path(folder) / "out", "bureau", "2026", tables)

    def test_names_are_text_for_every_reader(self):
        page = tree(self.text)
        names = [row[1] for row in table_with(page, ["编号", "姓名", "单位", "状态"])[1:]]
        self.assertEqual([n.replace("\u202e", "\\u202e").replace("\ufffe", "\ufffd") for n in HOSTILE], names)

    def test_no_name_becomes_an_element_or_an_attribute(self):
        reader = Nesting()
        reader.feed(self.text)
        self.assertEqual(([], []), (reader.wrong, reader.open))
        self.assertNotRegex(self.text, r"<(script|img|b)\b|<!--|\sonerror=\"|\sstyle=\"")

    def test_no_character_turns_the_direction_of_writing(self):
        self.assertNotRegex(self.text, "[\u202a-\u202e\u2066-\u2069\x00-\x09\x0b-\x1f]")


class Large(unittest.TestCase):
    def test_a_long_roster_is_cut_and_the_page_stays_small(self):
        people = 3000
        with tempfile.TemporaryDirectory() as folder:
            tables = pathlib.Path(folder) / "in"
            tables.mkdir()
            (tables / "people.csv").write_text("id,name,unit\n" + "".join(f"p{i},N{i},u{i % 600}\n" for i in range(people)))
            (tables / "ratings.csv").write_text("subject,rater,role,virtue,ability,diligence,performance,integrity\n" + "".join(
                f"p{i},,{role},9,9,9,{i % 61},9\n" for i in range(people) for role in ("peer", "leader")))
            text = write_report(pathlib.Path(folder) / "out", "bureau", "2026", tables, "--lang", "en")
        self.assertIn(f"The first 500 rows are shown; {people - 500} more", text)
        self.assertIn("(570 more in the table below)", text)  # 600 units, 30 bars
        self.assertLess(len(text), 2_000_000)


if __name__ == "__main__":
    unittest.main()
