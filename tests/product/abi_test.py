"""The libraries as others link them: what they export and import, their types, headers alone, programs built against an installation."""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from support import SOURCE

sys.path.insert(0, str(SOURCE / "tests" / "abi"))
import baseline  # noqa: E402

BUILD = pathlib.Path(os.environ["ASSESS_BUILD"])
MADE = BUILD / "libassess"
LIBRARY = MADE / "libassess.so"
OFFICE = MADE / "libassess-office.so"
HEADERS = SOURCE / "libassess" / "include"

# What a library must not do to its host, by what it would call. glibc's checked forms (__printf_chk) count as the plain ones.
FORBIDDEN = set("""
    exit _exit _Exit quick_exit abort __assert_fail atexit on_exit
    printf vprintf fprintf vfprintf dprintf puts putchar fputs perror syslog
    setlocale strtod strtof strtold atof sscanf scanf strcoll strxfrm toupper tolower isalpha isspace isdigit __ctype_b_loc strftime
    setenv putenv unsetenv clearenv getenv secure_getenv
    time localtime localtime_r gmtime mktime ctime asctime tzset
    rand srand random srandom rand_r drand48 getrandom
    signal sigaction raise alarm setitimer sigprocmask
    system popen fork vfork execv execve execvp posix_spawn pthread_atfork
    chdir fchdir umask setuid dlopen
    strtok strerror getpwnam getpwuid gethostbyname readdir_r tmpnam mktemp
""".split())


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def names(lines):
    found = {line.split()[-1].split("@")[0] for line in lines.splitlines() if line.strip() and not line.endswith(":")}
    return {re.sub(r"^__(\w+)_chk$", r"\1", name) for name in found}


def flags_of(prefix, *arguments):
    """As pkg-config has them for an installation that was moved to `prefix`."""
    folder = prefix / "lib/pkgconfig"
    env = dict(os.environ, PKG_CONFIG_PATH=str(folder))
    return run("pkg-config", f"--define-variable=prefix={prefix}", *arguments, env=env).split()


def built():
    """Of each library that was built: itself, its list of exports, its types."""
    every = [(MADE / library, baseline.FOLDER / exports, baseline.FOLDER / types) for library, exports, types in baseline.LIBRARIES]
    return [one for one in every if one[0].exists()]


class Symbols(unittest.TestCase):
    def test_exports_are_the_listed_ones_in_their_version_nodes(self):
        for library, exports, _ in built():
            self.assertEqual(exports.read_text(), baseline.exports_of(library), "tests/abi/update renews the list: see libassess/ABI.md")

    def test_nodes_are_named_after_the_library_and_a_minor_release(self):
        for library, exports, _ in built():
            prefix = "LIBASSESS_OFFICE" if "office" in library.name else "LIBASSESS"
            nodes = re.findall(r"^(.*):$", exports.read_text(), re.M)
            self.assertTrue(nodes)
            for node in nodes:
                self.assertRegex(node, rf"^{prefix}_\d+\.\d+$")

    def test_every_export_is_declared_once(self):
        for library, exports, _ in built():
            office = "office" in library.name
            headers = [h for h in (HEADERS / "assess").glob("*.h") if (h.name == "office.h") == office]
            declared = re.findall(r"ASSESS_API[^;(]*?\b(assess_\w+)\(", "".join(h.read_text() for h in headers))
            exported = [line for line in exports.read_text().splitlines() if not line.endswith(":")]
            self.assertEqual(sorted(declared), sorted(exported))

    def test_no_forbidden_import(self):
        self.assertEqual(set(), names(run("nm", "-D", "--undefined-only", LIBRARY)) & FORBIDDEN)

    def test_no_forbidden_import_in_our_part_of_office(self):
        """Of the objects, for libxlsxwriter and ICU import what they like."""
        objects = sorted((MADE / "CMakeFiles" / "assess_office.dir").rglob("*.o"))
        if not OFFICE.exists():
            self.skipTest("libassess-office was not built")
        self.assertGreater(len(objects), 10)
        self.assertEqual(set(), names(run("nm", "--undefined-only", *objects)) & FORBIDDEN)

    def test_a_forbidden_import_would_be_seen(self):
        with tempfile.TemporaryDirectory() as folder:
            made = pathlib.Path(folder) / "made.so"
            text = "#include <stdio.h>\n#include <stdlib.h>\nvoid f(void){printf(\"%d\\n\", atoi(getenv(\"A\")));exit(1);}"
            run("gcc", "-O2", "-D_FORTIFY_SOURCE=2", "-shared", "-fPIC", "-x", "c", "-", "-o", made, input=text)
            self.assertEqual({"printf", "getenv", "exit"}, names(run("nm", "-D", "--undefined-only", made)) & FORBIDDEN)

    def test_static_libraries_show_the_public_symbols_alone(self):
        for library, exports, _ in built():
            archive = library.with_suffix(".a")
            if not archive.exists():
                self.skipTest("built without ASSESS_STATIC")
            shown = [line.split()[-1] for line in run("nm", "-g", "--defined-only", archive).splitlines() if re.search(r" [A-Z] ", line)]
            self.assertEqual([line for line in exports.read_text().splitlines() if not line.endswith(":")], sorted(shown))


@unittest.skipUnless(shutil.which("abidiff"), "abigail-tools is not installed")
class Types(unittest.TestCase):
    def test_types_are_those_of_the_baseline(self):
        for library, _, types in built():
            with self.subTest(library=library.name), tempfile.TemporaryDirectory() as folder:
                now = pathlib.Path(folder) / types.name
                baseline.write_types(library, now)
                code, report = baseline.compare_types(types, now)
                self.assertEqual(0, code, f"abidiff: {code} (4 changed, 12 incompatible). What to do: libassess/ABI.md\n{report}")

    def test_changes_are_seen_and_additions_told_from_the_rest(self):
        """Changed libraries of two lines stand for ours. 4 and 12 are abidiff's own words for changed and incompatible."""
        old = ("struct assess_row {unsigned long size; int a;}; struct plain {int a;};"
               "int f(struct assess_row *x, struct plain *y){return x->a + y->a;} int g(int x){return x;}")
        changes = {"the same": (old, 0, True),
                   "a field at the end of a struct with a size": (old.replace("size; int a;", "size; int a; long b;"), 4, True),
                   "a field before others": (old.replace("size; int a;", "size; long b; int a;"), 4, False),
                   "a field at the end of a struct without": (old.replace("plain {int a;", "plain {int a; int b;"), 4, False),
                   "a function more": (old + "int h(void){return 2;}", 4, True),
                   "a function gone": (old.replace("int g(int x){return x;}", ""), 12, False),
                   "a parameter of another type": (old.replace("g(int x)", "g(long x)"), 4, False)}
        with tempfile.TemporaryDirectory() as folder:
            def build(name, source):
                library = pathlib.Path(folder) / f"{name}.so"
                run("gcc", "-g", "-shared", "-fPIC", "-x", "c", "-", "-o", library, input=source)
                return library
            before = build("before", old)
            for what, (source, code, adds) in changes.items():
                with self.subTest(what):
                    after = build("after", source)
                    self.assertEqual(code, baseline.compare_types(before, after)[0])
                    self.assertEqual(adds, baseline.only_adds(before, after))


class Headers(unittest.TestCase):
    def test_headers_alone_in_strict_c_and_cpp(self):
        for header in sorted((HEADERS / "assess").glob("*.h")):
            line = f"#include <assess/{header.name}>\n"
            for compiler, language, standard in (("gcc", "c", "c11"), ("g++", "c++", "c++17")):
                with self.subTest(header=header.name, language=language):
                    run(compiler, "-x", language, f"-std={standard}", "-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror", "-fsyntax-only",
                        "-I", HEADERS, "-", input=line)

    def test_headers_may_be_included_twice_and_in_any_order(self):
        every = [f"#include <assess/{header.name}>\n" for header in sorted((HEADERS / "assess").glob("*.h"))]
        run("gcc", "-x", "c", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I", HEADERS, "-",
            input="".join(every + every[::-1]))


USES_OFFICE = """
#include <stdio.h>
#include <string.h>
#include <assess/office.h>
int main(void)
{
    printf("%s %d\\n", assess_office_version(), assess_office_workbooks()->size == sizeof(assess_workbook_reader));
    return strcmp(assess_version(), assess_office_version()) != 0;
}
"""


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        cls.prefix = cls.folder / "installed"
        run("cmake", "--install", BUILD, "--prefix", cls.prefix)
        (cls.folder / "office.c").write_text(USES_OFFICE)
        cls.env = dict(os.environ, LD_LIBRARY_PATH=str(cls.prefix / "lib"))

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def compile(self, program, name, flags):
        out = self.folder / name
        run("gcc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", program, *flags, "-o", out)
        return out

    def cmake(self, name, text):
        folder = self.folder / name
        folder.mkdir()
        (folder / "CMakeLists.txt").write_text("cmake_minimum_required(VERSION 3.16)\nproject(consumer C)\n" + text)
        run("cmake", "-S", folder, "-B", folder / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", folder / "build")
        return folder / "build" / "consumer"

    def check_year_end(self, program):
        out = run(program, self.prefix / "share/assess/rules", SOURCE / "examples/year-end", env=self.env)
        self.assertIn("1602     94.85", out, "the best score of the example, as the oracle has it")

    def check_office(self, program):
        self.assertRegex(run(program, env=self.env), r"^\d+\.\d+\.\d+ 1$")

    def needed(self, program):
        return set(re.findall(r"NEEDED\s+(\S+)", run("objdump", "-p", program)))

    def need_office(self):
        if not OFFICE.exists():
            self.skipTest("libassess-office was not built")

    def need_archives(self):
        if not LIBRARY.with_suffix(".a").exists():
            self.skipTest("built without ASSESS_STATIC")

    def test_everything_is_where_it_belongs(self):
        for part in ("bin/assess", "lib/libassess.so", "lib/libassess.so.0", "include/assess/assess.h",
                     "share/assess/rules/bureau.lua", "lib/pkgconfig/assess.pc", "share/man/man1/assess.1"):
            self.assertTrue((self.prefix / part).exists(), part)

    def test_a_program_by_pkg_config(self):
        self.check_year_end(self.compile(SOURCE / "examples/c/year_end.c", "by-pkg-config", flags_of(self.prefix, "--cflags", "--libs", "assess")))

    def test_a_program_by_cmake(self):
        self.check_year_end(self.cmake("core", "find_package(assess 0.1 REQUIRED)\n"
                                       f"add_executable(consumer {SOURCE}/examples/c/year_end.c)\n"
                                       "target_link_libraries(consumer assess::assess)\n"))

    def test_an_office_program_by_pkg_config(self):
        self.need_office()
        flags = flags_of(self.prefix, "--cflags", "--libs", "assess-office")
        self.assertNotIn("-lxlsxwriter", flags, "what it is made of is its own affair")
        self.check_office(self.compile(self.folder / "office.c", "office-by-pkg-config", flags))

    def test_an_office_program_by_cmake(self):
        self.need_office()
        self.check_office(self.cmake("with-office", "find_package(assess 0.1 REQUIRED COMPONENTS office)\n"
                                     f"add_executable(consumer {self.folder}/office.c)\ntarget_link_libraries(consumer assess::office)\n"))

    def test_a_component_that_does_not_exist_is_said_so(self):
        with self.assertRaisesRegex(AssertionError, "assess_FOUND to FALSE"):
            self.cmake("wrong", "find_package(assess 0.1 REQUIRED COMPONENTS nonsense)\n")

    def test_a_static_program_by_pkg_config(self):
        self.need_archives()
        flags = [":libassess.a".join(("-l", "")) if f == "-lassess" else f
                 for f in flags_of(self.prefix, "--static", "--cflags", "--libs", "assess")]
        program = self.compile(SOURCE / "examples/c/year_end.c", "static", flags)
        self.assertNotIn("libassess.so.0", self.needed(program))
        self.check_year_end(program)

    def test_static_programs_by_cmake(self):
        self.need_archives()
        program = self.cmake("static-core", "find_package(assess 0.1 REQUIRED COMPONENTS static)\n"
                             f"add_executable(consumer {SOURCE}/examples/c/year_end.c)\n"
                             "target_link_libraries(consumer assess::assess_static)\n")
        self.assertNotIn("libassess.so.0", self.needed(program))
        self.check_year_end(program)
        self.need_office()
        program = self.cmake("static-office", "find_package(assess 0.1 REQUIRED COMPONENTS office static)\n"
                             f"add_executable(consumer {self.folder}/office.c)\ntarget_link_libraries(consumer assess::office_static)\n")
        self.assertFalse({n for n in self.needed(program) if n.startswith("libassess")})
        self.check_office(program)

    def test_the_installed_program_finds_the_installed_rules(self):
        self.assertIn("bureau", run(self.prefix / "bin/assess", "rules", "list", env={"PATH": os.environ["PATH"]}))


if __name__ == "__main__":
    unittest.main()
