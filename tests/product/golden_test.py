"""Outputs of the examples, kept byte for byte in tests/golden. `python3 tests/product/golden_test.py --update` writes them
anew; the difference then belongs into the commit that explains it. The figures themselves are judged by the oracle's files
(*.oracle.csv), which were worked out from the contract by another program in another language."""
import csv
import io
import pathlib
import sys
import tempfile
import unittest

from support import SOURCE, assess, run_batch

GOLDEN = SOURCE / "tests" / "golden"
YEAR_END_DECIDED = ["--rules", "bureau", "--period", "2026", "examples/year-end", "examples/decisions"]
YEAR_END = ["--rules", "bureau", "--period", "2026", "examples/year-end"]
SCHEMES = ("efficiency-storm", "openness-matters", "service-metrics", "unit-target")   # an example of their own, kept whole
REVIEW = ["--rules", "democratic-review", "--period", "2026", "examples/democratic-review"]
LIMITS = ["--rules", "time-limits", "--period", "2026-02", "examples/time-limits"]
ATTENDANCE = ["--rules", "attendance", "--period", "2026-03", "examples/attendance"]
FIVE_STAR = ["--rules", "five-star", "--period", "2026", "examples/five-star"]
CYCLE = ["--rules", "disclosure-cycle", "--period", "2026", "--set", "seed=2027", "examples/disclosure-cycle"]


def summary(arguments, lang):
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        done = assess("run", "--lang", lang, "--format", "csv", "--out", out, *arguments)
        return done.stdout.replace(str(out).encode(), b"OUT")


def of_scheme(name):
    folder = f"examples/{name}"
    return {
        f"{name}.results.csv": lambda: run_batch(folder, name),
        f"{name}.summary.zh.txt": lambda: summary(["--rules", name, "--period", "2026", folder], "zh"),
    }


def outputs():
    """name of the golden file: how to make it"""
    made = {
        "year-end.results.csv": lambda: run_batch("examples/year-end"),
        "year-end.results.en.csv": lambda: run_batch("examples/year-end", arguments=["--lang", "en"]),
        "year-end.summary.zh.txt": lambda: summary(YEAR_END, "zh"),
        "year-end.summary.en.txt": lambda: summary(YEAR_END, "en"),
        "year-end.explain-1403.zh.txt": lambda: assess("explain", "1403", "--lang", "zh", *YEAR_END).stdout,
        "year-end.explain-1403-signed.en.txt": lambda: assess("explain", "1403", "--lang", "en", "--set",
                                                             "leader_signed=yes", *YEAR_END).stdout,
        "year-end.explain-1403-signed.zh.txt": lambda: assess("explain", "1403", "--lang", "zh", "--set",
                                                             "leader_signed=yes", *YEAR_END).stdout,
        "year-end.explain-1615.zh.txt": lambda: assess("explain", "1615", "--lang", "zh", *YEAR_END).stdout,
        "year-end.explain-1909.json": lambda: assess("explain", "1909", "--json", *YEAR_END).stdout,
        "decisions.summary.zh.txt": lambda: summary(YEAR_END_DECIDED, "zh"),
        "decisions.summary.en.txt": lambda: summary(YEAR_END_DECIDED, "en"),
        "decisions.explain-2207.zh.txt": lambda: assess("explain", "2207", "--lang", "zh", *YEAR_END_DECIDED).stdout,
        "decisions.explain-2207.en.txt": lambda: assess("explain", "2207", "--lang", "en", *YEAR_END_DECIDED).stdout,
        "democratic-review.results.csv": lambda: run_batch("examples/democratic-review", "democratic-review"),
        "democratic-review.summary.zh.txt": lambda: summary(REVIEW, "zh"),
        "five-star.results.csv": lambda: run_batch("examples/five-star", "five-star"),
        "five-star.summary.zh.txt": lambda: summary(FIVE_STAR, "zh"),
        "disclosure-cycle.results.csv": lambda: run_batch("examples/disclosure-cycle", "disclosure-cycle", arguments=["--set", "seed=2027"]),
        "disclosure-cycle.reweight.results.csv": lambda: run_batch("examples/disclosure-cycle", "disclosure-cycle",
                                                                   arguments=["--set", "seed=2027", "--set", "missing=reweight"]),
        "disclosure-cycle.summary.zh.txt": lambda: summary(CYCLE, "zh"),
        "year-end.diff-whole.zh.txt": lambda: assess("diff", "bureau", "bureau,rounding=whole", "--lang", "zh", *YEAR_END[2:]).stdout,
        "year-end.diff-whole.en.csv": lambda: assess("diff", "bureau", "bureau,rounding=whole", "--lang", "en", "--format", "csv",
                                                     *YEAR_END[2:]).stdout,
        "efficiency-storm.explain-302.zh.txt": lambda: assess("explain", "302", "--lang", "zh", "--rules", "efficiency-storm", "--period", "2026",
                                                              "examples/efficiency-storm").stdout,
        "time-limits.results.csv": lambda: run_batch("examples/time-limits", "time-limits", "2026-02"),
        "time-limits.summary.zh.txt": lambda: summary(LIMITS, "zh"),
        "time-limits.explain-S08.zh.txt": lambda: assess("explain", "S08", "--lang", "zh", *LIMITS).stdout,
        "attendance.results.csv": lambda: run_batch("examples/attendance", "attendance", "2026-03"),
        "attendance.summary.zh.txt": lambda: summary(ATTENDANCE, "zh"),
        "year-end.check.zh.txt": lambda: assess("check", "--lang", "zh", *YEAR_END).stdout,
        "year-end.check.en.txt": lambda: assess("check", "--lang", "en", *YEAR_END).stdout,
        "year-end.check.json": lambda: assess("check", "--json", *YEAR_END).stdout,
        "bureau.show.zh.txt": lambda: assess("rules", "show", "bureau", "--lang", "zh").stdout,
        "bureau.show.en.txt": lambda: assess("rules", "show", "bureau", "--lang", "en").stdout,
    }
    for scheme in SCHEMES:
        made.update(of_scheme(scheme))
    return made


def rows(data):
    return {row["id"]: row for row in csv.DictReader(io.StringIO(data.decode("utf-8-sig")))}


class Golden(unittest.TestCase):
    maxDiff = None

    def test_outputs_are_the_golden_ones(self):
        for name, make in outputs().items():
            with self.subTest(name):
                self.assertEqual((GOLDEN / name).read_bytes().decode(), make().decode())

    def test_figures_are_the_oracles(self):
        for name, scheme in (("year-end", "bureau"), ("democratic-review", "democratic-review")):
            found = rows(run_batch(f"examples/{name}", scheme))
            expected = rows((GOLDEN / f"{name}.oracle.csv").read_bytes())
            self.assertEqual(list(expected), list(found), "the same people in the same order")
            for person, row in expected.items():
                with self.subTest(person):
                    for column in ("status", "score", "grade", "rank"):
                        self.assertEqual(row[column], found[person][column], column)
                    flags = set(found[person]["flags"].split(";")) & {"veto", "gap"}
                    self.assertEqual(set(filter(None, row["flags"].split(";"))), flags)


if __name__ == "__main__":
    if "--update" in sys.argv:
        for file_name, produce in outputs().items():
            (GOLDEN / file_name).write_bytes(produce())
    else:
        unittest.main()
