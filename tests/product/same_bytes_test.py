"""The same input gives the same bytes: for any order of ballots, number of threads, locale, time zone, split of the files."""
import pathlib
import random
import shutil
import tempfile
import unittest

from support import SOURCE, run_batch

INPUT = SOURCE / "examples" / "year-end"


class SameBytes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.expected = run_batch(INPUT)

    def test_threads(self):
        for threads in ("1", "2", "3", "8"):
            self.assertEqual(self.expected, run_batch(INPUT, arguments=["--threads", threads]), threads)

    def test_locale_and_time_zone(self):
        for locale in ("C", "C.UTF-8", "zh_CN.UTF-8", "tr_TR.UTF-8", "de_DE.UTF-8"):
            for zone in ("UTC", "Asia/Shanghai", "America/St_Johns"):
                self.assertEqual(self.expected, run_batch(INPUT, LC_ALL=locale, LANG=locale, TZ=zone), (locale, zone))

    def test_order_of_ballots(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder) / "in"
            shutil.copytree(INPUT, copy)
            for seed in range(3):
                for file in copy.glob("评分-*.csv"):
                    encoding = "gb18030" if "财务" in file.name else "utf-8-sig"
                    header, *lines = file.read_text(encoding).splitlines()
                    random.Random(seed).shuffle(lines)
                    file.write_text("\n".join([header, *lines]) + "\n", encoding)
                self.assertEqual(self.expected, run_batch(copy), seed)

    def test_files_given_one_by_one_in_any_order(self):
        files = sorted(map(str, INPUT.glob("*.csv")), reverse=True)
        self.assertEqual(self.expected, run_batch(files[0], arguments=files[1:]))


if __name__ == "__main__":
    unittest.main()
