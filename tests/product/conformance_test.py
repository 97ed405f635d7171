"""The table tests/conformance/cases.tsv through C, against an installation, and through the command line. `--update` writes its expectations
anew from C."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

from support import SOURCE, assess

sys.path.insert(0, str(SOURCE / "tests" / "conformance"))
import judge  # noqa: E402

BUILD = pathlib.Path(os.environ.get("ASSESS_BUILD", SOURCE / "build" / "release"))
EXPECTED = ("status", "error", "problems", "results", "explain")


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def through_c(folder):
    """Builds the runner against an installation made for it; returns where it wrote."""
    prefix, out = folder / "installed", folder / "out"
    out.mkdir()
    run("cmake", "--install", BUILD, "--prefix", prefix)
    sanitizers = [line.split("=", 1)[1] for line in (BUILD / "CMakeCache.txt").read_text().splitlines() if line.startswith("ASSESS_SANITIZE:")]
    extra = [f"-fsanitize={s}" for s in sanitizers if s]
    run("gcc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", *extra, "-I", prefix / "include", SOURCE / "tests/conformance/run.c",
        "-L", prefix / "lib", "-lassess", "-Wl,-rpath," + str(prefix / "lib"), "-o", folder / "run")
    run(folder / "run", judge.CASES, SOURCE, out, cwd=SOURCE)
    return out


def arguments(case):
    told = ["--rules", case["rules"], "--period", case["period"], "--lang", case["language"]]
    for setting in case["settings"].split():
        told += ["--set", setting]
    for kind in case["ignored"].split():
        told += ["--ignore", kind]
    return told


def command_line(case, out):
    """Writes what a runner writes, from `check`, `run` and `explain`."""
    told, inputs, name = arguments(case), case["inputs"].split(), case["name"]
    checked = assess("check", "--json", "--quiet", *told, *inputs)
    problems = json.loads(checked.stdout).get("problems", []) if checked.stdout.startswith(b"{") else []
    (out / f"{name}.problems.txt").write_text("".join(f"{p['id']}:{p['row']}\n" for p in problems))
    place = out / f"{name}.run"
    done = assess("run", "--format", "csv", "--quiet", "--out", place, *told, *inputs)
    status = done.returncode
    if status == 0:
        (out / f"{name}.results.csv").write_bytes((place / "results.csv").read_bytes())
    if status == 0 and case["explain_id"]:
        done = assess("explain", case["explain_id"], "--json", *told, *inputs)
        status = done.returncode
        if status == 0:
            (out / f"{name}.explain.json").write_bytes(done.stdout)
    (out / f"{name}.outcome.txt").write_text(f"{status} \n")


class Conformance(unittest.TestCase):
    def setUp(self):
        self.place = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.place.name)
        self.addCleanup(self.place.cleanup)

    def test_c(self):
        self.assertEqual([], judge.differences(through_c(self.folder)))

    def test_command_line(self):
        for case in judge.cases():
            command_line(case, self.folder)
        self.assertEqual([], judge.differences(self.folder, ("status", "problems", "results", "explain")))

    def test_the_table_is_whole(self):
        """Each case by its own name, all columns there, something expected of each; and errors as well as results."""
        cases = judge.cases()
        self.assertEqual(len(cases), len({case["name"] for case in cases}))
        for case in cases:
            self.assertEqual(13, len(case), case)
            self.assertTrue(case["results"] or case["status"] != "0", case)
        self.assertGreaterEqual(len(cases), 15)
        self.assertGreaterEqual({case["status"] for case in cases}, {"0", "1", "2", "3"})

    def test_the_judge_sees_a_changed_byte(self):
        out = through_c(self.folder)
        first = next(case["name"] for case in judge.cases() if case["results"])
        with open(out / f"{first}.results.csv", "ab") as f:
            f.write(b" ")
        self.assertEqual(1, len(judge.differences(out)))


def update():
    with tempfile.TemporaryDirectory() as place:
        out = through_c(pathlib.Path(place))
        lines = judge.CASES.read_text(encoding="utf-8").splitlines()
        names = lines[0].split("\t")
        made = [lines[0]]
        for line in lines[1:]:
            if not line or line.startswith("#"):
                made.append(line)
                continue
            case = dict(zip(names, (line.split("\t") + [""] * len(names))[:len(names)]))
            case.update(judge.found(out, case["name"]))
            made.append("\t".join(case[n] for n in names))
    judge.CASES.write_text("\n".join(made) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
