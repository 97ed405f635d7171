"""The checklist before scoring, against counts made pair by pair: every rater, role and subject that the table raters asks for is
written out here, which the program never does. The batches are drawn by chance; the last tests are about the example of the year's end."""
import csv
import io
import json
import pathlib
import random
import shutil
import tempfile
import unittest

from support import SOURCE, assess

ROUNDS = 150
ROLES = ("self", "peer", "leader")
YEAR_END = SOURCE / "examples" / "year-end"
RULES = """scheme { id = 'r', format = 1, title = { zh = '方案', en = 'Scheme' }, source = { zh = '文件', en = 'Paper' } }
items { { 'a', zh = '甲', en = 'A', points = 10, invalid = 'counted_apart' } }
roles { 'self', 'peer', 'leader' }
kinds { { 'away', zh = '外出', en = 'Away' } }
exclude { events 'away':any(), zh = '外出', en = 'away' }
score { ballots 'peer':total():mean():or_else(0) + ballots 'leader':total():mean():or_else(0) + ballots 'self':total():mean():or_else(0),
        round = half_up(2), zh = '得分', en = 'Score' }
"""


def draw(rng):
    """People (id, unit, away), rows of raters and ballots (subject, rater, role, value)."""
    units = [f"u{i}" for i in range(rng.randrange(1, 4))]
    people = [(f"p{i}", rng.choice(units), rng.random() < 0.15) for i in range(rng.randrange(1, 12))]
    ids = [p[0] for p in people]
    raters = ids[:5] + ["x", "y"]
    asked = set()
    for _ in range(rng.randrange(1, 15)):
        rater, role = rng.choice(raters), rng.choice(ROLES)
        subject, unit = rng.choice((("", ""), (rng.choice(ids), ""), ("", rng.choice([p[1] for p in people]))))
        if role == "self":
            if rater not in ids:
                continue
            subject = rater if subject else ""
        elif subject == rater:
            continue
        asked.add((rater, role, subject, unit))
    given = {(rng.choice(ids), rng.choice(raters), rng.choice(ROLES)): rng.choice(("", "1", "7.5", "10")) for _ in range(rng.randrange(1, 60))}
    ballots = [(*key, value) for key, value in given.items()]
    if rng.random() < 0.3:
        ballots += [(rng.choice(ids), "", "peer", "5") for _ in range(3)]
    return people, sorted(asked), ballots


def pairs(people, asked):
    """Everything that is asked for, written out."""
    units, out = {p[0]: p[1] for p in people}, set()
    for rater, role, subject, unit in asked:
        for one, own_unit, away in people:
            meant = (not subject or one == subject) and (not unit or own_unit == unit)
            if meant and not away and (one == rater) == (role == "self"):
                out.add((one, rater, role))
    return out, units


def expected(people, asked, ballots):
    wanted, units = pairs(people, asked)
    away = {p[0] for p in people if p[2]}
    cells, returned, unasked = {}, set(), 0
    for subject, _, role in wanted:
        cells.setdefault((role, units[subject]), [0, 0, 0, 0])[0] += 1
    for subject, rater, role, value in ballots:
        if subject in away:
            continue
        if rater and (subject, rater, role) not in wanted:
            unasked += any(row[1] == role for row in asked)    # of a role that the plan does not speak of nothing can be said
            continue
        returned.add((subject, rater, role))
        cell = cells.setdefault((role, units[subject]), [0, 0, 0, 0])
        cell[1] += 1
        cell[2 if value else 3] += 1
    anonymous = {b[2] for b in ballots if not b[1] and b[0] not in away}
    late = {}
    for subject, rater, role in wanted:
        if role in anonymous:
            continue
        both = late.setdefault((rater, role), [0, 0])
        both[0] += 1
        both[1] += (subject, rater, role) in returned
    return cells, {key: both for key, both in late.items() if both[0] > both[1]}, unasked


def text_of(header, rows):
    out = io.StringIO()
    csv.writer(out).writerows([header, *rows])
    return out.getvalue()


def points_of(done):
    found = json.loads(done.stdout)["readiness"]
    return {p["id"]: p for p in found["points"]}, found


class Turnout(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.here = pathlib.Path(folder.name)

    def check(self, people, asked, ballots):
        rules = self.here / "r.lua"
        rules.write_text(RULES, encoding="utf-8")
        tables = {"people": text_of(["id", "name", "unit"], [(i, i, u) for i, u, _ in people]),
                  "ratings": text_of(["subject", "rater", "role", "a"], ballots),
                  "raters": text_of(["rater", "role", "subject", "unit"], asked),
                  "events": text_of(["subject", "kind", "from"], [(i, "away", "2026-05-01") for i, _, away in people if away] or [])}
        batch = self.here / "batch"
        shutil.rmtree(batch, ignore_errors=True)
        batch.mkdir()
        for name, text in tables.items():
            if text.count("\n") > 1:
                (batch / f"{name}.csv").write_text(text, encoding="utf-8")
        return assess("check", "--json", "--rules", rules, "--period", "2026", batch)

    def test_counts_are_those_of_all_pairs(self):
        for seed in range(ROUNDS):
            people, asked, ballots = draw(random.Random(seed))
            if not asked:
                continue
            with self.subTest(seed):
                done = self.check(people, asked, ballots)
                self.assertEqual(0, done.returncode, done)
                points, _ = points_of(done)
                cells, late, unasked = expected(people, asked, ballots)
                rows = points["turnout"].get("rows", [])
                self.assertEqual(cells, {(r["role"], r["unit"]): [r["asked"], r["returned"], r["valid"], r["invalid"]] for r in rows})
                found = points.get("raters", {"rows": []})["rows"]
                self.assertEqual(late, {(r["rater"], r["role"]): [r["asked"], r["returned"]] for r in found})
                self.assertEqual(unasked, points["unasked"]["count"] if "unasked" in points else 0)
                self.assertEqual(sum(max(0, c[0] - c[1]) for c in cells.values()), points["turnout"]["count"])


class YearEnd(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.batch = pathlib.Path(folder.name) / "year-end"
        shutil.copytree(YEAR_END, self.batch)

    def bureau(self, command, *arguments):
        return assess(command, "--rules", "bureau", "--period", "2026", *arguments, self.batch)

    def test_one_person_lacks_a_leader(self):
        """1909, as the summary of the run says."""
        done = self.bureau("check", "--json")
        points, found = points_of(done)
        self.assertEqual((False, 1), (found["ready"], found["open"]))
        lacking = [p for p in found["points"] if p["id"] == "missing_ballots" and p["state"] == "open"]
        self.assertEqual([["1909"]], [[s["id"] for s in p["subjects"]] for p in lacking])
        self.assertEqual("leader", lacking[0]["role"])
        self.assertEqual(0, points["missing_data"]["count"])

    def test_ready_is_an_exit_code_a_script_can_wait_for(self):
        self.assertEqual(0, self.bureau("check").returncode)
        for more in ((), ("--quiet",), ("--json",)):
            done = self.bureau("check", "--ready", *more)
            self.assertEqual((1, b""), (done.returncode, done.stderr), more)
        self.assertEqual(b"", self.bureau("check", "--ready", "--quiet").stdout)
        (self.batch / "评分-补.csv").write_text("被考评人,考评人,角色,德,能,勤,绩,廉\n1909,LD-补,领导,9,9,9,54,9\n", encoding="utf-8")
        self.assertEqual(0, self.bureau("check", "--ready", "--quiet").returncode)

    def test_raters_change_no_byte_of_the_result_and_are_hashed_as_an_input(self):
        results = []
        for name in ("without", "with"):
            if name == "with":
                (self.batch / "考评人.csv").write_text("考评人,角色,单位\n办-01,群众,办公室\n", encoding="utf-8")
            out = self.batch.parent / name
            self.assertEqual(0, self.bureau("run", "--out", out).returncode)
            results.append((out / "results.csv").read_bytes())
        self.assertEqual(results[0], results[1])
        inputs = json.loads(self.bureau("run", "--json", "--out", self.batch.parent / "third").stdout)["inputs"]
        self.assertEqual([64], [len(i["sha256"]) for i in inputs if i["name"].endswith("考评人.csv")])
        sealed = self.batch.parent / "with" / "batch.db"
        self.assertEqual(0, assess("verify", sealed).returncode)
        self.assertEqual(0, assess("replay", sealed, "--out", self.batch.parent / "again").returncode)
        self.assertEqual(results[0], (self.batch.parent / "again" / "results.csv").read_bytes())

    def test_no_value_stands_in_the_list(self):
        """Every person's marks are made one figure that nothing else is."""
        for file in self.batch.glob("评分*.csv"):
            lines = file.read_bytes().splitlines()
            rows = [line.split(b",") for line in lines]
            file.write_bytes(b"\n".join([lines[0]] + [b",".join(r[:3] + [b"7.77"] * 5) for r in rows[1:]]) + b"\n")
        for more in ((), ("--json",)):
            done = self.bureau("check", *more)
            self.assertEqual(0, done.returncode, done.stderr[:400])
            self.assertNotIn(b"7.77", done.stdout)
            self.assertNotIn(b"38.85", done.stdout)   # 5 × 7.77, a total
        self.assertIn("全部评同一分数".encode(), self.bureau("check", "--lang", "zh").stdout)
        self.assertNotIn("办-01".encode(), self.bureau("check", "--json").stdout)


if __name__ == "__main__":
    unittest.main()
