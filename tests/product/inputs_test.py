"""A scheme that reads columns of people, measures and history, of people and their units: run, sealed, replayed, explained."""
import csv
import pathlib
import tempfile
import unittest

from support import SOURCE, assess

SCHEME = SOURCE / "tests" / "rules" / "valid" / "inputs.lua"
TABLES = {
    "people.csv": "id,name,unit,category,职级,年龄,收到日期,应办结日,发生时间,报告时间,类别号\n"
                  "a,甲,一科,,处级,30,2026-03-04,2026-03-04,2026-03-04 14:05,2026-03-04 14:05,二类\n"
                  "b,乙,一科,,科级,50,2026-03-05,2026-03-04,2026-03-04 14:05,2026-03-04 14:05,二类\n"
                  "c,丙,u2,,其他,54,,,,,一类\n"
                  "u1,一科,,单位,,,,,,,\nu2,二科,,单位,,,,,,,\n",
    "measures.csv": "subject,measure,value,target,baseline\nu1,days,3.2,3.2,5\nu2,days,4,3.2,5\na,same-day,2.5,,\n",
    "history.csv": "subject,period,score,grade\na,2025,,优秀\na,2024,,称职\na,2026Q1,3,\nb,2025,,基本称职\nu1,2025,80,好\nu2,2025,40,中\n",
    "events.csv": "subject,kind,from,to,points\na,fault,2025-06-01,2025-06-01,3\na,award,2026-07-01,2026-07-01,\n"
                  "c,leave,2026-06-29,2026-07-02,\n",
}
# a: 60 + 5 处级 + 5 处级或科级 + 5 in time + 2.5 same day + 3 first quarter + 1 excellent in 2023–2025 + 2 years in a row + 1 award
#    − 1 grave fault of two years − 3 the gravest − 3 the mildest − 3 on average + 80 ÷ 10 of the unit = 82.5
# b: basic last year. c: 60 + 5 一类 − 2 days (29, 30 June) − 4 the longest leave + 40 ÷ 10 = 63
EXPECTED = {"a": ("assessed", "82.5", "competent", "1"), "b": ("excluded", "", "", ""), "c": ("assessed", "63.0", "competent", "1"),
            "u1": ("assessed", "100", "good", ""), "u2": ("assessed", "80", "fair", "")}


class Inputs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.path = pathlib.Path(self.folder.name)
        self.tables = self.path / "in"
        self.tables.mkdir()
        for name, text in TABLES.items():
            (self.tables / name).write_text(text, "utf-8")

    def run_now(self, name, *arguments):
        out = self.path / name
        done = assess("run", "--rules", SCHEME, "--period", "2026", "--out", out, *arguments, self.tables)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return out

    def test_the_figures_are_those_worked_out_by_hand(self):
        rows = csv.DictReader((self.run_now("out") / "results.csv").read_text("utf-8-sig").splitlines())
        self.assertEqual(EXPECTED, {r["id"]: (r["status"], r["score"], r["grade"], r["rank"]) for r in rows})

    def test_threads_and_order_of_rows_do_not_matter(self):
        first = (self.run_now("one", "--threads", "1") / "results.csv").read_bytes()
        for name in ("measures.csv", "history.csv", "events.csv"):
            header, *rows = TABLES[name].splitlines()
            (self.tables / name).write_text("\n".join([header, *reversed(rows)]) + "\n", "utf-8")
        self.assertEqual(first, (self.run_now("eight", "--threads", "8") / "results.csv").read_bytes())

    def test_the_sealed_batch_gives_the_same_bytes_again(self):
        out, again = self.run_now("out"), self.path / "again"
        done = assess("replay", out / "batch.db", "--out", again)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertEqual((out / "results.csv").read_bytes(), (again / "results.csv").read_bytes())
        self.assertEqual(0, assess("verify", out / "batch.db").returncode)

    def test_each_result_can_be_explained(self):
        for subject in EXPECTED:
            done = assess("explain", subject, "--rules", SCHEME, "--period", "2026", self.tables)
            self.assertEqual(0, done.returncode, done.stderr.decode())


class NamedAfterARole(unittest.TestCase):
    """A table named after a role with a ballot of another one in it: a slip in a column that is the same everywhere."""

    def notices(self, file):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            (folder / "people.csv").write_text("id,name\n1,甲\n", "utf-8")
            (folder / file).write_text("subject,rater,role,virtue,ability,diligence,performance,integrity\n"
                                       "1,a,peer,8,8,8,50,8\n1,b,leader,8,8,8,50,8\n", "utf-8")
            return assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", folder).stderr.decode()

    def test_is_a_notice_with_the_first_row(self):
        for file in ("ratings-peer.csv", "评分-群众.csv"):
            with self.subTest(file):
                self.assertIn("after the role “colleagues”, but holds ballots of another role: 1, the first in row 3", self.notices(file))

    def test_a_table_of_an_office_may_hold_all_roles(self):
        self.assertNotIn("another role", self.notices("ratings-office.csv"))


if __name__ == "__main__":
    unittest.main()
