"""The tables of tests/conformance through C, against an installation, through the command line and through Lua; node_test.py and
python_test.py have the packages and do the same for them. `--update` writes the expectations anew from C."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import SOURCE, assess

sys.path.insert(0, str(SOURCE / "tests" / "conformance"))
import judge  # noqa: E402
import lua_test  # noqa: E402

BUILD = pathlib.Path(os.environ.get("ASSESS_BUILD", SOURCE / "build" / "release"))
LUA = BUILD / "bindings/lua/assess/core.so"


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
    run(folder / "run", SOURCE, out, cwd=SOURCE)
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


# ---- what else the command line is asked for; a kind of call that is not here it cannot say by itself ----


def said(*words, codes=(0,)):
    """What it prints; None when it fails: what it says of an error has no id to be compared."""
    done = assess(*words)
    return done.stdout if done.returncode in codes else None


def show(case, argument):
    return said("rules", "show", case["rules"], "--json", *arguments(case)[2:])


def explain(case, argument):
    return said("explain", argument, *arguments(case), *case["inputs"].split())


def diff(case, argument):
    """Exit code 5: somebody moves."""
    a, b = (",".join([case["rules"], *case["settings"].split(), *more.split()]) for more in ("", argument))
    text = said("diff", a, b, "--json", "--period", case["period"], "--lang", case["language"], *case["inputs"].split(), codes=(0, 5))
    return text and b"%d\n" % json.loads(text)["moved"] + text


def worked_cases(case, argument):
    text = said("rules", "test", case["rules"], "--lang", case["language"])
    _, passed, failed = re.findall(rb"\d+", text.splitlines()[0])
    return b"%s %s\n%s" % (passed, failed, text)


COMMANDS = {"scheme": show, "explain": explain, "diff": diff, "cases": worked_cases}


def command_line_calls(out):
    """The names of those that it cannot be asked for."""
    by_name, left_out = {case["name"]: case for case in judge.cases()}, set()
    for call in judge.calls():
        output = COMMANDS[call["call"]](by_name[call["case"]], call["argument"]) if call["call"] in COMMANDS else None
        if output is None:
            left_out.add(call["name"])
        else:
            (out / f"{call['name']}.call").write_bytes(output)
    return left_out


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
        left_out = command_line_calls(self.folder)
        self.assertLessEqual(10, len(judge.calls()) - len(left_out))
        self.assertEqual([], judge.differences(self.folder, ("status", "problems", "results", "explain"), left_out))

    def test_lua(self):
        if not LUA.exists() or not shutil.which("lua5.4"):
            self.skipTest("there is no lua5.4, or the module was not built")
        env = dict(os.environ, LUA_PATH=f"{SOURCE}/bindings/lua/?.lua", LUA_CPATH=f"{LUA.parents[1]}/?.so", LD_PRELOAD=lua_test.preloaded())
        run("lua5.4", SOURCE / "tests/conformance/run.lua", SOURCE, self.folder, cwd=SOURCE, env=env)
        self.assertEqual([], judge.differences(self.folder, left_out={"setting-twice"})) # a table cannot name a setting twice

    def test_the_table_is_whole(self):
        """Each case by its own name, all columns there, something expected of each; and errors as well as results."""
        cases = judge.cases()
        self.assertEqual(len(cases), len({case["name"] for case in cases}))
        for case in cases:
            self.assertEqual(13, len(case), case)
            self.assertTrue(case["results"] or case["status"] != "0", case)
        self.assertGreaterEqual(len(cases), 15)
        self.assertGreaterEqual({case["status"] for case in cases}, {"0", "1", "2", "3"})
        calls = judge.calls()
        self.assertEqual(len(calls), len({call["name"] for call in calls} - {case["name"] for case in cases}))
        self.assertLessEqual({call["case"] for call in calls}, {case["name"] for case in cases})
        for call in calls:
            self.assertRegex(call["output"], r"^[0-9a-f]{64}$", call["name"])

    def test_the_judge_sees_a_changed_byte(self):
        out = through_c(self.folder)
        first = next(case["name"] for case in judge.cases() if case["results"])
        for file in (f"{first}.results.csv", f"{judge.calls()[0]['name']}.call"):
            with open(out / file, "ab") as f:
                f.write(b" ")
        self.assertEqual(2, len(judge.differences(out)))


def rewritten(path, found):
    """The text of a table with what `found` says of each row."""
    lines = path.read_text(encoding="utf-8").splitlines()
    names, made = lines[0].split("\t"), [lines[0]]
    for line in lines[1:]:
        if line and not line.startswith("#"):
            row = dict(zip(names, (line.split("\t") + [""] * len(names))[:len(names)]))
            row.update(found(row["name"]))
            line = "\t".join(row[n] for n in names)
        made.append(line)
    return "\n".join(made) + "\n"


def update():
    with tempfile.TemporaryDirectory() as place:
        out = through_c(pathlib.Path(place))
        judge.CASES.write_text(rewritten(judge.CASES, lambda name: judge.found(out, name)), encoding="utf-8")
        judge.CALLS.write_text(rewritten(judge.CALLS, lambda name: {"output": judge.digest(out / f"{name}.call")}), encoding="utf-8")


if __name__ == "__main__":
    if "--update" in sys.argv:
        update()
    else:
        unittest.main()
