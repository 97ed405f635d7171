"""The Lua module gives the bytes of the command line, refuses other Luas, and never crashes on misuse. The scripts are in
bindings/lua/test; lua5.4 runs them, and luajit only to be refused."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

import plain_tables
from support import RULES, SOURCE, assess, run_batch

BUILD = pathlib.Path(os.environ.get("ASSESS_BUILD", SOURCE / "build/release"))
SCRIPTS = SOURCE / "bindings/lua/test"
PATHS = {"LUA_PATH": f"{SOURCE}/bindings/lua/?.lua", "LUA_CPATH": f"{BUILD}/bindings/lua/?.so"}
LUA = shutil.which("lua5.4") or shutil.which("lua")


def preloaded():
    """A module built with sanitizers needs their libraries before the program's own start."""
    core = BUILD / "bindings/lua/assess/core.so"
    needed = subprocess.run(["ldd", core], capture_output=True, text=True, check=True).stdout
    return " ".join(re.findall(r"=> (\S*lib(?:a|t|ub)san\S*)", needed))


def lua(script, *arguments, program=LUA, folder=SOURCE, **environment):
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "LD_PRELOAD": preloaded(), "ASAN_OPTIONS": "detect_leaks=1",
           **PATHS, **environment}
    return subprocess.run([program, *map(str, [script, *arguments])], cwd=folder, env=env, capture_output=True, check=False)


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}")


def literal(value):
    """A Lua expression for lists, dictionaries, texts and None."""
    if isinstance(value, list):
        return "{" + ",".join(map(literal, value)) + "}"
    if isinstance(value, dict):
        return "{" + ",".join(f"[{literal(k)}]={literal(v)}" for k, v in value.items() if v is not None) + "}"
    return json.dumps(value, ensure_ascii=False)


class Lua(unittest.TestCase):
    def runs(self, script, *arguments):
        done = lua(SCRIPTS / script, *arguments)
        self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode(errors="replace"))
        return done.stdout

    def test_files_give_the_bytes_of_the_command_line(self):
        for scheme, period, settings in (("bureau", "2026", ()), ("bureau", "2026", ("rounding=whole",)), ("five-star", "2026", ()),
                                         ("time-limits", "2026-02", ()), ("disclosure-cycle", "2026", ("seed=2027",)),
                                         ("democratic-review", "2026", ())):
            folder = SOURCE / "examples" / {"bureau": "year-end"}.get(scheme, scheme)
            for language in ("zh", "en"):
                with self.subTest(scheme=scheme, settings=settings, language=language):
                    options = [part for setting in settings for part in ("--set", setting)]
                    expected = run_batch(folder, scheme, period, ["--lang", language, *options])
                    self.assertEqual(expected, self.runs("results.lua", "files", scheme, period, language, RULES, folder, *settings))

    def test_rows_give_the_bytes_of_the_same_tables_in_files(self):
        for scheme, (people, ballots) in (("bureau", plain_tables.bureau()), ("democratic-review", plain_tables.review())):
            with self.subTest(scheme), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                plain_tables.write_files(folder, people, ballots)
                expected = run_batch(folder, scheme)
                data = folder / "data.lua"
                data.write_text("return " + literal({"people": people, "ballots": ballots}), encoding="utf-8")
                self.assertEqual(expected, self.runs("results.lua", "rows", scheme, RULES, data))

    def test_texts_and_tables(self):
        expected = assess("explain", "1403", "--lang", "zh", "--rules", "bureau", "--period", "2026", "examples/year-end").stdout
        self.assertEqual(expected, self.runs("results.lua", "texts", RULES, "examples/year-end"))

    def test_seal_verify_replay_and_diff(self):
        expected = assess("diff", "bureau", "bureau,rounding=whole", "--lang", "en", "--format", "csv", "--period", "2026",
                          "examples/year-end").stdout
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(expected, self.runs("results.lua", "sealed", RULES, "examples/year-end", folder))

    def test_worked_cases(self):
        self.runs("results.lua", "cases", RULES)

    def test_misuse_gives_errors_and_never_a_crash(self):
        self.assertEqual(b"nothing crashed\n", self.runs("misuse.lua", RULES, "examples/year-end"))

    def test_any_calls_in_any_order_are_values_or_errors(self):
        steps = os.environ.get("ASSESS_FUZZ_STEPS", "4000" if preloaded() else "20000") # sanitizers are slow
        with tempfile.TemporaryDirectory() as folder: # names of files are among what is tried
            done = lua(SCRIPTS / "fuzz.lua", RULES, SOURCE / "tests/conformance/tables/small", folder, steps, 20261126, folder=folder)
            self.assertEqual((0, b"nothing crashed\n"), (done.returncode, done.stdout), done.stderr.decode(errors="replace"))

    def test_other_luas_are_refused_before_anything_else(self):
        others = [found for found in map(shutil.which, ("lua5.1", "lua5.2", "lua5.3", "luajit")) if found]
        if not others:
            self.skipTest("no other Lua is installed (Debian: luajit, lua5.1, lua5.3)")
        for other in others:
            for module in ("assess", "assess.core"):
                with self.subTest(program=other, module=module):
                    done = lua("-e", f'require "{module}"', program=other)
                    self.assertEqual(1, done.returncode, "an error, no signal")
                    self.assertIn(b"expected PUC Lua 5.4", done.stderr)

    def test_the_helper_for_rules(self):
        files = [f for folder in (RULES, SOURCE / "tests/rules/valid", SOURCE / "tests/rules/organisations")
                 for f in sorted(folder.glob("*.lua")) if not f.name.endswith((".cases.lua", ".d.lua"))]
        self.assertGreater(len(files), 20)
        said = self.runs("rules.lua", RULES, SOURCE / "tests/rules/valid", *files).decode().split("\n")
        declared = (RULES / "assess.d.lua").read_text()
        for kind, pattern in (("word", r"^function (\w+)\("), ("method", r"^function \w+:(\w+)\(")):
            known = {line.split()[1] for line in said if line.startswith(kind)}
            self.assertEqual(set(re.findall(pattern, declared, re.M)) - {"case"}, known, f"every {kind} of the language")

    def test_the_example_runs(self):
        done = lua("examples/lua/year_end.lua", RULES, "examples/year-end")
        self.assertEqual((0, b""), (done.returncode, done.stderr))
        self.assertIn("1602     94.85", done.stdout.decode(), "the best score of the example, as the oracle has it")

    def test_built_as_luarocks_builds_it(self):
        """Without the flags of this tree: a name of ours that is not hidden could meet one of libc."""
        flags = subprocess.run(["pkg-config", "--cflags", "lua5.4"], capture_output=True, text=True, check=True).stdout.split()
        library = BUILD / "libassess"
        with tempfile.TemporaryDirectory() as folder:
            core = pathlib.Path(folder) / "assess/core.so"
            core.parent.mkdir()
            subprocess.run(["cc", "-O2", "-fPIC", "-shared", *flags, f"-I{SOURCE}/libassess/include",
                            *sorted((SOURCE / "bindings/lua/src").glob("*.c")), "-o", core, f"-L{library}", f"-Wl,-rpath,{library}",
                            "-lassess"], check=True)
            names = subprocess.run(["nm", "-D", "--defined-only", core], capture_output=True, text=True, check=True).stdout
            self.assertEqual(["luaopen_assess_core"], re.findall(r" T (\w+)", names))
            done = lua(SCRIPTS / "misuse.lua", RULES, "examples/year-end", LUA_CPATH=f"{folder}/?.so")
            self.assertEqual((0, b"nothing crashed\n"), (done.returncode, done.stdout), done.stderr.decode())

    @unittest.skipUnless(shutil.which("luarocks"), "luarocks is not installed (Debian: luarocks)")
    def test_luarocks_makes_it_from_the_tree_and_installs_it_from_an_archive(self):
        if preloaded():
            self.skipTest("its flags are not those of a build with sanitizers")
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            run("cmake", "--install", BUILD, "--prefix", folder / "installed")
            shutil.copytree(SOURCE / "bindings/lua", folder / "assess-0.1.0")
            with tarfile.open(folder / "assess-0.1.0.tar.gz", "w:gz") as archive:
                archive.add(folder / "assess-0.1.0", "assess-0.1.0")
            shutil.copy(SOURCE / "bindings/lua/assess-0.1.0-1.rockspec", folder)
            for words, place in ((("make",), folder / "assess-0.1.0"), (("install", "assess-0.1.0-1.rockspec"), folder)):
                tree = folder / words[0]
                with self.subTest(words[0]):
                    run("luarocks", "--lua-version", "5.4", "--tree", tree, *words, f"ASSESS_DIR={folder}/installed", cwd=place,
                        env={"PATH": os.environ["PATH"], "HOME": name, "LC_ALL": "C.UTF-8"})
                    done = lua("examples/lua/year_end.lua", RULES, "examples/year-end", LUA_PATH=f"{tree}/share/lua/5.4/?.lua",
                               LUA_CPATH=f"{tree}/lib/lua/5.4/?.so")
                    self.assertIn("1602     94.85", done.stdout.decode(), done.stderr.decode())

    def test_the_examples_of_the_readme_run(self):
        files, steps, rows, reference = re.findall(r"```lua\n(.*?)```", (SOURCE / "bindings/lua/README.md").read_text(), re.S)[:4]
        again = 'batch = scheme:batch() ' + rows + ' assert(batch:finish(), batch:report "en")'
        with tempfile.TemporaryDirectory() as folder: # some of them write files
            (pathlib.Path(folder) / "rules").symlink_to(RULES)
            (pathlib.Path(folder) / "year-end").symlink_to(SOURCE / "examples/year-end")
            for code in (files + steps + again, 'local assess = require "assess"\n' + reference):
                done = lua("-e", code, folder=folder)
                self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode())
                self.assertRegex(done.stdout.decode(), r"\b1602\b")

    def test_the_readme_has_an_example_of_every_function(self):
        reference = re.findall(r"```lua\n(.*?)```", (SOURCE / "bindings/lua/README.md").read_text(), re.S)
        calls = set(re.findall(r"[.:](\w+)[ ({\"]", "".join(reference)))
        done = lua("-e", """local assess, core = require "assess", require "assess.core"
            for name, value in pairs(assess) do if type(value) == "function" then print(name) end end
            local scheme = assert(assess.load("bureau", { folders = { "rules" }, period = "2026" }))
            local batch = scheme:batch() assert(batch:read "tests/conformance/tables/small" and batch:finish())
            for _, object in ipairs { scheme, batch, (batch:run()) } do for name in pairs(getmetatable(object).__index) do print(name) end end""")
        self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode())
        names = set(done.stdout.decode().split())
        self.assertGreater(len(names), 30)
        self.assertEqual(set(), names - calls)

    def test_from_nothing_to_a_result(self):
        """As both READMEs have it, but for building: what is built is installed."""
        for name in ("README.md", "README.zh.md"):
            with self.subTest(name), tempfile.TemporaryDirectory() as home:
                steps = re.search(r"```sh\n(examples/setup.*?)```", (SOURCE / "bindings/lua" / name).read_text(), re.S)[1].split("\n")
                self.assertLessEqual(len(steps), 11, "ten lines")
                run("cmake", "--install", BUILD, "--prefix", f"{home}/assess")
                steps = "\n".join(steps[2:]).replace("first.lua", f"{home}/first.lua")
                env = {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8"}
                script = steps.replace("lua5.4 ", f"LD_PRELOAD='{preloaded()}' {LUA} ")
                done = subprocess.run(["bash", "-euc", script], cwd=SOURCE, env=env, capture_output=True, check=False)
                # The first of people.csv; 82.07 in tests/golden/year-end.results.csv
                self.assertEqual((0, "萧春燕\t82.07\n"), (done.returncode, done.stdout.decode()), done.stderr.decode())

    def test_the_rockspec_names_every_source(self):
        text = (SOURCE / "bindings/lua/assess-0.1.0-1.rockspec").read_text()
        self.assertEqual({f"src/{f.name}" for f in (SOURCE / "bindings/lua/src").glob("*.c")}, set(re.findall(r'"(src/\w+\.c)"', text)))
        version = re.search(r"project\(assess VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text())[1]
        self.assertIn(f'version = "{version}-1"', text)


if __name__ == "__main__":
    if not LUA:
        print("skipped: there is no lua5.4 (Debian: lua5.4)")
        sys.exit(77)
    unittest.main()
