"""The Debian packages: the same bytes from sources in different folders, what they depend on, and that the program runs from them."""
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import SOURCE

PACKAGES = {"libassess0", "libassess-office0", "libassess-dev", "assess"}
EPOCH = "1767225600"  # 2026-01-01: any moment, but the same for both


def run(*command, **options):
    done = subprocess.run(list(map(str, command)), capture_output=True, check=False, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command}: {done.stdout.decode()}{done.stderr.decode()}")
    return done.stdout.decode()


def copy_sources(to):
    """What is in the working tree and would be committed: nothing that was built."""
    for name in run("git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0"):
        if name and (SOURCE / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(SOURCE / name, to / name)


def build(folder, name):
    """In a folder of this name, with other times of the files; returns the packages by name."""
    sources, out = folder / name / "sources", folder / name / "debs"
    copy_sources(sources)
    for path in sources.rglob("*"):
        os.utime(path, (1_000_000_000 + len(name), 1_000_000_000 + len(name)))
    env = {"PATH": os.environ["PATH"], "SOURCE_DATE_EPOCH": EPOCH, "LC_ALL": "C.UTF-8", "TZ": "UTC" if len(name) > 1 else "Asia/Shanghai"}
    run(sources / "packaging/debs", out, env=env)
    return {deb.name.split("_")[0]: deb for deb in sorted(out.glob("*.deb"))}


def field(deb, name):
    return run("dpkg-deb", "-f", deb, name).strip()


@unittest.skipUnless(shutil.which("dpkg-shlibdeps") and shutil.which("cpack"), "dpkg-dev or cpack is not installed")
class Packages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.place = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.place.name)
        cls.debs = build(cls.folder, "a")
        cls.root = cls.folder / "root"
        for deb in cls.debs.values():
            run("dpkg-deb", "-x", deb, cls.root)

    @classmethod
    def tearDownClass(cls):
        cls.place.cleanup()

    def assess(self, *arguments):
        libraries = ":".join(str(p) for p in (self.root / "usr/lib").iterdir())
        return run(self.root / "usr/bin/assess", *arguments, env={"PATH": os.environ["PATH"], "LD_LIBRARY_PATH": libraries, "LC_ALL": "C.UTF-8"})

    def test_there_is_one_for_each_purpose(self):
        self.assertEqual(PACKAGES, set(self.debs))

    def test_sources_elsewhere_give_the_same_bytes(self):
        again = build(self.folder, "another-folder-with-a-longer-name")
        for name, deb in self.debs.items():
            self.assertEqual(deb.read_bytes(), again[name].read_bytes(), f"{name}: diffoscope tells where they differ")

    def test_nothing_knows_where_it_was_built(self):
        for path in self.root.rglob("*"):
            if path.is_file() and not path.is_symlink():
                self.assertNotIn(str(self.folder).encode(), path.read_bytes(), path)

    def test_libraries_depend_on_what_they_link(self):
        needs = {name: field(deb, "Depends") for name, deb in self.debs.items()}
        for library in ("libc6", "liblua5.4-0", "libsqlite3-0", "libutf8proc2", "libssl3"):
            self.assertIn(library, needs["libassess0"])
        for library in ("libexpat1", "libminizip1", "libxlsxwriter", "libassess0 (= 0.1.0-1)"):
            self.assertIn(library, needs["libassess-office0"])
        self.assertNotIn("libxlsxwriter", needs["libassess0"])
        self.assertIn("libassess0 (= 0.1.0-1)", needs["assess"])
        self.assertIn("libassess-office0 (= 0.1.0-1)", needs["libassess-dev"])

    def test_licence_and_notice_are_in_each(self):
        for name in PACKAGES:
            documents = self.root / "usr/share/doc" / name
            self.assertIn("Apache-2.0", (documents / "copyright").read_text())
            self.assertIn("Copyright: 2024 Yawei sun", (documents / "copyright").read_text())
            self.assertEqual((SOURCE / "NOTICE").read_bytes(), (documents / "NOTICE").read_bytes())

    def test_the_program_runs_from_the_packages(self):
        self.assertIn("bureau", self.assess("rules", "list"))
        out = self.folder / "results"
        self.assess("run", "--rules", "bureau", "--period", "2026", "--format", "csv,xlsx", "--out", out, SOURCE / "examples/year-end")
        self.assertEqual((SOURCE / "tests/golden/year-end.results.csv").read_bytes(), (out / "results.csv").read_bytes())
        self.assertTrue((out / "results.xlsx").read_bytes().startswith(b"PK"))
        for page in ("man1/assess.1.gz", "zh_CN/man1/assess.1.gz"):
            self.assertTrue((self.root / "usr/share/man" / page).exists(), page)

    def test_a_program_builds_against_the_packages(self):
        libraries = next(p for p in (self.root / "usr/lib").iterdir() if (p / "libassess.so").exists())
        env = dict(os.environ, PKG_CONFIG_PATH=str(libraries / "pkgconfig"), LD_LIBRARY_PATH=str(libraries))
        flags = run("pkg-config", f"--define-variable=prefix={self.root}/usr", "--cflags", "--libs", "assess", env=env).split()
        run("gcc", "-std=c11", SOURCE / "examples/c/year_end.c", *flags, "-L", libraries, "-o", self.folder / "year_end")
        out = run(self.folder / "year_end", self.root / "usr/share/assess/rules", SOURCE / "examples/year-end", env=env)
        self.assertIn("1602     94.85", out, "the best score of the example, as the oracle has it")

    @unittest.skipUnless(shutil.which("lintian"), "lintian is not installed")
    def test_lintian_finds_no_error(self):
        done = subprocess.run(["lintian", "--allow-root", "--fail-on", "none", *map(str, self.debs.values())], capture_output=True, check=False)
        self.assertEqual(0, done.returncode, done.stderr.decode())
        self.assertEqual([], re.findall(r"^E:.*$", done.stdout.decode(), re.M))


if __name__ == "__main__":
    unittest.main()
