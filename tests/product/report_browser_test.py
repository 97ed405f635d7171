"""report.html in a browser: it opens without a complaint and asks for nothing, fits a phone, and prints on A4 with text that can be
searched. Needs chromium and poppler-utils (examples/setup tests); without them nothing is tested, and the runner says so."""
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from report_cases import write_all

NEEDED = ("chromium", "pdfinfo", "pdftotext")
QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
         "--disable-default-apps", "--disable-sync", "--no-first-run", "--hide-scrollbars",
         "--host-resolver-rules=MAP * ~NOTFOUND"]
PHONE = 360
BROWSERS_OWN = re.compile(r"(^|\.)(google|googleapis|gvt1|gstatic)\.com$")  # what Chromium turns to by itself, whatever it shows
# A page of the test's own looks at the report from outside, for the report itself can run nothing.
WATCHER = """<!DOCTYPE html><html><body><iframe id="f" src="REPORT" style="width:WIDTHpx;height:800px;border:0"></iframe><script>
document.getElementById("f").onload = function () {
  const w = this.contentWindow, d = w.document, root = d.documentElement;
  const wide = [...d.querySelectorAll("body *")].filter(e => !e.closest(".scroll,.picture") && e.getBoundingClientRect().right > WIDTH + 1);
  const boxes = [...d.querySelectorAll(".scroll,.picture")].filter(e => e.getBoundingClientRect().right > WIDTH + 1);
  document.body.textContent = JSON.stringify({scroll: root.scrollWidth, wide: wide.length + boxes.length, tables: d.querySelectorAll("table").length,
    requests: w.performance.getEntriesByType("resource").length});
};
</script></body></html>"""


def browser(profile, *arguments):
    return subprocess.run(["chromium", *QUIET, f"--user-data-dir={profile}", *arguments], capture_output=True, text=True, timeout=120,
                          check=True)


@unittest.skipUnless(all(shutil.which(n) for n in NEEDED), "chromium or poppler-utils is not installed")
class Browser(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.holder.cleanup)
        cls.folder = pathlib.Path(cls.holder.name)
        every = write_all(cls.folder)
        cls.paths = {case: every[case] for case in every if case[0] in ("bureau", "democratic-review", "company", "decided")}

    def watch(self, path, width):
        """What the watcher saw, and what the browser complained about."""
        page = self.folder / "watcher.html"
        page.write_text(WATCHER.replace("REPORT", path.as_uri()).replace("WIDTH", str(width)), "utf-8")
        done = browser(self.folder / "profile", "--allow-file-access-from-files", "--enable-logging=stderr", "--virtual-time-budget=5000",
                       "--dump-dom", page.as_uri())
        seen = json.loads(re.search(r"<body>(.*)</body>", done.stdout, re.S)[1])
        return seen, [line for line in done.stderr.splitlines() if "CONSOLE" in line]

    def test_it_opens_without_complaint_and_asks_for_nothing(self):
        for case, path in self.paths.items():
            with self.subTest(case=case):
                seen, complaints = self.watch(path, 1000)
                self.assertEqual([], complaints)
                self.assertEqual(0, seen["requests"])
                self.assertGreater(seen["tables"], 3)

    def test_it_is_no_wider_than_a_phone(self):
        for case, path in self.paths.items():
            with self.subTest(case=case):
                seen, _ = self.watch(path, PHONE)
                self.assertEqual((PHONE, 0), (seen["scroll"], seen["wide"]))

    def asked_for(self, path):
        """Hosts that were turned to for the page."""
        log = self.folder / "net.json"
        browser(self.folder / "profile", f"--log-net-log={log}", f"--screenshot={self.folder / 'shot.png'}", path.as_uri())
        hosts = set(re.findall(r'"url":"(?:https?|wss?|ftp)://([^/":]*)', log.read_text("utf-8", errors="replace")))
        return {host for host in hosts if not BROWSERS_OWN.search(host)}

    def test_the_net_log_knows_of_no_other_host(self):
        self.assertEqual(set(), self.asked_for(self.paths["bureau", "zh"]))

    def test_the_net_log_would_tell(self):
        page = self.folder / "probe.html"
        page.write_text("<!DOCTYPE html><title>probe</title><img src='http://outside.invalid/a.png'>", "utf-8")
        self.assertEqual({"outside.invalid"}, self.asked_for(page))

    def print_pdf(self, path):
        pdf = self.folder / "report.pdf"
        browser(self.folder / "profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}", path.as_uri())
        return pdf

    def test_it_prints_on_a4_with_text_that_can_be_found(self):
        for (case, language), path in self.paths.items():
            with self.subTest(case=case, language=language):
                pdf = self.print_pdf(path)
                about = subprocess.run(["pdfinfo", pdf], capture_output=True, text=True, check=True).stdout
                size = re.search(r"Page size:\s+([\d.]+) x ([\d.]+)", about)
                self.assertAlmostEqual(595.28, float(size[1]), delta=1)  # 210 mm in points
                self.assertAlmostEqual(841.89, float(size[2]), delta=1)  # 297 mm
                text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
                self.assertIn({"zh": "一、总体情况", "en": "1. Overview"}[language], text)

    def test_the_head_of_a_long_table_stands_again_on_every_page(self):
        pdf = self.print_pdf(self.paths["bureau", "zh"])
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
        heads = re.findall(r"编号\s+姓名\s+单位\s+状态", text)
        self.assertGreater(len(heads), 2)  # 180 people fill more than two pages


if __name__ == "__main__":
    unittest.main()
