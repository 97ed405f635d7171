"""The call itself: help, languages, colours, misspellings, rule files, explain, verify and replay."""

import json
import pathlib
import re
import shutil
import sqlite3
import subprocess
import unittest

import chain
from harness import ASSESS, PEOPLE, ROOT, RULES, CommandLine, environment

COMMANDS = ("run", "check", "explain", "verify", "replay", "rules", "help")


class Call(CommandLine):
    def test_without_arguments_help_goes_to_standard_error(self):
        done = self.assess()
        self.assert_exit(2, done)
        self.assertEqual("", done.out)
        self.assert_said("assess run", done.err)

    def test_help_that_was_asked_for_goes_to_standard_output(self):
        for arguments in (["--help"], ["-h"], ["help"]):
            done = self.assess(*arguments)
            self.assert_exit(0, done)
            for name in COMMANDS:
                self.assert_said(name, done.out)
            self.assertEqual("", done.err)

    def test_every_command_has_help_in_both_languages(self):
        for name in COMMANDS + ("rules list", "rules show", "rules check", "rules test", "rules path"):
            english = self.assess("help", *name.split(), "--lang", "en")
            chinese = self.assess(*name.split(), "--help", "--lang", "zh")
            self.assert_exit(0, english)
            self.assert_exit(0, chinese)
            self.assert_said("Usage: assess " + name, english.out)
            self.assert_said("用法：assess " + name, chinese.out)

    def test_help_fits_eighty_columns(self):
        def columns(line):
            return sum(2 if ord(c) >= 0x2E80 else 1 for c in line)
        topics = ("tables", "problems", "outputs", "languages", "privacy", "rule-files", "exit-codes", "environment")
        for language in ("zh", "en"):
            for name in (None, *COMMANDS, *topics):
                done = self.assess("help", *([name] if name else []), "--lang", language)
                self.assert_exit(0, done)
                for line in done.out.splitlines():
                    if not line.startswith(("  assess ", "Usage", "用法")):
                        self.assertLessEqual(columns(line), 80, line)

    def test_version(self):
        for option in ("--version", "-V"):
            done = self.assess(option)
            self.assert_exit(0, done)
            self.assertRegex(done.out, r"^assess \d+\.\d+\.\d+\n$")

    def test_misspelt_words_get_a_suggestion(self):
        for arguments, near in ((["chek"], "check"), (["rules", "lst"], "list"), (["run", "--rulse", "x"], "--rules"),
                                (["help", "explian"], "explain"), (["help", "privcy"], "privacy")):
            done = self.assess(*arguments)
            self.assert_exit(2, done)
            self.assert_said(f"'{near}'", done.err)
            self.assertEqual("", done.out)

    def test_rule_files_for_use_are_listed_as_parts(self):
        listed = json.loads(self.assess("rules", "list", "--json").out)["rules"]
        self.assertIn("dereliction-veto", [rule["name"] for rule in listed if rule["part"]])

    def test_wrong_calls_are_exit_two_with_a_way_out(self):
        base = ["--rules", "bureau", "--period", "2026"]
        for arguments, words in ((["run"], "assess run --rules"), (["run", *base], "assess run --rules"),
                                 (["run", "batch"], "--rules"), (["run", "--rules", "bureau", "batch"], "--period"),
                                 (["run", *base, "--threads", "many", "batch"], "--threads"),
                                 (["run", *base, "--threads", "-1", "batch"], "--threads"),
                                 (["run", *base, "--lang", "fr", "batch"], "zh|en"),
                                 (["run", *base, "--json=yes", "batch"], "--json"),
                                 (["run", *base, "batch", "--out"], "--out"),
                                 (["explain"], "assess explain"), (["explain", "1001"], "assess explain"),
                                 (["explain", "1001", *base, "--k", "2", "batch"], "--k"),
                                 (["verify"], "assess verify"), (["replay"], "assess replay"),
                                 (["verify", "a.db", "b.db"], "b.db"), (["rules", "show"], "assess rules show"),
                                 (["run", *base, "--unknown", "batch"], "--unknown"), (["run", "-Q", "batch"], "-Q")):
            done = self.assess(*arguments)
            self.assert_exit(2, done)
            self.assert_said(words, done.err)
            self.assertEqual("", done.out)
        self.assertEqual([], self.files())

    def test_unknown_rules_setting_and_period_are_calls(self):
        for more in (["--rules", "bureua", "--period", "2026"], ["--rules", "bureau", "--period", "20x6"],
                     ["--rules", "bureau", "--period", "2026", "--set", "rownding=whole"],
                     ["--rules", "bureau", "--period", "2026", "--set", "rounding=thirds"]):
            self.assert_exit(2, self.assess("run", *more, "batch"))
        self.assertEqual([], self.files())

    def test_a_setting_given_twice_is_not_called_unknown(self):
        for values, where in ((("whole", "hundredths"), ["run", "--rules", "bureau", "--period", "2026", "batch"]),
                              (("whole", "whole"), ["rules", "show", "bureau"])):
            done = self.assess(*where, *(f"--set=rounding={v}" for v in values))
            self.assert_exit(2, done)
            self.assert_said("'rounding' is set twice", done.err)
        self.assertEqual([], self.files())

    def test_a_setting_that_is_no_name_and_value_says_the_form(self):
        done = self.assess("rules", "check", "bureau", "--set", "rounding")
        self.assert_exit(2, done)
        self.assert_said("NAME=VALUE", done.err)

    def test_rules_test_takes_no_settings_since_the_cases_hold_them(self):
        self.assert_exit(2, self.assess("rules", "test", "bureau", "--set", "rounding=whole"))

    def test_an_option_before_the_command_is_named_as_an_option(self):
        done = self.assess("--json", "run")
        self.assert_exit(2, done)
        self.assert_said("option '--json'", done.err)

    def test_the_language_may_stand_before_the_command(self):
        self.assert_said("用法：assess run", self.assess("--lang", "zh", "help", "run").out)
        for arguments in (["--lang"], ["--lang", "fr", "help"], ["--lang=fr"]):
            done = self.assess(*arguments)
            self.assert_exit(2, done)
            self.assert_said("zh|en", done.err)

    def test_a_misspelt_language_is_said_in_that_of_the_variable(self):
        self.assert_said("应为", self.assess("help", "--lang", "fr", env={"ASSESS_LANG": "zh"}).err)

    def test_help_keeps_within_a_narrow_terminal(self):
        for language in ("zh", "en"):
            _, shown = self.on_terminal("help", "explain", "--lang", language, columns=60)
            for line in shown.split("\r\n"):
                if not line.startswith(("  assess ", "Usage", "用法")):
                    self.assertLessEqual(sum(2 if ord(c) >= 0x2E80 else 1 for c in line), 60, line)

    def test_two_dashes_end_the_options(self):
        shutil.copytree(self.batch, self.folder / "--json")
        done = self.assess("check", "--rules", "bureau", "--period", "2026", "--", "--json")
        self.assert_exit(0, done)
        self.assertFalse(done.out.startswith("{"))

    def test_completions_and_manual_are_made(self):
        for shell in ("bash", "zsh", "fish"):
            done = self.assess("help", "--completion", shell)
            self.assert_exit(0, done)
            for word in ("explain", "period", "democratic" if shell == "none" else "rules"):
                self.assert_said(word, done.out)
        self.assert_exit(2, self.assess("help", "--completion", "tcsh"))
        for language in ("zh", "en"):
            page = self.assess("help", "--man", "--lang", language)
            self.assert_exit(0, page)
            self.assertTrue(page.out.startswith(".TH ASSESS 1"))

    def test_bash_completes_commands_and_options(self):
        script = self.assess("help", "--completion", "bash").out
        (self.folder / "c").write_text(script, encoding="utf-8")
        (self.folder / "a b").mkdir()
        (self.folder / "a b" / "x y.csv").write_text("")
        (self.folder / "mine.lua").write_text("")
        for words, expected in (("assess ch", ["check"]), ("assess rules s", ["show"]), ("assess run --per", ["--period"]),
                                ("assess run --lang ", ["zh", "en"]), ("assess help to", []),
                                ("assess run --color = al", ["always"]), ("assess run --lang =", ["zh", "en"]),
                                ("assess run --rules bur", ["bureau"]), ("assess rules show mi", ["mine.lua"]),
                                ("assess run -r ba", ["batch"]), ("assess run a", ["a b"]),
                                ("assess run 'a b/x'", ["a b/x y.csv"]), ("assess explain 1001 --out", []),
                                ("assess rules test --s", []), ("assess verify --an", ["--anchor"])):
            probe = (f'. ./c; compopt() {{ :; }}; assess() {{ "$ASSESS" "$@"; }}; '
                     f'COMP_WORDS=({words!s} {"" if words[-1] != " " else chr(39) * 2}); '
                     'COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _assess; printf "%s\\n" "${COMPREPLY[@]}"')
            out = subprocess.run(["bash", "-c", probe], cwd=self.folder, env=environment(ASSESS=ASSESS), capture_output=True,
                                 text=True, check=True)
            self.assertEqual((expected, ""), (out.stdout.strip("\n").split("\n") if out.stdout.strip() else [], out.stderr),
                             words)

    @unittest.skipUnless(shutil.which("zsh"), "no zsh")
    def test_zsh_script_is_sound(self):
        script = self.assess("help", "--completion", "zsh").out
        subprocess.run(["zsh", "-n"], input=script, text=True, check=True)

    @unittest.skipUnless(shutil.which("fish"), "no fish")
    def test_fish_completes_commands_and_options(self):
        (self.folder / "c").write_text(self.assess("help", "--completion", "fish").out, encoding="utf-8")
        for line, there, absent in (("assess ch", "check", "run"), ("assess rules s", "show", "run"),
                                    ("assess run --per", "--period", "--k"), ("assess rules check --", "--set", "--ignore"),
                                    ("assess help run", "run", "--out"), ("assess run --lang ", "zh", "run")):
            probe = f"function assess; $ASSESS $argv; end; source c; complete -C '{line}'"
            out = subprocess.run(["fish", "--no-config", "-c", probe], cwd=self.folder, env=environment(ASSESS=ASSESS),
                                 capture_output=True, text=True, check=True)
            offered = [o.split("\t")[0] for o in out.stdout.splitlines()]
            self.assertIn(there, offered, line)
            self.assertNotIn(absent, offered, line)
            self.assertEqual("", out.stderr)


class Manual(CommandLine):
    """What a user may have to look up stands in the page and in the help, in both languages."""

    def both(self, *arguments):
        return [self.assess("help", *arguments, "--lang", language).out for language in ("en", "zh")]

    def test_every_column_is_named_in_english_and_chinese(self):
        columns = {}
        for file in sorted((ROOT / "libassess/src/exchange").glob("*.c")):
            for name, chinese in re.findall(r'^ +\[[A-Z]+_[A-Z]+\] = \{"([a-z]+)", "([^"]+)",', file.read_text("utf-8"), re.M):
                columns.setdefault(name, set()).add(chinese)
        self.assertGreater(len(columns), 20)
        for text in map(str.__add__, self.both("tables"), self.both("decisions")):
            for name, headers in columns.items():
                self.assertRegex(text, rf"\b{name}\b")
                for chinese in headers:
                    self.assert_said(chinese, text)

    def test_the_page_holds_options_exit_codes_limits_and_variables(self):
        for page in self.both("--man"):
            plain = page.replace("\\-", "-")
            for word in ("--set", "--ignore", "--k", "--anchor", "20 000", "ASSESS_RULES", "ASSESS_LANG", "NO_COLOR", "LC_ALL",
                         "leader_signed=yes", "results.csv", "130", "measures", "历年", "连带责任人"):
                self.assert_said(word, plain)

    def test_tables_of_the_page_fit_eighty_columns(self):
        """Sections of a manual page are indented by 7; lines that stand as they are must leave room for that."""
        for topic in ("tables", "decisions", "outputs", "privacy", "exit-codes", "environment"):
            for text in self.both(topic):
                for line in text.splitlines():
                    if line.startswith("  "):
                        self.assertLessEqual(sum(2 if ord(c) >= 0x2E80 else 1 for c in line), 72, line)

    def test_the_page_shows_what_must_be_given_without_brackets(self):
        self.assertIn("assess run \\-\\-rules", self.both("--man")[0])

    @unittest.skipUnless(shutil.which("groff"), "no groff")
    def test_the_page_renders_without_warnings(self):
        for page in self.both("--man"):
            done = subprocess.run(["groff", "-ww", "-man", "-Tutf8", "-Kutf8"], input=page, capture_output=True, text=True,
                                  encoding="utf-8", env=environment(), check=True)
            self.assertEqual("", done.stderr)
            self.assertNotIn("\\-", done.stdout)


class Visible(CommandLine):
    """Names, notes and rule files come from outside: what a terminal would obey is shown, never sent."""

    HOSTILE = "甲\x1b[31m\x9b2J\u202e乙\x07"
    SHOWN = "甲\\x1b[31m\\x9b2J\\u202e乙\\x07"

    def setUp(self):
        super().setUp()
        self.table("people.csv", PEOPLE.replace("张三", self.HOSTILE).replace("办公室", self.HOSTILE))
        self.table("events.csv", f"subject,kind,from,points,ref,note\n1001,deduction,2026-03-04,1,{self.HOSTILE},{self.HOSTILE}\n")
        (self.folder / "r").mkdir()
        source = (pathlib.Path(RULES) / "democratic-review.lua").read_text("utf-8")
        title = re.search(r'zh = "([^"]+)"', source)[1]
        lua = "".join(c if ord(c) >= 0xA0 or c == "\n" or " " <= c <= "~" else f"\\u{{{ord(c):x}}}" for c in self.HOSTILE)
        (self.folder / "r/mine.lua").write_text(source.replace(title, lua.replace("\u202e", "\\u{202e}")), "utf-8")
        (self.folder / "r/mine.cases.lua").write_text(
            f"case '{lua}' {{ clause = '五1', public = {{ 'A' }}, expect = {{ score = '1.00' }} }}\n", "utf-8")

    def assert_visible(self, text, shown=None):
        hidden = [c for c in text if c != "\n" and (ord(c) < 0x20 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E)]
        self.assertEqual([], hidden, text)
        self.assertIn(shown or self.SHOWN, text)

    def test_in_explanation_and_summary(self):
        base = ["--rules", "bureau", "--period", "2026"]
        self.assert_visible(self.assess("explain", "1001", *base, "batch").out)
        self.assert_visible(self.assess("run", *base, "batch").out)
        self.assert_visible(self.assess("explain", "1001", "bureau-2026/batch.db", "--color", "always").out)
        self.assert_visible(self.assess("replay", "bureau-2026/batch.db").out)

    def test_in_rules_show_list_check_and_test(self):
        env = {"ASSESS_RULES": str(self.folder / "r"), "ASSESS_LANG": "zh"}
        for arguments in (["list"], ["show", "mine"], ["check", "mine"]):
            done = self.assess("rules", *arguments, env=env)
            self.assert_exit(0, done)
            self.assert_visible(done.out)
        done = self.assess("rules", "test", "mine", env=env)
        self.assert_exit(1, done)
        self.assert_visible(done.out)

    def test_in_the_names_of_rule_files(self):
        (self.folder / "r/x\x1b[31m.lua").write_text("nonsense")
        for more in ([], ["--quiet"]):
            self.assert_visible(self.assess("rules", "list", *more, env={"ASSESS_RULES": str(self.folder / "r")}).out, "x\\x1b[31m")

    def test_in_problems_and_complaints(self):
        self.table("events.csv", f"subject,kind,from\n1001,{self.HOSTILE},2026-03-04\n")
        self.assert_visible(self.assess("check", "--rules", "bureau", "--period", "2026", "batch").err)
        self.assert_visible(self.assess("check", "--rules", self.HOSTILE, "--period", "2026", "batch").err)
        self.assert_visible(self.assess(self.HOSTILE).err)

    def test_json_escapes_the_same_and_stays_whole(self):
        done = self.assess("explain", "1001", "--rules", "bureau", "--period", "2026", "--json", "batch")
        self.assert_visible(done.out, "\\u009b2J\\u202e")
        self.assertEqual(self.HOSTILE, json.loads(done.out)["name"])
        listed = self.assess("rules", "list", "--json", env={"ASSESS_RULES": str(self.folder / "r")})
        self.assert_visible(listed.out, "\\u009b2J\\u202e")
        self.assertIn(self.HOSTILE, [r["title"]["zh"] for r in json.loads(listed.out)["rules"]])


class Language(CommandLine):
    def said(self, *arguments, **env):
        return self.assess("check", "--rules", "bureau", "--period", "2026", *arguments, "batch", env=env).out

    def test_screen_language_order(self):
        chinese = "表格无误"
        self.assertNotIn(chinese, self.said(LC_ALL="C"))
        self.assertIn(chinese, self.said(LC_ALL="zh_CN.UTF-8"))
        self.assertIn(chinese, self.said(LC_ALL=None, LC_MESSAGES="zh_CN.UTF-8", LANG="en_US.UTF-8"))
        self.assertIn(chinese, self.said(LC_ALL=None, LANG="zh_CN.GB18030"))
        self.assertIn(chinese, self.said(LC_ALL="C", ASSESS_LANG="zh"))
        self.assertNotIn(chinese, self.said("--lang", "en", LC_ALL="zh_CN.UTF-8", ASSESS_LANG="zh"))

    def test_file_language_never_follows_the_locale(self):
        for number, (env, arguments, word) in enumerate((({"LC_ALL": "en_US.UTF-8"}, [], "未满6个月"),
                                                         ({"ASSESS_LANG": "en"}, [], "less than 6 months"),
                                                         ({"ASSESS_LANG": "en"}, ["--lang", "zh"], "未满6个月"))):
            self.assert_exit(0, self.run_batch("--out", f"o{number}", *arguments, env=env))
            self.assert_said(word, (self.folder / f"o{number}/results.csv").read_text("utf-8"))

    def test_another_language_in_the_variable_is_a_wrong_call(self):
        done = self.assess("help", env={"ASSESS_LANG": "fr"})
        self.assert_exit(2, done)
        self.assert_said("ASSESS_LANG", done.err)

    def test_errors_speak_the_language_that_comes_later_on_the_line(self):
        self.assert_said("没有选项", self.assess("run", "--nonsense", "--lang", "zh").err)


class Color(CommandLine):
    ESCAPE = "\x1b["

    def test_no_colour_into_a_pipe(self):
        self.assertNotIn(self.ESCAPE, self.run_batch().out)

    def test_colour_on_a_terminal_unless_refused(self):
        arguments = ["run", "--rules", "bureau", "--period", "2026", "--force", "batch"]
        self.assertIn(self.ESCAPE, self.on_terminal(*arguments)[1])
        self.assertNotIn(self.ESCAPE, self.on_terminal(*arguments, env={"NO_COLOR": "1"})[1])
        self.assertNotIn(self.ESCAPE, self.on_terminal(*arguments, env={"TERM": "dumb"})[1])
        self.assertNotIn(self.ESCAPE, self.on_terminal(*arguments, "--color", "never")[1])

    def test_colour_when_asked_for(self):
        self.assertIn(self.ESCAPE, self.run_batch("--color", "always", env={"NO_COLOR": "1"}).out)

    def test_quiet_prints_nothing(self):
        done = self.run_batch("--quiet")
        self.assert_exit(0, done)
        self.assertEqual(("", ""), (done.out, done.err))
        self.assertIn("bureau-2026/results.csv", self.files())


class Rules(CommandLine):
    def test_list_names_every_installed_file_and_no_cases(self):
        done = self.assess("rules", "list")
        self.assert_exit(0, done)
        self.assert_said("bureau", done.out)
        self.assertNotIn("cases", done.out)
        names = self.assess("rules", "list", "--quiet").out.split()
        self.assertEqual(sorted(p.stem for p in pathlib.Path(RULES).glob("*.lua") if not p.name.endswith((".cases.lua", ".d.lua"))), names)

    def test_list_as_json(self):
        listed = json.loads(self.assess("rules", "list", "--json").out)
        self.assertEqual("assess.rules/1", listed["schema"])
        bureau = next(r for r in listed["rules"] if r["name"] == "bureau")
        self.assertEqual("局机关效能考核制度", bureau["title"]["zh"])
        self.assertEqual("people", bureau["subjects"])

    def test_a_broken_file_is_listed_with_its_error(self):
        (self.folder / "r").mkdir()
        (self.folder / "r/broken.lua").write_text("scheme {")
        done = self.assess("rules", "list", env={"ASSESS_RULES": str(self.folder / "r")})
        self.assert_exit(0, done)
        self.assertRegex(done.out, r"broken\s+error: ")

    def test_folders_of_the_variable_come_first_and_in_order(self):
        (self.folder / "r").mkdir()
        shutil.copy(pathlib.Path(RULES) / "democratic-review.lua", self.folder / "r/mine.lua")
        done = self.assess("rules", "show", "mine", env={"ASSESS_RULES": f"nowhere:{self.folder / 'r'}:{RULES}"})
        self.assert_exit(0, done)
        paths = self.assess("rules", "path", "--quiet", env={"ASSESS_RULES": f"nowhere:{self.folder / 'r'}"}).out.split("\n")
        self.assertEqual(["nowhere", str(self.folder / "r")], paths[:2])

    def test_show_says_the_figures(self):
        done = self.assess("rules", "show", "bureau", "--lang", "zh")
        self.assert_exit(0, done)
        self.assert_said("四(二)3", done.out)

    def test_check_tells_good_from_bad(self):
        self.assert_exit(0, self.assess("rules", "check", "bureau"))
        (self.folder / "bad.lua").write_text("scheme {\n  id = 'x',\n}\nnonsense()\n")
        done = self.assess("rules", "check", "bad.lua")
        self.assert_exit(3, done)
        self.assert_said("bad.lua:", done.err)
        self.assert_exit(2, self.assess("rules", "check", "no-such-rules"))

    def test_check_lists_every_mistake_of_a_file(self):
        """Lines 2 and 3 are wrong; that there is no score follows from line 3."""
        (self.folder / "bad.lua").write_text(
            "scheme { id = 'x', format = 1, title = { zh = '方', en = 'S' }, source = { zh = '文', en = 'P' } }\n"
            "step { months_in_pots(), zh = '月', en = 'M' }\n"
            "score { months_in_post(), ronud = half_up(0), zh = '分', en = 'P' }\n", "utf-8")
        done = self.assess("rules", "check", "bad.lua", "--lang", "en")
        self.assert_exit(3, done)
        lines = done.err.splitlines()
        self.assertEqual(["assess: bad.lua:2:", "assess: bad.lua:3:", "assess: mistakes found:"],
                         [" ".join(line.split()[:2]) if "bad" in line else line.rsplit(" ", 1)[0] for line in lines])
        self.assertTrue(lines[-1].endswith(" 2"))
        found = json.loads(self.assess("rules", "check", "--json", "bad.lua").out)
        self.assertEqual([(2, "rules.unknown_word"), (3, "rules.field_unknown")], [(m["line"], m["id"]) for m in found["mistakes"]])
        self.assertEqual((found["id"], found["line"], False), (found["mistakes"][0]["id"], 2, found["more"]))

    def test_run_with_bad_rules_is_exit_three_and_writes_nothing(self):
        (self.folder / "bad.lua").write_text("while true do end\n")
        self.assert_exit(3, self.assess("run", "--rules", "./bad.lua", "--period", "2026", "batch"))
        self.assertEqual(["bad.lua"], self.files())

    @unittest.skipUnless((pathlib.Path(RULES) / "bureau.cases.lua").exists(), "bureau has no cases yet")
    def test_cases_pass(self):
        done = self.assess("rules", "test", "bureau")
        self.assert_exit(0, done)

    @unittest.skipUnless((pathlib.Path(RULES) / "bureau.cases.lua").exists(), "bureau has no cases yet")
    def test_a_case_that_fails_is_exit_one(self):
        shutil.copytree(RULES, self.folder / "r")
        rule = self.folder / "r/bureau.lua"
        rule.write_text(rule.read_text("utf-8").replace("{ peer, 0.40 }, { leader, 0.60 }", "{ peer, 0.60 }, { leader, 0.40 }"), "utf-8")
        self.assert_exit(1, self.assess("rules", "test", rule))


class Sealed(CommandLine):
    def setUp(self):
        super().setUp()
        self.done = self.run_batch()
        self.assert_exit(0, self.done)
        self.db = "bureau-2026/batch.db"

    def anchor(self):
        return re.search(r"\d+:[0-9a-f]{64}", self.done.out)[0]

    def test_verify_with_and_without_anchor(self):
        self.assert_exit(0, self.assess("verify", self.db))
        self.assert_exit(0, self.assess("verify", self.db, "--anchor", self.anchor()))
        wrong = self.anchor()[:-1] + ("0" if self.anchor()[-1] != "0" else "1")
        self.assert_exit(1, self.assess("verify", self.db, "--anchor", wrong))

    def test_an_anchor_that_is_none_is_a_wrong_call_not_a_changed_file(self):
        for anchor in ("", "xyz", "23", "23:", "23:abc", self.anchor() + "0", "x" + self.anchor(), self.anchor()[:-1],
                       self.anchor().replace(":", "")):
            for lang, words in (("en", "--anchor: expected"), ("en", "COUNT:HASH"), ("zh", "条数:哈希")):
                done = self.assess("verify", self.db, f"--anchor={anchor}", "--lang", lang)
                self.assert_exit(2, done)
                self.assert_said(words, done.err)

    def test_no_line_of_the_report_ends_in_a_blank(self):
        for language in ("zh", "en"):
            done = self.assess("verify", self.db, "--anchor", self.anchor(), "--lang", language)
            self.assertEqual([], [line for line in done.out.splitlines() if line != line.rstrip()])

    def test_a_file_that_is_not_there_is_named_once(self):
        self.assertEqual(1, self.assess("verify", "no-such.db").err.count("no-such.db"))

    def test_explain_refuses_to_ignore_kinds_of_a_sealed_batch(self):
        self.assert_exit(2, self.assess("explain", "1001", "--ignore", "veto", self.db))

    def test_verify_notices_a_changed_byte(self):
        path = self.folder / self.db
        path.chmod(0o600)
        data = path.read_bytes().replace(b"90.00", b"91.00")
        path.write_bytes(data)
        done = self.assess("verify", self.db)
        self.assert_exit(1, done)
        self.assertTrue(done.err)

    def edit(self, *statements):
        """What somebody does to the sealed file with another program."""
        path = self.folder / self.db
        path.chmod(0o600)
        database = sqlite3.connect(path, isolation_level=None)
        for statement in statements:
            database.execute(statement)
        database.close()
        path.chmod(0o400)

    def assert_nothing_shown(self, error_id):
        """Explain and replay refuse with exit 1, point to verify, and show or write nothing."""
        for command in (["explain", "1001", self.db], ["replay", self.db, "--out", "again"]):
            for lang in ("zh", "en"):
                done = self.assess(*command, "--lang", lang)
                self.assert_exit(1, done)
                self.assertEqual("", done.out)
                self.assert_said("assess verify", done.err)
            self.assertEqual(error_id, json.loads(self.assess(*command, "--json").out)["id"])
        self.assertFalse((self.folder / "again").exists())
        self.assert_exit(1, self.assess("verify", self.db))

    def test_nothing_is_shown_of_ballots_that_were_changed(self):
        self.edit("UPDATE ballot SET sheets = replace(sheets, '54', '60')")
        self.assert_nothing_shown("store.changed")

    def test_nothing_is_shown_of_results_that_were_changed(self):
        self.edit("UPDATE result SET score = '95' WHERE subject = 0")
        self.assert_nothing_shown("store.changed")

    def test_nothing_is_shown_of_rules_that_were_changed(self):
        self.edit("UPDATE rule_file SET content = content || ' '")
        self.assert_nothing_shown("store.changed")

    def test_nothing_is_shown_of_a_broken_chain(self):
        self.edit("UPDATE chain SET hash = leaf WHERE seq = 3")
        self.assert_nothing_shown("store.changed")

    def test_nothing_is_shown_of_a_forged_file_whose_results_do_not_follow(self):
        """The forger changes the results everywhere and makes the chain anew."""
        self.edit("UPDATE result SET score = '95.00' WHERE subject = 0",
                  "UPDATE results_csv SET piece = CAST(replace(CAST(piece AS TEXT), '90.00', '95.00') AS BLOB)")
        self.make_chain_anew()
        self.assert_nothing_shown("store.other_results")

    def make_chain_anew(self):
        path = self.folder / self.db
        links = chain.links(path)
        self.edit("DELETE FROM chain", *(f"INSERT INTO chain VALUES({seq}, '{kind}', '{name}', {rows}, '{content}', '{leaf}', '{link}')"
                                         for seq, (kind, name, rows, content, leaf, link) in enumerate(links, 1)))

    def test_the_chain_is_the_documented_one(self):
        """Worked out from the text in chain.h by another program in another language."""
        links = chain.links(self.folder / self.db)
        self.assertEqual(self.anchor(), f"{len(links)}:{links[-1][-1]}")

    def delete_ballots(self):
        """As the README tells."""
        told = re.search(r"sqlite3 \S+batch\.db '(.*)'", (ROOT / "README.md").read_text("utf-8"))[1]
        self.assert_said(told, (ROOT / "README.zh.md").read_text("utf-8"))
        self.edit(*told.split("; "))

    def test_verify_says_what_it_cannot_check_without_ballots(self):
        self.delete_ballots()
        for lang, left_out, never in (("en", "NOT checked", "its results follow from its inputs\n"), ("zh", "未核验", "核验通过：文件完整")):
            done = self.assess("verify", self.db, "--lang", lang)
            self.assert_exit(0, done)
            self.assert_said(left_out, done.out)
            self.assertNotIn("verified: ", done.out)
            self.assertNotIn(never, done.out)
            self.assertEqual(2, len([line for line in done.out.splitlines() if line.startswith("  – ")]), done)
        self.assert_exit(0, self.assess("verify", self.db, "--anchor", self.anchor()))

    def test_verify_json_tells_what_was_left_out(self):
        whole = json.loads(self.assess("verify", self.db, "--json").out)
        self.delete_ballots()
        part = json.loads(self.assess("verify", self.db, "--json").out)
        self.assertEqual([(True, True), (True, False)], [(v["verified"], v["complete"]) for v in (whole, part)])
        self.assertEqual(["store.claim_ballots_removed", "verify.replay_left_out"],
                         [c["id"] for c in part["checks"] if c["passed"] is None])

    def test_deleted_ballots_leave_no_value_and_nothing_to_explain(self):
        self.edit("UPDATE ballot SET sheets = '9,9,9,54.321,9\n' || substr(sheets, 12)")
        self.assertIn(b"54.321", (self.folder / self.db).read_bytes())
        self.delete_ballots()
        self.assertNotIn(b"54.321", (self.folder / self.db).read_bytes())
        for command in (["explain", "1001", self.db], ["replay", self.db]):
            done = self.assess(*command, "--lang", "en")
            self.assert_exit(1, done)
            self.assert_said("ballots were removed", done.err)

    def test_results_changed_after_the_ballots_were_deleted_are_noticed(self):
        self.delete_ballots()
        self.edit("UPDATE result SET score = '95' WHERE subject = 0")
        done = self.assess("verify", self.db, "--lang", "en")
        self.assert_exit(1, done)
        self.assert_said("NOT verified", done.out)

    def test_verify_json_is_one_object(self):
        self.assertIn("schema", json.loads(self.assess("verify", self.db, "--json").out))

    def test_replay_gives_the_same_bytes(self):
        self.assert_exit(0, self.assess("replay", self.db, "--out", "again"))
        self.assertEqual((self.folder / "bureau-2026/results.csv").read_bytes(), (self.folder / "again/results.csv").read_bytes())
        self.assertEqual(["results.csv"], self.files("again"))

    def test_replay_does_not_overwrite(self):
        self.assert_exit(2, self.assess("replay", self.db, "--out", "bureau-2026"))

    def test_explain_from_the_sealed_batch_and_from_the_tables_agree(self):
        sealed = self.assess("explain", "1002", self.db)
        fresh = self.assess("explain", "1002", "--rules", "bureau", "--period", "2026", "batch")
        self.assert_exit(0, sealed)
        self.assert_exit(0, fresh)
        self.assert_said("88.50", sealed.out)
        self.assert_said("四(二)3", sealed.out)
        self.assertEqual([l for l in fresh.out.splitlines() if ".csv" not in l],
                         [l for l in sealed.out.splitlines() if ".csv" not in l])

    def test_explain_json(self):
        done = self.assess("explain", "1001", self.db, "--json")
        self.assert_exit(0, done)
        self.assertEqual("assess.explain/1", json.loads(done.out)["schema"])

    def test_explain_of_nobody_is_a_wrong_call(self):
        done = self.assess("explain", "4711", self.db)
        self.assert_exit(2, done)
        self.assert_said("4711", done.err)

    def test_explain_refuses_rules_beside_a_sealed_batch(self):
        self.assert_exit(2, self.assess("explain", "1001", "--rules", "bureau", self.db))

    def test_something_else_is_no_sealed_batch(self):
        (self.folder / "x.db").write_text("hello")
        for command in (["verify", "x.db"], ["replay", "x.db"], ["explain", "1001", "x.db"]):
            self.assert_exit(1, self.assess(*command))


if __name__ == "__main__":
    unittest.main()
