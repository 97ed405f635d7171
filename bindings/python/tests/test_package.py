"""The package itself: what it covers, what it says, what it brings along."""
import doctest
import importlib
import os
import pathlib
import pkgutil
import re
import unittest

from support import SOURCE, YEAR_END

import assess

HEADERS = SOURCE / "libassess" / "include" / "assess"
COVERAGE = SOURCE / "bindings" / "python" / "coverage.txt"


def declared():
    """Every function of libassess and libassess-office."""
    text = "".join(path.read_text(encoding="utf-8") for path in HEADERS.glob("*.h"))
    return set(re.findall(r"ASSESS_API[^;(]*?\b(assess_\w+)\(", text))


def coverage():
    """function: (offered, how or why not), as coverage.txt has it."""
    lines = re.findall(r"^(- )?(assess_\w+) +(\S.*)$", COVERAGE.read_text(encoding="utf-8"), re.M)
    return {name: (not left_out, how) for left_out, name, how in lines}


def examples():
    """An object of each class that has attributes of its own."""
    found = assess.check("bureau", period=2026, inputs=YEAR_END)
    table = found.table("people")
    return {"Check": found, "Table": table, "Column": table.columns[0]}


def modules():
    """The package and its modules in Python."""
    return [assess, *(importlib.import_module(f"assess.{found.name}") for found in pkgutil.iter_modules(assess.__path__)
                      if found.name != "_core")]


class Coverage(unittest.TestCase):
    def test_every_function_of_the_headers_is_spoken_of(self):
        self.assertEqual(sorted(declared()), sorted(coverage()))

    def test_what_is_said_to_be_offered_exists(self):
        objects, tried = examples(), 0
        for function, (offered, how) in coverage().items():
            path = re.match(r"[\w.]+", how)[0].split(".")
            if not offered or path == ["every"]:
                continue
            with self.subTest(function=function):
                found = objects[path[0]] if path[0] in objects else getattr(assess, path[0])
                for part in path[1:]:
                    found = getattr(found, part)
                tried += 1
        self.assertGreater(tried, 40)

    def test_the_mirror_has_the_names_of_the_library(self):
        makes = {"close", "stream_schema", "result_tables", "scheme_tables", "scheme_about", "batch_counts", "table_about", "table_row"}
        mirrored = {name for name in dir(assess._core) if not name.startswith("_") and name != "Handle"} - makes
        self.assertEqual(set(), {f"assess_{name}" for name in mirrored} - declared())

    def test_types_of_the_mirror_are_declared(self):
        stub = pathlib.Path(assess.__file__).with_name("_core.pyi").read_text(encoding="utf-8")
        self.assertEqual({name for name in dir(assess._core) if not name.startswith("_")} - {"Handle"},
                         set(re.findall(r"^def (\w+)", stub, re.M)))


class Package(unittest.TestCase):
    def test_the_version_is_that_of_the_library(self):
        project = (SOURCE / "bindings" / "python" / "pyproject.toml").read_text(encoding="utf-8")
        own = re.search(r'^version = "(\d+\.\d+)', project, re.M)[1]
        self.assertEqual(own, ".".join(assess.__version__.split(".")[:2]))

    def test_it_is_typed(self):
        self.assertTrue(pathlib.Path(assess.__file__).with_name("py.typed").exists())

    def test_what_is_public_is_documented(self):
        for name in assess.__all__:
            found = getattr(assess, name)
            self.assertTrue((found.__doc__ or "").strip(), name)
            for member, value in vars(found).items() if isinstance(found, type) else ():
                if callable(value) and not member.startswith("_"):
                    self.assertTrue((value.__doc__ or "").strip(), f"{name}.{member}")

    def test_its_libraries_come_from_the_wheel(self):
        assess.Scheme("bureau")
        with open("/proc/self/maps", encoding="utf-8") as maps:
            loaded = {line.split()[-1] for line in maps if "/" in line}
        folder = os.path.dirname(os.path.realpath(assess.__file__))
        for library in ("libassess.so", "libassess-office.so", "liblua5.4.so", "libutf8proc.so", "libminizip.so", "libxlsxwriter.so"):
            self.assertEqual([folder], sorted({os.path.dirname(path) for path in loaded if os.path.basename(path).startswith(library)}))
        # Python itself may have loaded an expat before us; a second one of the same name is never loaded.
        self.assertTrue(any(name.startswith("libexpat.so") for name in os.listdir(folder)))

    def test_everything_public_stands_in_an_example_that_is_run(self):
        """By its name, in an example of some docstring of the package."""
        finder = doctest.DocTestFinder()
        examples = "".join(example.source for module in modules() for found in finder.find(module) for example in found.examples)
        names = set(re.findall(r"\w+", examples))
        for name in set(assess.__all__) - {"RulesError"}:  # what Error shows is one
            found = getattr(assess, name)
            fields = getattr(found, "__annotations__", {}) if isinstance(found, type) else {}
            members = {member for member in (*vars(found), *fields) if not member.startswith("_")} if isinstance(found, type) else set()
            with self.subTest(name):
                self.assertEqual(set(), members - names)
                self.assertTrue(members or name in names)

    def test_examples_in_docstrings(self):
        before = os.getcwd()
        os.chdir(SOURCE)
        self.addCleanup(os.chdir, before)
        tried = 0
        for module in modules():
            outcome = doctest.testmod(module)
            self.assertEqual(0, outcome.failed, module.__name__)
            tried += outcome.attempted
        self.assertGreater(tried, 5)


if __name__ == "__main__":
    unittest.main()
