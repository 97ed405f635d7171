"""What the documents say is so: rule snippets stand in rule files that are tested, named files exist, words are documented."""
import re
import subprocess
import sys
import unittest

import tutorial
from support import RULES, SOURCE, assess

DOCUMENTS = ["README.md", "README.zh.md", "CONTRIBUTING.md", "rules/README.md", "rules/README.zh.md"]

TESTED = [SOURCE / "tests" / "rules" / folder for folder in ("valid", "organisations")]

TUTORIALS = {"rules/TUTORIAL.md": "en", "rules/TUTORIAL.zh.md": "zh"}


def squeeze(text):
    return re.sub(r"\s+", " ", text).strip()


class Docs(unittest.TestCase):
    def test_lua_snippets_come_from_tested_files(self):
        folders = (RULES, *TESTED, SOURCE / "examples")
        corpus = squeeze("\n".join(p.read_text() for f in folders for p in sorted(f.rglob("*.lua"))))
        for name in DOCUMENTS:
            for snippet in re.findall(r"```lua\n(.*?)```", (SOURCE / name).read_text(), re.S):
                for block in re.split(r"\n\s*\n", snippet):
                    with self.subTest(document=name, snippet=block[:60]):
                        self.assertIn(squeeze(block), corpus)

    def test_rule_files_are_sound_and_their_cases_pass(self):
        folders = (RULES, *TESTED, tutorial.EXAMPLE)
        for file in [f for folder in folders for f in sorted(folder.glob("*.lua"))]:
            if file.name.endswith(".cases.lua") or not file.with_name(file.stem + ".cases.lua").exists():
                continue
            with self.subTest(file.name):
                self.assertEqual(0, assess("rules", "check", file).returncode)
                done = assess("rules", "test", file)
                self.assertEqual((0, b""), (done.returncode, done.stderr), done.stdout.decode())

    def test_tutorials_show_what_happens_and_end_with_the_example(self):
        for name, language in TUTORIALS.items():
            today, files = tutorial.walk(SOURCE / name, language)
            with self.subTest(document=name):
                self.assertEqual((SOURCE / name).read_text(), today)
                for file, text in files.items():
                    self.assertEqual((tutorial.EXAMPLE / file).read_text(), text)

    def test_every_word_is_documented(self):
        source = "".join(f.read_text() for f in (SOURCE / "libassess/src/rules").glob("*.c") if f.name not in ("cases.c", "lint.c"))
        words = {w for w in re.findall(r'\{"([a-z_]+)", +[^"{}]+\}', source) if not w.startswith("__")}
        self.assertGreater(len(words), 30)
        for name in ("rules/README.md", "rules/README.zh.md"):
            document = (SOURCE / name).read_text()
            for word in sorted(words):
                with self.subTest(document=name, word=word):
                    self.assertRegex(document, rf"\b{word}\b")

    def test_one_word_is_used_for_one_thing(self):
        # CONTRIBUTING.md, Words; headers that input accepts stand elsewhere (libassess/src/exchange)
        allowed = ("考核登记表", "考核结果汇总表", "考核结果通知书", "也可名为 考评人、评分人")
        for name in ("libassess/src/base/messages.def", "bindings/cli/words.def", "bindings/cli/topics.def", "libassess/src/office/template_columns.def"):
            words = (SOURCE / name).read_text()
            for title in allowed:
                words = words.replace(title, "")
            for other in ("考核", "评分人", "评议人"):
                with self.subTest(file=name, word=other):
                    self.assertNotIn(other, words)

    def test_named_files_exist(self):
        tracked = set(subprocess.run(["git", "ls-files"], cwd=SOURCE, capture_output=True, text=True, check=True).stdout.split("\n"))
        for name in [*DOCUMENTS, *TUTORIALS]:
            for link in re.findall(r"\]\(([^)#:]+)\)", (SOURCE / name).read_text()):
                with self.subTest(document=name, link=link):
                    target = ((SOURCE / name).parent / link).resolve()
                    self.assertTrue(target.exists(), "the file a link names exists")
        self.assertTrue(tracked)

    def test_printed_samples_are_real(self):
        for name in ("README.md", "README.zh.md"):
            samples = re.findall(r"<!-- from (\S+) -->\n```\n(.*?)\n```", (SOURCE / name).read_text(), re.S)
            self.assertGreaterEqual(len(samples), 2, name)
            for golden, block in samples:
                real = re.sub(r"(bureau) [0-9a-f]{12}", r"\1", (SOURCE / golden).read_text()).splitlines()
                for line in block.splitlines():
                    with self.subTest(document=name, line=line):
                        self.assertIn(line, [*real, "…"])

    def test_every_public_function_is_documented(self):
        for header in sorted((SOURCE / "libassess/include/assess").glob("*.h")):
            text = header.read_text()
            for match in re.finditer(r"\n(.*)\nASSESS_API", text):
                with self.subTest(header=header.name, before=match[1]):
                    self.assertRegex(match[1], r"\*/|^ASSESS_API|;$|^ ")


if __name__ == "__main__":
    if "--update" in sys.argv:  # what the tutorials' commands print; read the difference
        for document, spoken in TUTORIALS.items():
            (SOURCE / document).write_text(tutorial.walk(SOURCE / document, spoken)[0])
    else:
        unittest.main()
