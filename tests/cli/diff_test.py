"""assess diff and assess rules new, check: exit codes, streams and files."""

import json
import unittest

from harness import CommandLine

# Peers 90 and 80, leader 90 and 95: 90.00 and 88.50 (0.4 × 80 + 0.6 × 95 − 0.5); 88.50 rounds up to 89.
WHOLE = "bureau,rounding=whole"


class Diff(CommandLine):
    def diff(self, *arguments, **kinds):
        return self.assess("diff", *arguments, "--period", "2026", "batch", **kinds)

    def test_nobody_moves_against_the_same_rules(self):
        done = self.diff("bureau", "bureau")
        self.assert_exit(0, done)
        self.assert_said("nobody moves: 4 subjects", done.out)

    def test_somebody_who_moves_is_exit_code_5(self):
        done = self.diff("bureau", WHOLE)
        self.assert_exit(5, done)
        self.assert_said("1002  李四  88.50 → 89", done.out)
        self.assertNotIn("1001", done.out)  # 90.00 and 90 are one score

    def test_settings_of_both_sides_come_from_set(self):
        self.assert_exit(0, self.diff("bureau", "bureau", "--set", "rounding=whole"))
        self.assert_exit(2, self.diff("bureau", WHOLE, "--set", "rounding=whole"))

    def test_quiet_says_it_by_the_exit_code_alone(self):
        done = self.diff("bureau", WHOLE, "--quiet")
        self.assert_exit(5, done)
        self.assertEqual(("", ""), (done.out, done.err))

    def test_csv_is_for_a_spreadsheet(self):
        done = self.diff("bureau", WHOLE, "--format", "csv")
        self.assert_exit(5, done)
        lines = done.out.split("\r\n")
        self.assertTrue(lines[0].startswith("\ufeffid,name,unit,change,status_a,status_b,score_a,score_b"), lines[0])
        self.assertTrue(lines[1].startswith("1002,李四,办公室,changed,assessed,assessed,88.50,89,"), lines[1])

    def test_json_has_a_schema(self):
        done = self.diff("bureau", WHOLE, "--json")
        self.assert_exit(5, done)
        found = json.loads(done.out)
        self.assertEqual(("assess.diff/1", 4, 1), (found["schema"], found["subjects"], found["moved"]))
        self.assertEqual("whole", found["b"]["parameters"]["rounding"])
        self.assertEqual(["score"], [f for f in found["moves"][0]["fields"] if f == "score"])

    def test_sealed_batches_bring_their_rules_along(self):
        self.assert_exit(0, self.run_batch("--out", "a"))
        self.assert_exit(0, self.run_batch("--out", "b", "--set", "rounding=whole"))
        self.assert_exit(0, self.assess("diff", "a/batch.db", "a/batch.db"))
        done = self.assess("diff", "a/batch.db", "b/batch.db")
        self.assert_exit(5, done)
        self.assert_said("rounding=whole", done.out)
        self.assert_exit(2, self.assess("diff", "a/batch.db", "b/batch.db", "--period", "2026"))
        self.assert_exit(2, self.assess("diff", "a/batch.db", "b/batch.db", "batch"))

    def test_sealed_batch_against_rules_is_refused(self):
        self.assert_exit(0, self.run_batch("--out", "a"))
        done = self.diff("a/batch.db", "bureau")
        self.assert_exit(2, done)
        self.assert_said("'a/batch.db' is a sealed batch and 'bureau' is not", done.err)

    def test_what_is_missing_is_named(self):
        self.assert_exit(2, self.assess("diff", "bureau"))
        self.assert_exit(2, self.assess("diff", "bureau", WHOLE, "--period", "2026"))
        self.assert_exit(2, self.assess("diff", "bureau", WHOLE, "batch"))

    def test_wrong_tables_are_exit_code_1(self):
        self.table("events.csv", "subject,kind\n1002,nonsense\n")
        self.assert_exit(1, self.diff("bureau", WHOLE))

    def test_wrong_setting_is_exit_code_2(self):
        self.assert_exit(2, self.diff("bureau", "bureau,rounding=often"))


class RulesNew(CommandLine):
    def test_start_is_sound_and_its_cases_pass(self):
        for subjects in ("people", "units"):
            with self.subTest(subjects):
                done = self.assess("rules", "new", f"made-{subjects}", "--subjects", subjects)
                self.assert_exit(0, done)
                self.assert_said(f"assess rules check made-{subjects}.lua", done.out)
                self.assert_exit(0, self.assess("rules", "check", f"made-{subjects}.lua"))
                tested = self.assess("rules", "test", f"made-{subjects}.lua", "--json")
                self.assert_exit(0, tested)
                report = json.loads(tested.out)
                self.assertEqual((0, []), (report["failed"], report["clauses_missed"]))

    def test_start_is_commented_in_the_language_of_the_screen(self):
        for language, said, unsaid in (("zh", "不参加考评；", "is it sound?"), ("en", "is it sound?", "不参加考评；")):
            with self.subTest(language):
                self.assert_exit(0, self.assess("rules", "new", language, "--lang", language))
                text = (self.folder / f"{language}.lua").read_text(encoding="utf-8")
                self.assertTrue(said in text and unsaid not in text)
                self.assert_exit(0, self.assess("rules", "test", f"{language}.lua"))

    def test_nothing_is_overwritten(self):
        (self.folder / "office.cases.lua").write_text("mine", encoding="utf-8")
        done = self.assess("rules", "new", "office")
        self.assert_exit(2, done)
        self.assert_said("'office.cases.lua' already exists", done.err)
        self.assertEqual(["office.cases.lua"], self.files())
        self.assertEqual("mine", (self.folder / "office.cases.lua").read_text(encoding="utf-8"))

    def test_file_that_cannot_be_made_is_exit_code_4(self):
        self.assert_exit(4, self.assess("rules", "new", "no/such/folder/office"))

    def test_name_may_have_a_folder_and_an_ending(self):
        (self.folder / "my").mkdir()
        self.assert_exit(0, self.assess("rules", "new", "my/office.lua"))
        self.assertEqual(["my", "my/office.cases.lua", "my/office.lua"], self.files())
        self.assert_said('id = "office"', (self.folder / "my/office.lua").read_text(encoding="utf-8"))

    def test_name_that_is_no_id_is_refused(self):
        for name in ("Office", "办公室", "1a", "a b", "", "a/"):
            with self.subTest(name):
                self.assert_exit(2, self.assess("rules", "new", name))
        self.assertEqual([], self.files())

    def test_json_names_the_files(self):
        done = self.assess("rules", "new", "office", "--json")
        self.assertEqual(["office.lua", "office.cases.lua"], json.loads(done.out)["files"])


class RulesCheck(CommandLine):
    def test_several_files_are_all_checked(self):
        self.assert_exit(0, self.assess("rules", "new", "office"))
        for name in ("wrong", "worse"):
            (self.folder / f"{name}.lua").write_text("items { }\n", encoding="utf-8")
        done = self.assess("rules", "check", "wrong.lua", "office.lua", "worse.lua")
        self.assert_exit(3, done)
        self.assert_said("office.lua: the rule file is in order", done.out)
        self.assert_said("wrong.lua:1", done.err)
        self.assert_said("worse.lua:1", done.err)

    def test_mistake_is_told_with_line_and_clause(self):
        self.assert_exit(0, self.assess("rules", "new", "office"))
        text = (self.folder / "office.lua").read_text(encoding="utf-8").replace("from = 60", "form = 60")
        (self.folder / "office.lua").write_text(text, encoding="utf-8")
        done = self.assess("rules", "check", "office.lua")
        self.assert_exit(3, done)
        line = text[: text.index("form = 60")].count("\n") + 1
        self.assert_said("office.lua", done.err)
        self.assert_said("(clause 四)", done.err)
        self.assertTrue(any(f"office.lua:{n}" in done.err for n in range(line - 2, line + 3)), done.err)


if __name__ == "__main__":
    unittest.main()
