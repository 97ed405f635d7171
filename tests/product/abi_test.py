"""The library as others link it: what it exports and imports, headers alone, programs built against an installation."""
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

from support import SOURCE

BUILD = pathlib.Path(os.environ["ASSESS_BUILD"])
LIBRARY = BUILD / "libassess" / "libassess.so"
HEADERS = SOURCE / "libassess" / "include"

# What a library must not do to its host: end it, print, look around, or change what all threads share.
FORBIDDEN = {"exit", "_exit", "abort", "printf", "fprintf", "puts", "perror", "setlocale", "setenv", "putenv", "getenv", "strtod",
             "strtof", "atof", "localtime", "mktime", "rand", "srand", "random", "signal", "sigaction", "system", "fork", "chdir",
             "strcoll", "toupper", "tolower"}


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def symbols(option):
    lines = run("nm", "-D", option, LIBRARY).splitlines()
    return {re.split(r"@", line.split()[-1])[0] for line in lines} - {"ASSESS_0"}


class Abi(unittest.TestCase):
    def test_exports_are_the_listed_ones(self):
        expected = set((SOURCE / "tests/abi/exports.txt").read_text().split())
        self.assertEqual(expected, symbols("--defined-only"))

    def test_every_export_is_declared_once(self):
        declared = re.findall(r"ASSESS_API[^;(]*?\b(assess_\w+)\(", "".join(h.read_text() for h in (HEADERS / "assess").glob("*.h") if h.name != "office.h"))
        self.assertEqual(sorted(declared), sorted(symbols("--defined-only")))

    def test_no_forbidden_import(self):
        self.assertEqual(set(), symbols("--undefined-only") & FORBIDDEN)

    def test_headers_alone_in_c_and_cpp(self):
        for header in sorted((HEADERS / "assess").glob("*.h")):
            line = f"#include <assess/{header.name}>\n"
            for compiler, language, standard in (("gcc", "c", "c11"), ("g++", "c++", "c++17")):
                with self.subTest(header=header.name, language=language):
                    run(compiler, "-x", language, f"-std={standard}", "-pedantic", "-Wall", "-Wextra", "-Werror", "-fsyntax-only",
                        "-I", HEADERS, "-", input=line)

    def test_an_installed_program_builds_and_runs(self):
        with tempfile.TemporaryDirectory() as folder:
            prefix = pathlib.Path(folder) / "installed"
            run("cmake", "--install", BUILD, "--prefix", prefix)
            env = dict(os.environ, PKG_CONFIG_PATH=str(prefix / "lib/pkgconfig"), LD_LIBRARY_PATH=str(prefix / "lib"))
            for part in ("bin/assess", "lib/libassess.so", "lib/libassess.so.0", "include/assess/assess.h",
                         "share/assess/rules/bureau.lua", "lib/pkgconfig/assess.pc", "share/man/man1/assess.1"):
                self.assertTrue((prefix / part).exists(), part)
            program = SOURCE / "examples/c/year_end.c"
            flags = [f.replace(str(BUILD), str(prefix)) for f in run("pkg-config", "--define-variable=prefix=" + str(prefix),
                                                                       "--cflags", "--libs", "assess", env=env).split()]
            run("gcc", "-std=c11", "-Wall", "-Wextra", "-Werror", program, *flags, "-o", prefix / "by-pkg-config")
            consumer = pathlib.Path(folder) / "consumer"
            consumer.mkdir()
            (consumer / "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.16)\nproject(consumer C)\nfind_package(assess 0.1 REQUIRED)\n"
                f"add_executable(year_end {program})\ntarget_link_libraries(year_end assess::assess)\n")
            run("cmake", "-S", consumer, "-B", consumer / "build", f"-DCMAKE_PREFIX_PATH={prefix}")
            run("cmake", "--build", consumer / "build")
            for built in (prefix / "by-pkg-config", consumer / "build/year_end"):
                out = run(built, prefix / "share/assess/rules", SOURCE / "examples/year-end", env=env)
                self.assertIn("1602     94.85", out, "the best score of the example, as the oracle has it")
            self.assertIn("bureau", run(prefix / "bin/assess", "rules", "list", env={"PATH": os.environ["PATH"]}),
                          "the installed program finds the installed rules")


if __name__ == "__main__":
    unittest.main()
