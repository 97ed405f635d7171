"""What the tests of the command line share: a small batch, a folder to work in, and a way to run the program.

    ASSESS        the program, build/bindings/cli/assess unless told
    ASSESS_RULES  the folder of rule files, rules/ unless told
"""

import fcntl
import os
import pathlib
import pty
import shutil
import struct
import subprocess
import tempfile
import termios
import unittest

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
ASSESS = os.path.abspath(os.environ.get("ASSESS") or ROOT / "build/bindings/cli/assess")
RULES = os.path.abspath(os.environ.get("ASSESS_RULES") or ROOT / "rules")

PEOPLE = """id,name,unit,start
1001,张三,办公室,2010-05-04
1002,李四,办公室,2010-05-04
1003,王五,人事股,2026-09-01
1004,赵六,人事股,2010-05-04
"""

# 1001: peers 90, leader 90 -> 90.00. 1002: peers 80, leader 95 -> 0.4*80 + 0.6*95 = 89.00. 1004: no leader's ballot.
RATINGS = """subject,rater,role,virtue,ability,diligence,performance,integrity
1001,a,peer,9,9,9,54,9
1001,b,peer,9,9,9,54,9
1001,z,leader,9,9,9,54,9
1002,a,peer,8,8,8,48,8
1002,b,peer,8,8,8,48,8
1002,z,leader,9.5,9.5,9.5,57,9.5
1003,a,peer,9,9,9,54,9
1003,z,leader,9,9,9,54,9
1004,a,peer,9,9,9,54,9
"""

EVENTS = """subject,kind,from,to,points,liable,ref
1002,deduction,2026-03-04,,0.5,,note 7
"""


def environment(**more):
    """Nothing of the caller's language or colours; the rules of the source tree."""
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "ASAN_OPTIONS",
                                                         "LSAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS")}
    kept.update(ASSESS_RULES=RULES, TERM="xterm", LC_ALL="C.UTF-8")
    kept.update(more)
    return {k: v for k, v in kept.items() if v is not None}


class Outcome:
    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class CommandLine(unittest.TestCase):
    """Each test works in an empty folder of its own with the small batch in batch/."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="assess-cli-"))
        self.addCleanup(self.remove)
        self.batch = self.folder / "batch"
        self.batch.mkdir()
        self.table("people.csv", PEOPLE)
        self.table("ratings.csv", RATINGS)
        self.table("events.csv", EVENTS)

    def remove(self):
        for path, folders, _ in os.walk(self.folder):
            for name in folders:
                os.chmod(os.path.join(path, name), 0o700)
        shutil.rmtree(self.folder)

    def table(self, name, text):
        (self.batch / name).write_text(text, encoding="utf-8")

    def assess(self, *arguments, env=None, stdout=subprocess.PIPE, before=None, **kinds):
        done = subprocess.run([ASSESS, *map(str, arguments)], cwd=self.folder, env=environment(**(env or {})),
                              stdin=subprocess.DEVNULL, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=before,
                              timeout=120, check=False, **kinds)
        return Outcome(done.returncode, (done.stdout or b"").decode("utf-8"), done.stderr.decode("utf-8"))

    def run_batch(self, *arguments, **kinds):
        return self.assess("run", "--rules", "bureau", "--period", "2026", *arguments, "batch", **kinds)

    def on_terminal(self, *arguments, env=None, columns=0):
        """Runs with standard output and error on one terminal; returns the exit code and what appeared. 0 columns: the
        terminal does not know."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        child = subprocess.Popen([ASSESS, *map(str, arguments)], cwd=self.folder, env=environment(**(env or {})),
                                 stdin=subprocess.DEVNULL, stdout=theirs, stderr=theirs)
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # EIO: the other side is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        return child.wait(), shown.decode("utf-8")

    def files(self, folder="."):
        """Everything below a folder but the batch, hidden files too."""
        top = self.folder / folder
        return sorted(str(p.relative_to(top)) for p in top.rglob("*") if self.batch != p and self.batch not in p.parents)

    def assert_exit(self, code, outcome):
        self.assertEqual(code, outcome.code, outcome)

    def assert_said(self, words, text):
        self.assertIn(words, text)
