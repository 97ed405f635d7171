"""Decisions by people, as a clerk hands them in: a table in Chinese or English over the year-end batch."""
import csv
import io
import json
import pathlib
import re
import tempfile
import unittest

from support import SOURCE, assess

BATCH, EXAMPLE = "examples/year-end", SOURCE / "examples" / "decisions"
HEADER = "subject,kind,grade,date,by,meeting,reason\n"
# the same rows as in the example, in English and in another order
ENGLISH = (HEADER +
           "1104,objection,,2027-02-01,考评委员会,,扣分事实清楚，维持原等次\n"
           "2207,appeal,competent,2027/2/1,考评委员会,,复核 2026 年 9 月一笔扣分有误\n"
           "1909,override,Competent,2027-01-18,局长办公会,,分管领导调离，未评分，据平时考核评定\n"
           "1103,calibration,competent,2027年1月15日,局党组,2027年第2次会议,与同岗位人员平衡\n"
           "1911,calibration,basic,2027-01-15,局党组,2027年第2次会议,得分 59.55 处于空档，下半年已整改\n"
           "2105,calibration,excellent,2027-01-15,局党组,2027年第2次会议,得分 89.90 处于空档，全年无扣分\n")
GRADES = {"2105": "excellent", "1911": "basic", "1103": "competent", "1909": "competent", "2207": "competent", "1104": "competent"}


def rows(data):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}


class Decisions(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = pathlib.Path(self.folder.name)

    def table(self, text, name="decisions.csv", encoding="utf-8"):
        path = self.here / name
        path.write_bytes(text.encode(encoding))
        return path

    def run_with(self, *inputs, out="out", exit_code=0, arguments=()):
        done = assess("run", "--rules", "bureau", "--period", "2026", "--out", self.here / out, *arguments, BATCH, *inputs)
        self.assertEqual(exit_code, done.returncode, done.stderr.decode())
        return done

    def results(self, out="out"):
        return (self.here / out / "results.csv").read_bytes()

    def problems(self, text):
        done = assess("check", "--json", "--rules", "bureau", "--period", "2026", BATCH, self.table(text))
        return {(p["id"], p["row"]): p for p in json.loads(done.stdout)["problems"] if p["file"].endswith("decisions.csv")}

    def test_grade_flags_and_reasons_follow_and_nothing_else(self):
        self.run_with(EXAMPLE)
        before, after = rows((SOURCE / "tests/golden/year-end.results.csv").read_bytes()), rows(self.results())
        self.assertEqual(list(before), list(after))
        for person, row in after.items():
            if person not in GRADES:
                self.assertEqual(before[person], row)
                continue
            for column in ("name", "unit", "status", "score", "rank"):
                self.assertEqual(before[person][column], row[column])
            self.assertEqual(GRADES[person], row["grade"])
            self.assertEqual(person != "1104", "override" in row["flags"].split(";"))
            self.assertIn("决定 2027-0", row["reasons"])
        self.assertEqual(("incomplete", "", ""), tuple(after["1909"][c] for c in ("status", "score", "rank")))
        self.assertIn("决定 2027-01-15 局党组（2027年第2次会议） 校准：由 称职 改为 优秀，理由：得分 89.90 处于空档，全年无扣分", after["2105"]["reasons"])

    def test_the_page_of_the_example_says_what_comes_out(self):
        self.run_with(EXAMPLE)
        told = dict(re.findall(r"^\| (\d+) \| [^|]+ \| `(\w+)` \|", (EXAMPLE / "README.md").read_text("utf-8"), re.M))
        self.assertEqual(told, {person: row["grade"] for person, row in rows(self.results()).items() if person in GRADES})

    def test_english_headers_ids_and_another_order_give_the_same_bytes(self):
        self.run_with(EXAMPLE, out="zh")
        self.run_with(self.table(ENGLISH), out="en")
        self.run_with(self.table((EXAMPLE / "决定.csv").read_text("utf-8"), "裁定-局党组.csv", "gb18030"), out="gb")
        self.assertEqual(self.results("zh"), self.results("en"))
        self.assertEqual(self.results("zh"), self.results("gb"))

    def test_sealed_decisions_are_verified_explained_and_replayed(self):
        self.run_with(EXAMPLE)
        sealed = self.here / "out" / "batch.db"
        self.assertEqual(0, assess("verify", sealed).returncode)
        self.assertEqual(0, assess("replay", "--out", self.here / "again", sealed).returncode)
        self.assertEqual(self.results(), self.results("again"))
        for person in GRADES:
            for form in (["--lang", "zh"], ["--json"]):
                live = assess("explain", "--rules", "bureau", "--period", "2026", *form, person, BATCH, EXAMPLE)
                self.assertEqual(live.stdout, assess("explain", *form, person, sealed).stdout)
        told = json.loads(assess("explain", "--json", "2207", sealed).stdout)
        self.assertEqual(("basic", "competent"), (told["computed_grade"], told["grade"]))
        self.assertEqual([("objection", "2027-02-01", "考评委员会", "moved", "basic", "competent")],
                         [tuple(d[k] for k in ("kind", "date", "by", "effect", "before", "after")) for d in told["decisions"]])

    def test_the_summary_says_who_decided_what(self):
        told = self.run_with(EXAMPLE, arguments=("--lang", "zh")).stdout.decode()
        self.assertIn("\n决定  6\n", told)
        self.assertRegex(told, r"  1909  于海峰  信息宣传股  改定  – +称职 +2027-01-18  局长办公会 ")
        self.assertIn("\n校准前后各等次人数  3\n", told)
        # by the rules 23 excellent, 137 competent, 8 basic, 3 incompetent: one up and one down between the first two, one up from the last
        self.assertRegex(told, r"（全体） +23 +137 +8 → 9 +3 → 2\n")

    def test_a_comparison_of_two_sealed_batches_shows_who_moves(self):
        self.run_with(out="a")
        self.run_with(EXAMPLE, out="b")
        done = assess("diff", "--json", "--lang", "zh", self.here / "a" / "batch.db", self.here / "b" / "batch.db")
        moves = {m["id"]: m for m in json.loads(done.stdout)["moves"]}
        self.assertEqual(5, done.returncode)
        self.assertEqual(set(GRADES) - {"1104"}, set(moves))
        self.assertIn("2105", moves)
        self.assertEqual(["grade", "flags"], moves["2105"]["fields"])
        self.assertTrue(moves["2105"]["reasons_new"].startswith("决定 2027-01-15"))

    def test_what_is_wrong_is_named_and_nothing_is_written(self):
        bad = HEADER + "1102,calibration,,2026-12-20,a,,b\n1103,promotion,excellent,,a,,b\n9999,override,excelent,2026-12-20,,,\n" \
                       "1104,override,basic,2026-12-20,a,,b\n1104,改定,competent,2026/12/20,a,,b\n"
        self.assertEqual({("input.decision_grade_missing", 2), ("input.decision_kind_unknown", 3), ("input.decision_needs", 3),
                          ("input.subject_unknown", 4), ("input.decision_grade_unknown", 4), ("input.decision_needs", 4),
                          ("input.decision_twice", 6)}, set(self.problems(bad)))
        self.run_with(self.table(bad), exit_code=1)
        self.assertFalse((self.here / "out").exists())

    def test_what_a_decision_does_not_do_is_a_notice(self):
        found = self.problems(HEADER + "1107,override,competent,2026-12-20,a,,b\n1101,override,competent,2026-12-20,a,,b\n"
                                       "1909,override,competent,2026-12-20,a,,b\n1102,override,excellent,2025-12-20,a,,b\n")
        self.assertEqual({("input.decision_excluded", 2), ("input.decision_same", 3), ("input.decision_incomplete", 4),
                          ("input.decision_early", 5)}, set(found))
        self.assertEqual({"notice"}, {p["severity"] for p in found.values()})
        self.assertIn("“1101”在此项决定之前已是“称职”", found["input.decision_same", 3]["zh"])
        self.assertIn("'1101' has the grade 'Competent'", found["input.decision_same", 3]["en"])

    def test_above_a_veto_is_carried_out_and_said(self):
        self.run_with(self.table(HEADER + "1403,override,excellent,2026-12-20,局党组,,=HYPERLINK(1)\n"))
        row = rows(self.results())["1403"]
        self.assertEqual(("excellent", "veto;override"), (row["grade"], row["flags"]))
        self.assertIn("一票否决，不得评为优秀”的规定不符，该规定最高为称职，依决定执行）", row["reasons"])
        self.assertFalse(re.search(r'(^|,)"?[=+@-]HYPERLINK', self.results().decode("utf-8-sig"), re.M))

    def test_text_that_is_none_is_escaped_on_the_screen(self):
        told = self.run_with(self.table(HEADER + "1102,override,excellent,2026-12-20,a\x1b[31m,,b\x07\n")).stdout
        self.assertNotIn(b"\x1b[31m", told)
        self.assertNotIn(b"\x07", told)


if __name__ == "__main__":
    unittest.main()
