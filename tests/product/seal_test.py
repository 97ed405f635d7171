"""What is sealed gives again what the run gave: the bytes of results.csv, the JSON of the summary and every derivation, although
the raters of a sealed file cannot be told apart. The batches are drawn by chance; the scheme (sealed.lua) uses everything that a
run may read, and people decided on some of the grades. tests/golden/store-1.db and store-2.db were sealed in earlier formats of the
tables and have to stay readable."""
import json
import pathlib
import random
import sqlite3
import tempfile
import unittest

from support import SOURCE, assess

RULES = "tests/product/sealed.lua"
UNITS, PEOPLE, ROUNDS = 3, 14, 4
KINDS = ("calibration", "override", "objection")


def blank_or(rng, value):
    return "" if rng.random() < 0.04 else str(value)


def ballot(rng, subject, rater, role, generous):
    work = 95 if generous else rng.choice((60, 70, 80.5, 88, 92))
    opinion = "A" if generous else rng.choice("ABBD")
    return f"{subject},{rater},{role},{blank_or(rng, work)},{blank_or(rng, rng.randrange(51))},{blank_or(rng, opinion)}"


def decision(rng, subject, kind):
    grade = rng.choice(("excellent", "competent", "basic") + ("",) * (kind == "objection"))
    return f"{subject},{kind},{grade},2026-12-2{rng.randrange(3)},局党组,{rng.choice(('', '第12次会议'))},\"=理由；一;\n{rng.randrange(9)}\""


def tables(rng):
    """Name of a table: its lines. Some raters give everybody the same or the best, so that the rules on sheets have work."""
    units = [f"u{i}" for i in range(UNITS)]
    people = [f"p{i}" for i in range(PEOPLE)]
    made = {
        "people": ["id,name,unit,category,rank,age,received"] + [f"{u},{u},,单位,,," for u in units],
        "ratings": ["subject,rater,role,work,conduct,opinion"],
        "events": ["subject,kind,from,to,points"],
        "measures": ["subject,measure,value,target,baseline"],
        "history": ["subject,period,score,grade"],
        "decisions": ["subject,kind,grade,date,by,meeting,reason"],
    }
    for p in people:
        made["people"].append(f"{p},{p},{rng.choice(units)},,{rng.choice(('处级', '科级', '科级'))},{rng.randrange(20, 70)},"
                              f"2026-0{rng.randrange(1, 6)}-11")
        made["events"].append(f"{p},fault,2026-03-0{rng.randrange(1, 9)},,{rng.randrange(5)}")
        made["events"].append(f"{p},leave,2026-04-01,2026-{rng.choice(('04', '05', '05', '12'))}-20,")
        made["history"].append(f"{p},2025,{rng.randrange(100)},{rng.choice(('excellent', 'competent', 'basic'))}")
        made["history"].append(f"{p},2026Q1,{rng.randrange(100)},")
    made["measures"] += [f"{u},days,{rng.randrange(9)},4,9" for u in units]
    made["decisions"] += [decision(rng, subject, kind) for subject, kind in rng.sample([(s, k) for s in people for k in KINDS], 12)]
    made["decisions"].append("u0,override,fair,2026-12-24,局党组,,单位复评")
    for rater in people + ["guest", ""]:
        alike, generous = rng.random() < 0.2, rng.random() < 0.2
        for role in ("peer", "leader", "public"):
            for subject in rng.sample(people, rng.randrange(2, PEOPLE)):
                line = f"{subject},{rater},{role},70,30,B" if alike else ballot(rng, subject, rater, role, generous)
                made["ratings"].append(line)
    return made


class Seal(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.here = pathlib.Path(self.folder.name)

    def out(self, *arguments):
        done = assess(*arguments)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        return done.stdout

    def seal(self, seed):
        data = self.here / "data"
        data.mkdir(exist_ok=True)
        for name, lines in tables(random.Random(seed)).items():
            (data / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return self.out("run", "--rules", RULES, "--period", "2026", "--json", "--force", "--out", self.here / "out", data)

    def test_every_round_gives_the_bytes_of_the_run_again(self):
        for seed in range(ROUNDS):
            live = json.loads(self.seal(seed))
            sealed, again = self.here / "out" / "batch.db", self.here / "again"
            self.out("verify", sealed)
            replayed = json.loads(self.out("replay", "--json", "--force", "--out", again, sealed))
            self.assertEqual((self.here / "out" / "results.csv").read_bytes(), (again / "results.csv").read_bytes())
            self.assertGreater(live["counts"]["refused_ballots"], 0)
            self.assertEqual(13, len(live["decisions"]))
            self.assertEqual(self.told(live), self.told(replayed))

    @staticmethod
    def told(summary):
        """Without the files that were written."""
        return {key: value for key, value in summary.items() if key != "outputs"}

    def test_every_derivation_is_the_same_from_the_file(self):
        self.seal(20261126)
        sealed, data = self.here / "out" / "batch.db", self.here / "data"
        for who in ["u0", "u1"] + [f"p{i}" for i in range(PEOPLE)]:
            live = self.out("explain", "--rules", RULES, "--period", "2026", "--lang", "en", who, data)
            self.assertEqual(live.decode(), self.out("explain", "--lang", "en", who, sealed).decode())

    def test_nothing_is_left_of_what_a_refused_rater_gave(self):
        """Every sheet that is marked by one of the four rules has no value: bits 0 to 3."""
        self.seal(7)
        rows = sqlite3.connect(self.here / "out" / "batch.db").execute("SELECT sheets, marks FROM ballot").fetchall()
        pairs = [pair for sheets, marks in rows for pair in zip(sheets.split("\n"), marks.split("\n")) if pair[1]]
        refused = {sheet for sheet, mark in pairs if int(mark, 16) & 15}
        self.assertEqual({"~", "-,-,-"}, refused)
        self.assertNotIn("~", {sheet for sheet, mark in pairs if not int(mark, 16) & 15})

    def test_a_changed_mark_is_found(self):
        self.seal(3)
        sealed = self.here / "out" / "batch.db"
        sealed.chmod(0o600)
        database = sqlite3.connect(sealed)
        database.execute("UPDATE ballot SET marks = replace(marks, '1', '3')")
        database.commit()
        database.close()
        done = assess("verify", "--json", sealed)
        checks = {check["id"]: check["passed"] for check in json.loads(done.stdout)["checks"]}
        self.assertEqual((1, False), (done.returncode, checks["store.claim_ballots"]))

    def test_a_changed_decision_is_found(self):
        self.seal(3)
        sealed = self.here / "out" / "batch.db"
        sealed.chmod(0o600)
        database = sqlite3.connect(sealed)
        database.execute("UPDATE decision SET decided_by = 'somebody else' WHERE number = 0")
        database.commit()
        database.close()
        done = assess("verify", "--json", sealed)
        checks = {check["id"]: check["passed"] for check in json.loads(done.stdout)["checks"]}
        self.assertEqual((1, False), (done.returncode, checks["store.claim_decisions"]))

    def test_files_of_earlier_formats_are_verified_and_replayed(self):
        for number in (1, 2):
            with self.subTest(number):
                self.check_earlier(SOURCE / "tests" / "golden" / f"store-{number}.db")

    def check_earlier(self, sealed):
        self.out("verify", sealed)
        self.out("replay", "--force", "--out", self.here / "again", sealed)
        stored = b"".join(row[0] for row in sqlite3.connect(f"file:{sealed}?mode=ro", uri=True).execute(
            "SELECT piece FROM results_csv ORDER BY ordinal"))
        self.assertEqual(stored, (self.here / "again" / "results.csv").read_bytes())


if __name__ == "__main__":
    unittest.main()
