"""Every scheme carries out a generated batch: exit code 0, and a status for every row of people."""
import csv
import io
import os
import pathlib
import sys
import tempfile
import unittest

from support import PROGRAM, RULES, SOURCE, assess, run_batch

sys.path.insert(0, str(SOURCE / "tests" / "bench"))
import make_scheme_data  # noqa: E402
import schemes  # noqa: E402

SUBJECTS = 200
STATUSES = {"assessed", "excluded", "incomplete"}


class EveryScheme(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["ASSESS_RULES"] = str(RULES)

    def make(self, name, folder, seed=1):
        scheme = make_scheme_data.load_scheme(PROGRAM, name)
        make_scheme_data.Batch(scheme, SUBJECTS, 4, schemes.period_of(name), seed).write(folder)

    def test_has_a_status_for_every_row(self):
        names = schemes.schemes_of(RULES)
        self.assertGreater(len(names), 20)
        for name in names:
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                self.make(name, pathlib.Path(folder))
                rows = list(csv.DictReader(io.StringIO(run_batch(folder, name, schemes.period_of(name)).decode("utf-8-sig"))))
                self.assertEqual(SUBJECTS, len(rows))
                self.assertLessEqual({row["status"] for row in rows}, STATUSES)
                self.assertIn("assessed", {row["status"] for row in rows})

    def test_has_no_problem_of_the_tables(self):
        for name in schemes.schemes_of(RULES):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                self.make(name, pathlib.Path(folder), seed=2)
                done = assess("check", "--rules", name, "--period", schemes.period_of(name), folder)
                self.assertEqual(0, done.returncode, done.stderr.decode() + done.stdout.decode())

    def test_gets_the_same_bytes_for_the_same_seed(self):
        with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
            self.make("five-star", pathlib.Path(first))
            self.make("five-star", pathlib.Path(second))
            for table in sorted(pathlib.Path(first).iterdir()):
                self.assertEqual(table.read_bytes(), (pathlib.Path(second) / table.name).read_bytes(), table.name)


class Measuring(unittest.TestCase):
    def test_a_small_batch_gives_a_line_a_scheme(self):
        with tempfile.TemporaryDirectory() as folder:
            out = pathlib.Path(folder) / "table.md"
            sys.argv = ["schemes.py", "--assess", PROGRAM, "--rules", str(RULES), "--subjects", str(SUBJECTS), "--runs", "1",
                        "--threads", "1", "--work", folder, "--write", str(out), "bureau", "hygiene"]
            schemes.main()
            lines = out.read_text(encoding="utf-8").splitlines()
        self.assertEqual(["`bureau`", "`hygiene`"], [line.split(" ")[1] for line in lines[2:]])


if __name__ == "__main__":
    unittest.main()
