"""Hardening 5: any file of 64 MiB or less is answered within 10 s and within 256 MiB and four times the file.

Each case writes one file of 64 MiB that is as hard to hold as its form allows, and reads the peak of the process."""

import itertools
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

FILE = 64 << 20
MOST_KIB = (256 << 10) + 4 * FILE // 1024
MOST_SECONDS = 10
PERSON = "id,name\n1,x\n"
WIDE = "subject,rater,role,virtue,ability,diligence,performance,integrity\n"
LONG = "subject,rater,role,item,value\n"
LETTERS = [chr(c) for c in range(33, 127) if chr(c) not in '",=+-@;']


def short_ids():
    return map("".join, itertools.product(LETTERS, repeat=4))


def repeated(head, unit):
    yield head
    whole = unit * (2 ** 20 // len(unit))
    while True:
        yield whole


def numbered(head, form):
    yield head
    names = short_ids()
    while True:
        yield "".join(form.format(name) for name in itertools.islice(names, 10000))


class Memory(unittest.TestCase):
    def setUp(self):
        self.kept = tempfile.TemporaryDirectory(prefix="assess-memory-")
        self.addCleanup(self.kept.cleanup)
        self.folder = pathlib.Path(self.kept.name)
        (self.folder / "people.csv").write_text(PERSON)

    def put(self, name, pieces):
        with open(self.folder / name, "wb") as file:
            left = FILE
            for piece in pieces:
                file.write(piece.encode()[:left])
                left -= len(piece.encode())
                if left <= 0:
                    return

    def assert_bounded(self, code, rules="bureau"):
        before = os.times()
        child = subprocess.Popen([os.environ["ASSESS"], "check", "--rules", rules, "--period", "2026", str(self.folder)],
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.assertEqual(code, child.returncode)
        self.assertLess(used.ru_maxrss, MOST_KIB)
        self.assertLess(os.times().elapsed - before.elapsed, MOST_SECONDS)
        print(f"{self.id().split('.')[-1]}: {used.ru_maxrss >> 10} MiB", file=sys.stderr)

    def test_people_of_a_few_bytes(self):
        self.put("people.csv", numbered("id,name\n", "{},\n"))
        self.assert_bounded(1)

    def test_people_of_one_letter_cells(self):
        self.put("people.csv", numbered("id,name,unit,category,post,d,e,f,g\n", "{},a,b,c,d,e,f,g,h\n"))
        self.assert_bounded(1)

    def test_people_of_four_thousand_empty_columns(self):
        columns = ",".join(f"c{i}" for i in range(3990))
        self.put("people.csv", numbered(f"id,name,{columns}\n", "{}," + "," * 3990 + "\n"))
        self.assert_bounded(1)

    def test_people_of_four_thousand_columns_filled_once(self):
        columns = ",".join(f"c{i}" for i in range(3990))
        self.put("people.csv", itertools.chain([f"id,name,{columns}\n0,x{',x' * 3990}\n"],
                                               itertools.islice(numbered("", "{}," + "," * 3990 + "\n"), 1, None)))
        self.assert_bounded(1)

    def test_ballots_of_many_raters(self):
        self.put("ratings.csv", numbered(WIDE, "1,{},peer,1,1,1,1,1\n"))
        self.assert_bounded(1)

    def test_repeated_ballots(self):
        self.put("ratings.csv", repeated(WIDE, "1,1,peer,1,1,1,1,1\n"))
        self.assert_bounded(1)

    def test_rows_of_one_value_each(self):
        self.put("ratings.csv", numbered(LONG, "1,{},群众,德,1\n"))
        self.assert_bounded(1)

    def test_two_thousand_columns_that_are_no_items(self):
        self.put("ratings.csv", repeated("subject,rater,role," + ",".join(f"c{i}" for i in range(2000)) + "\n",
                                         "1,2,peer" + "," * 2000 + "\n"))
        self.assert_bounded(1)

    def test_short_events(self):
        self.put("events.csv", repeated("subject,kind,from\n", "1,veto,\n"))
        self.assert_bounded(1)

    def test_short_decisions(self):
        self.put("decisions.csv", repeated("subject,kind,grade,date,by,reason\n", "1,改定,优秀,2026-1-1,a,b\n"))
        self.assert_bounded(1)

    def test_a_history_of_many_periods(self):
        self.put("history.csv", numbered("subject,period,score\n", "1,{},\n"))
        self.assert_bounded(1)

    def test_one_line(self):
        self.put("ratings.csv", repeated("", "x"))
        self.assert_bounded(1)

    def test_quotes(self):
        self.put("ratings.csv", repeated("", '"'))
        self.assert_bounded(1)

    def test_line_ends(self):
        self.put("ratings.csv", repeated("", "\n"))
        self.assert_bounded(1)


if __name__ == "__main__":
    unittest.main()
