"""The package for Node.js: built out of a copy, tested by its own tests, by the bytes of the command line, by the compiler of TypeScript
where npm can get it, and as somebody else would install it. Nothing here needs the network: what does is skipped, and says so."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import plain_tables
from support import RULES, SOURCE, run_batch

sys.path.insert(0, str(SOURCE / "tests" / "conformance"))
import judge  # noqa: E402

BUILD = pathlib.Path(os.environ.get("ASSESS_BUILD", SOURCE / "build/release"))
PACKAGE = BUILD / "bindings/node"
NODE, NPM, CC = shutil.which("node"), shutil.which("npm"), shutil.which("cc")
NPM_SECONDS = 120

RUN = """
import { readFileSync } from "node:fs";
const { run } = await import(process.argv[1]);
const { language, ...options } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write((await run(options)).csv(language));
"""


def environment(**more):
    library = {"ASSESS_INCLUDE": SOURCE / "libassess/include", "ASSESS_LIBRARY": BUILD / "libassess", "ASSESS_RULES": RULES}
    return {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/"), "LC_ALL": "C.UTF-8", "ASSESS_SOURCE": str(SOURCE),
            **{name: str(value) for name, value in library.items()}, **more}


def call(*arguments, cwd=PACKAGE, env=None, **more):
    return subprocess.run([str(a) for a in arguments], cwd=cwd, env=env or environment(), capture_output=True, check=False, **more)


def fetch():
    """What the tests of the package need from npm, where npm can get it; else those tests are skipped."""
    if all((PACKAGE / "node_modules" / name).exists() for name in json.loads((PACKAGE / "package.json").read_text())["devDependencies"]):
        return
    try:
        call(NPM, "install", "--no-package-lock", "--no-audit", "--no-fund", "--fetch-retries=0", timeout=NPM_SECONDS)
    except subprocess.TimeoutExpired:
        pass


def columns(rows, names):
    return {name: [row[name] for row in rows] for name in names}


def ballot_columns(ballots):
    items = list(ballots[0]["values"])
    return {**columns(ballots, ("subject", "rater", "role")), "values": columns([b["values"] for b in ballots], items)}


class Node(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        shutil.copytree(SOURCE / "bindings/node", PACKAGE, dirs_exist_ok=True, ignore=shutil.ignore_patterns("node_modules", "prebuilds"))
        fetch()
        built = call(NODE, "scripts/build.js")
        if built.returncode != 0 and b"node-api-headers" in built.stderr:
            raise unittest.SkipTest("the headers of Node-API are not here (npm install in bindings/node, or Debian: libnode-dev)")
        assert built.returncode == 0, built.stderr.decode()

    def bytes_of(self, options):
        done = call(NODE, "--input-type=module", "-e", RUN, PACKAGE / "index.js", cwd=SOURCE, input=json.dumps(options).encode())
        self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode())
        return done.stdout

    def test_its_own_tests(self):
        """By this Node, and by those whose programs ASSESS_NODES names."""
        for node in [NODE, *filter(None, os.environ.get("ASSESS_NODES", "").split(os.pathsep))]:
            with self.subTest(node=node):
                done = call(node, "--expose-gc", "--test", "test/results.test.js", "test/arrow.test.js", "test/misuse.test.js", "test/fuzz.test.js")
                self.assertEqual(0, done.returncode, done.stdout.decode()[-5000:])
                self.assertRegex(done.stdout.decode(), r"pass \d\d")

    def test_the_table_of_cases_gives_the_bytes_of_every_other_way(self):
        with tempfile.TemporaryDirectory() as name:
            done = call(NODE, SOURCE / "tests/conformance/run.mjs", PACKAGE / "index.js", SOURCE, name, cwd=SOURCE)
            self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode())
            self.assertEqual([], judge.differences(pathlib.Path(name), left_out={"setting-twice"})) # an object cannot name a setting twice

    def test_files_give_the_bytes_of_the_command_line(self):
        for scheme, period, settings in (("bureau", "2026", {}), ("bureau", "2026", {"rounding": "whole"}), ("five-star", "2026", {}),
                                         ("time-limits", "2026-02", {}), ("disclosure-cycle", "2026", {"seed": 2027}),
                                         ("democratic-review", "2026", {})):
            folder = f"examples/{ {'bureau': 'year-end'}.get(scheme, scheme) }"
            for language in ("zh", "en"):
                with self.subTest(scheme=scheme, settings=settings, language=language):
                    options = [part for name, value in settings.items() for part in ("--set", f"{name}={value}")]
                    expected = run_batch(folder, scheme, period, ["--lang", language, *options])
                    self.assertEqual(expected, self.bytes_of({"rules": scheme, "folders": [str(RULES)], "period": period, "settings": settings,
                                                              "inputs": [folder], "language": language}))

    def test_columns_give_the_bytes_of_the_same_tables_in_files(self):
        for scheme, (people, ballots) in (("bureau", plain_tables.bureau()), ("democratic-review", plain_tables.review())):
            with self.subTest(scheme), tempfile.TemporaryDirectory() as name:
                folder = pathlib.Path(name)
                plain_tables.write_files(folder, people, ballots)
                options = {"rules": scheme, "folders": [str(RULES)], "period": "2026", "people": columns(people, people[0]),
                           "ballots": ballot_columns(ballots)}
                self.assertEqual(run_batch(folder, scheme), self.bytes_of(options))

    def test_types(self):
        compiler = PACKAGE / "node_modules/.bin/tsc"
        if not compiler.exists() or not (PACKAGE / "node_modules/apache-arrow").exists():
            self.skipTest("npm cannot get the compiler of TypeScript here")
        done = call(compiler, "--noEmit", "-p", "test")
        self.assertEqual(0, done.returncode, done.stdout.decode())

    def test_types_name_what_there_is(self):
        names = call(NODE, "--input-type=module", "-e", f'console.log(Object.keys(await import("{PACKAGE}/index.js")).join(" "))').stdout.decode().split()
        declared = re.findall(r"^export (?:class|function|const) (\w+)", (PACKAGE / "index.d.ts").read_text(), re.M)
        self.assertEqual(sorted(names), sorted([*declared, "default"]))

    def test_the_packed_package_installs_without_a_compiler(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            packed = call(NPM, "pack", "--pack-destination", folder)
            self.assertEqual(0, packed.returncode, packed.stderr.decode())
            project = folder / "project"
            project.mkdir()
            (project / "package.json").write_text('{"name":"project","private":true}')
            nothing = {"PATH": str(pathlib.Path(NODE).parent), "HOME": str(folder), "LC_ALL": "C.UTF-8"}
            installed = call(NPM, "install", "--offline", "--no-audit", "--no-fund", next(folder.glob("*.tgz")), cwd=project, env=nothing)
            self.assertEqual(0, installed.returncode, installed.stderr.decode())
            shutil.copy(SOURCE / "examples/node/year_end.mjs", project)
            done = call(NODE, "year_end.mjs", SOURCE / "examples/year-end", cwd=project, env=nothing)
            self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode())
            self.assertIn("1602     94.85", done.stdout.decode(), "the best score of the example, as the oracle has it")
            maps = 'await import("assess"); console.log((await import("node:fs")).readFileSync("/proc/self/maps", "utf8"))'
            loaded = call(NODE, "--input-type=module", "-e", maps, cwd=project, env=nothing).stdout.decode()
            for library in ("assess.node", "libassess.so.0", "liblua5.4.so.0", "libsqlite3.so.0", "libutf8proc.so.2"):
                self.assertRegex(loaded, rf"{project.resolve()}/node_modules/assess/prebuilds/[^/]+/{re.escape(library)}", "its own")

    def test_libassess_has_its_own_libraries_and_not_those_of_node(self):
        """The dynamic linker says to whom it bound what: node exports an OpenSSL, and may export an SQLite."""
        done = call(NODE, "--input-type=module", "-e", f'await import("{PACKAGE}/index.js")', env=environment(LD_DEBUG="bindings"))
        bound = re.findall(r"binding file \S*libassess\.so\.0 \[0\] to (\S+) \[0\]: \w+ symbol `(?:EVP_|lua_|sqlite3_|utf8proc_)", done.stderr.decode())
        self.assertEqual({"libcrypto", "liblua5", "libsqlite3", "libutf8proc"}, {pathlib.Path(path).name.split(".")[0] for path in bound})

    def test_versions_go_together(self):
        version = re.search(r"project\(assess VERSION (\S+)", (SOURCE / "CMakeLists.txt").read_text())[1]
        self.assertEqual(version, json.loads((PACKAGE / "package.json").read_text())["version"])

    def readme(self):
        return re.findall(r"```js\n(.*?)```", (SOURCE / "bindings/node/README.md").read_text(), re.S)

    def runs(self, code, folder):
        """As an ES module in this folder, where the package and what the README's paths name are found."""
        (folder / "node_modules").mkdir(exist_ok=True)
        for link, target in (("node_modules/assess", PACKAGE), ("year-end", SOURCE / "examples/year-end")):
            (folder / link).symlink_to(target)
        (folder / "code.mjs").write_text(code, encoding="utf-8")
        done = call(NODE, "--preserve-symlinks", "code.mjs", cwd=folder)
        self.assertEqual((0, b""), (done.returncode, done.stderr), done.stderr.decode())
        return done.stdout.decode()

    def test_the_examples_of_the_readme_run(self):
        files, columns_, _, reference = self.readme()
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as two:
            out = self.runs(files + "{" + columns_ + "console.log(result.row(0).score); }", pathlib.Path(one))
            self.assertIn("1602 94.85 excellent 1\n", out)
            # 1101, colleagues 9 + 8 + 9 + 53.25 + 9 = 88.25, leader 9.5 + 8 + 9 + 54 + 9 = 89.5: 0.4 × 88.25 + 0.6 × 89.5 = 89.00
            self.assertTrue(out.endswith("89.00\n"))
            out = self.runs(reference, pathlib.Path(two))
            self.assertIn("1602 94.85\n", out)
            self.assertTrue(out.endswith("true 2 call.no_rules\n"))

    def test_the_readme_has_an_example_of_every_function(self):
        code = "import { Scheme, Result, default as all } from %s; for (const C of [Scheme, Result]) console.log(Object.getOwnPropertyNames(C.prototype).join(' ')); console.log(Object.keys(all).join(' '));"
        names = set(call(NODE, "--input-type=module", "-e", code % json.dumps(str(PACKAGE / "index.js"))).stdout.decode().split())
        self.assertGreater(len(names), 25)
        self.assertEqual(set(), names - {"constructor", "Scheme", "Result"} - set(re.findall(r"\.(\w+)", "".join(self.readme()))))

    def test_from_nothing_to_a_result(self):
        """As both READMEs have it, but for building libassess and what npm would fetch."""
        for name in ("README.md", "README.zh.md"):
            with self.subTest(name), tempfile.TemporaryDirectory() as home:
                steps = re.search(r"```sh\n(examples/setup.*?)```", (SOURCE / "bindings/node" / name).read_text(), re.S)[1].split("\n")
                self.assertLessEqual(len(steps), 11, "ten lines")
                installed = call("cmake", "--install", BUILD, "--prefix", f"{home}/assess")
                self.assertEqual(0, installed.returncode, installed.stderr.decode())
                script = "\n".join(steps[2:]).replace("bindings/node && npm install", str(PACKAGE)).replace("npm install --prefix", "npm install --offline --prefix")
                env = {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8"}
                done = call("bash", "-euc", script, cwd=SOURCE, env=env)
                self.assertEqual(0, done.returncode, done.stderr.decode())
                self.assertTrue(done.stdout.decode().endswith("萧春燕 82.07\n"), done.stdout.decode()) # the first of people.csv; tests/golden/year-end.results.csv

    def test_sources_elsewhere_give_the_same_bytes(self):
        with tempfile.TemporaryDirectory() as name:
            packed = []
            for place in (pathlib.Path(name) / "a", pathlib.Path(name) / "another-folder-with-a-longer-name"):
                shutil.copytree(SOURCE / "bindings/node", place, ignore=shutil.ignore_patterns("node_modules", "prebuilds"))
                if (PACKAGE / "node_modules").exists():
                    (place / "node_modules").symlink_to(PACKAGE / "node_modules")
                done = call(NPM, "pack", "--pack-destination", place, cwd=place)
                self.assertEqual(0, done.returncode, done.stderr.decode())
                packed.append(next(place.glob("*.tgz")).read_bytes())
            self.assertEqual(packed[0], packed[1])


if __name__ == "__main__":
    lacking = [name for name, found in (("node", NODE), ("npm", NPM), ("cc", CC)) if not found]
    if lacking:
        print(f"skipped: there is no {' and no '.join(lacking)}")
        sys.exit(77)
    unittest.main()
