"""Every binding says of every function of the headers whether and how it offers it (bindings/X/coverage.txt), and calls what it
says it offers. bindings/README.md is made from that: `python3 tests/product/bindings_test.py --update` writes it anew."""
import pathlib
import re
import sys
import unittest

from support import SOURCE

BINDINGS = SOURCE / "bindings"
HEADERS = SOURCE / "libassess/include/assess"

# folder: (language, what it is called there, oldest version, where its calls stand)
LANGUAGES = {
    "python": ("Python", "`import assess`", "3.11", "src/**/*.[chp]*"),
    "lua": ("Lua", '`require "assess"`', "PUC Lua 5.4, and no other", "src/*.c"),
    "node": ("JavaScript, TypeScript", "`import assess from \"assess\"`", "Node.js 18 (Node-API 8)", "src/*.c"),
}

HEAD = """# Bindings

The library from other languages. Each folder stands alone: sources, manifest, tests, a README, and `coverage.txt`, which says of every
function of the C headers how the binding offers it, or why it does not. A binding adds the idiom of its language and no arithmetic:
all of them give the bytes of the command line ([tests/conformance](../tests/conformance/README.md) runs through each), and scores are exact decimals as
text. `bindings/cli` is the command line itself. Workbooks, reports and forms (libassess-office) are made with it; the Python package has most of them too.

| language | package | oldest version | functions of libassess | of libassess-office |
|---|---|---|---|---|
"""
TAIL = """
The table is made and checked by `tests/product/bindings_test.py`.

## What a call costs

The same calls in C and in every binding, on `examples/year-end`, one thread: `tests/bench/call_bench.c`, `python/tests/overhead.py`, `lua/test/overhead.lua`,
`node/test/overhead.js`. Each repeats a call some thousand times and takes the fastest of five rounds, in time of the processor, so that others on the machine
count little. Debian 12, x64, CPython 3.11, Lua 5.4.4, Node 20.20, release build, two processors with much else to do. Medians of three runs, which lay within
17 % of each other (C's 3 ns: 3 to 4).

| call | C | Python | Lua | Node |
|---|---|---|---|---|
| a number (`count`) | 3 ns | 99 ns | 52 ns | 34 ns |
| a row of nine fields | 0.11 µs | 1.4 µs | 0.78 µs | 1.3 µs |
| an error (no such row; Node: explain of nobody) | 0.10 µs | 3.0 µs | 0.46 µs | 6.5 µs |
| explain, as text (2.1 KB) | 13.8 µs | 15.9 µs | 14.6 µs | 22.4 µs |
| a run of 180 people from 14 files | 0.91 ms | 1.03 ms | 0.95 ms | 1.57 ms |

So a binding costs 0.03 to 0.1 µs a call, and what it makes of the answer: about a microsecond for a row, three to seven for an exception of Python or Node. Node's
run loads the rule file each time and goes through a thread of its own. For many rows take the whole at once: an Arrow stream, `csv`, a table.
"""


def functions(*headers):
    text = "\n".join(header.read_text() for header in headers)
    return set(re.findall(r"^ASSESS_API [^;{]*?\b(assess_\w+)\(", text, re.M))


def declared():
    """All functions of libassess."""
    return functions(*(header for header in sorted(HEADERS.glob("*.h")) if header.name != "office.h"))


def office():
    """Those of libassess-office make files for people: the command line offers them to every language. A binding speaks of all or of none."""
    return functions(HEADERS / "office.h")


def coverage(folder):
    """name: (offered, how or why not)"""
    out = {}
    for line in (BINDINGS / folder / "coverage.txt").read_text(encoding="utf-8").splitlines():
        found = re.match(r"(- )?(assess_\w+)\s+(\S.*)$", line)
        if line and not line.startswith("#"):
            assert found, f"{folder}/coverage.txt: expected a function and how it is offered but found {line!r}"
            assert found[2] not in out, f"{folder}/coverage.txt: {found[2]} stands twice"
            out[found[2]] = (not found[1], found[3])
    return out


def present():
    return [folder for folder in LANGUAGES if (BINDINGS / folder / "coverage.txt").exists()]


def readme():
    rows = []
    for folder, (language, package, oldest, _) in LANGUAGES.items():
        if folder in present():
            offered = {name for name, (yes, _) in coverage(folder).items() if yes}
            office_offered = f"{len(offered & office())} of {len(office())}" if offered & office() else "none"
            rows.append(f"| {language} | [{package}]({folder}/README.md) | {oldest} | {len(offered & declared())} of {len(declared())} | {office_offered} |")
        else:
            rows.append(f"| {language} | {package} | {oldest} | not in this tree yet | |")
    return HEAD + "\n".join(rows) + "\n" + TAIL


class Bindings(unittest.TestCase):
    def test_every_function_is_spoken_of(self):
        self.assertGreater(len(declared()), 50)
        for folder in present():
            with self.subTest(folder):
                spoken = set(coverage(folder))
                self.assertEqual(declared() | (office() if spoken & office() else set()), spoken)

    def test_what_is_offered_is_called_and_the_rest_is_not(self):
        for folder in present():
            files = (BINDINGS / folder).glob(LANGUAGES[folder][3])
            called = set(re.findall(r"\b(assess_\w+)\s*\(", "\n".join(f.read_text(encoding="utf-8") for f in files)))
            for name, (offered, how) in coverage(folder).items():
                with self.subTest(binding=folder, function=name):
                    self.assertEqual(offered, name in called, how)

    def test_each_folder_stands_alone(self):
        for folder in present():
            for name in ("README.md", "README.zh.md"):
                with self.subTest(binding=folder, file=name):
                    self.assertTrue((BINDINGS / folder / name).exists())

    def test_bindings_see_the_public_headers_only(self):
        public = {header.name for header in HEADERS.glob("*.h")}
        for folder in present():
            for file in (BINDINGS / folder).glob(LANGUAGES[folder][3]):
                for name in re.findall(r'#\s*include\s*[<"](?:assess/)([^>"]+)', file.read_text(encoding="utf-8")):
                    with self.subTest(file=file.name, header=name):
                        self.assertIn(name, public)

    def test_the_table_is_up_to_date(self):
        self.assertEqual(readme(), (BINDINGS / "README.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    if "--update" in sys.argv:
        (BINDINGS / "README.md").write_text(readme(), encoding="utf-8")
    else:
        unittest.main()
