"""assess run and check: exit codes, streams, what is written and what is never written."""

import json
import os
import resource
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import unittest

from harness import ASSESS, EVENTS, PEOPLE, RATINGS, ROOT, CommandLine, environment

HEADER = "id,name,unit,status,score,grade,rank,flags,reasons"


class Run(CommandLine):
    def test_writes_a_folder_named_after_scheme_and_period(self):
        done = self.run_batch()
        self.assert_exit(0, done)
        self.assertEqual(["bureau-2026", "bureau-2026/batch.db", "bureau-2026/results.csv"], self.files())
        self.assert_said("bureau-2026/results.csv", done.out)
        self.assertEqual("", done.err)

    def test_results_are_what_the_scheme_gives_by_hand(self):
        self.assert_exit(0, self.run_batch("--format", "csv"))
        raw = (self.folder / "bureau-2026/results.csv").read_bytes()
        self.assertTrue(raw.startswith(b"\xef\xbb\xbf"))
        self.assertEqual(raw.count(b"\n"), raw.count(b"\r\n"))
        lines = raw.decode("utf-8-sig").split("\r\n")
        self.assertEqual(HEADER, lines[0])
        self.assertEqual("1001,张三,办公室,assessed,90.00,excellent,1,,", lines[1])
        self.assertTrue(lines[2].startswith("1002,李四,办公室,assessed,88.50,competent,2,,"), lines[2])
        self.assertTrue(lines[3].startswith("1003,王五,人事股,excluded,,,,,"), lines[3])
        self.assertTrue(lines[4].startswith("1004,赵六,人事股,incomplete,,,,,"), lines[4])
        self.assertEqual(["bureau-2026", "bureau-2026/results.csv"], self.files())

    def test_first_year_of_a_scheme_that_reads_earlier_results_must_be_said(self):
        # no history: the past score counts 0, so 1001 has 90 + 0 = 90
        self.table("first.lua", """scheme { id = "first", format = 1, title = { zh = "首年", en = "First" }, source = { zh = "文", en = "Paper" } }
items { { "virtue", zh = "德", en = "V", points = 10 }, { "ability", zh = "能", en = "A", points = 10 }, { "diligence", zh = "勤", en = "D", points = 10 },
        { "performance", zh = "绩", en = "P", points = 60 }, { "integrity", zh = "廉", en = "I", points = 10 } }
roles { "peer", "leader" }
kinds { { "deduction", zh = "扣分", en = "D" } }
score { ballots "leader":total():mean() + past { year = -1 }:score():or_else(0) - events "deduction":count(), round = half_up(2), zh = "分", en = "S" }
""")
        (self.batch / "first.lua").rename(self.folder / "first.lua")
        run = ["run", "--rules", "./first.lua", "--period", "2026", "--lang", "en"]
        done = self.assess(*run, "batch")
        self.assert_exit(1, done)
        self.assert_said("--ignore history", done.err)
        self.assert_exit(0, self.assess(*run, "--ignore", "history", "batch"))
        self.assertIn("1001,张三,办公室,assessed,90.00", (self.folder / "first-2026/results.csv").read_text(encoding="utf-8-sig"))
        self.assert_exit(0, self.assess("verify", "first-2026/batch.db"))

    def test_outputs_are_for_the_owner_only(self):
        self.assert_exit(0, self.run_batch())
        self.assertEqual(0o700, stat.S_IMODE((self.folder / "bureau-2026").stat().st_mode))
        self.assertEqual(0o600, stat.S_IMODE((self.folder / "bureau-2026/results.csv").stat().st_mode))
        self.assertEqual(0, stat.S_IMODE((self.folder / "bureau-2026/batch.db").stat().st_mode) & 0o077)

    def test_single_files_do_as_well_as_a_folder(self):
        done = self.assess("run", "--rules", "bureau", "--period", "2026", "--out", "o", "batch/ratings.csv", "batch/people.csv")
        self.assert_exit(0, done)
        self.assertIn("o/results.csv", self.files())

    def test_out_may_name_folders_that_do_not_exist_yet(self):
        self.assert_exit(0, self.run_batch("--out", "a/b/c/"))
        self.assertEqual(["a", "a/b", "a/b/c", "a/b/c/batch.db", "a/b/c/results.csv"], self.files())

    def test_out_may_lie_within_the_folder_of_the_tables(self):
        (self.folder / "年终 考评").mkdir()
        shutil.copytree(self.batch, self.folder / "年终 考评/表格 1")
        for out in ("年终 考评/表格 1/结果", "年终 考评/表格 1"):
            done = self.assess("run", "--rules", "bureau", "--period", "2026", "--out", out, "年终 考评/表格 1")
            self.assert_exit(0, done)
            self.assert_said(out + "/results.csv", done.out)
            self.assertEqual("", done.err)

    def test_out_may_be_an_existing_folder(self):
        (self.folder / "o").mkdir()
        (self.folder / "o/mine.txt").write_text("x")
        self.assert_exit(0, self.run_batch("--out", "o"))
        self.assertEqual(["batch.db", "mine.txt", "results.csv"], self.files("o"))

    def test_nothing_is_overwritten_without_force(self):
        self.assert_exit(0, self.run_batch())
        before = (self.folder / "bureau-2026/results.csv").read_bytes()
        stamp = (self.folder / "bureau-2026/results.csv").stat().st_mtime_ns
        again = self.run_batch("--set", "rounding=whole")
        self.assert_exit(2, again)
        self.assert_said("--force", again.err)
        self.assertEqual("", again.out)
        self.assertEqual(before, (self.folder / "bureau-2026/results.csv").read_bytes())
        self.assertEqual(stamp, (self.folder / "bureau-2026/results.csv").stat().st_mtime_ns)
        self.assertEqual(["bureau-2026", "bureau-2026/batch.db", "bureau-2026/results.csv"], self.files())

    def test_overwriting_is_refused_before_the_tables_are_read(self):
        self.assert_exit(0, self.run_batch())
        self.table("ratings.csv", "rubbish")
        self.assert_exit(2, self.run_batch())

    def test_force_replaces_both_files(self):
        self.assert_exit(0, self.run_batch())
        self.assert_exit(0, self.run_batch("--force", "--set", "rounding=whole"))
        self.assertIn(",89,", (self.folder / "bureau-2026/results.csv").read_text("utf-8"))
        self.assertEqual(["bureau-2026", "bureau-2026/batch.db", "bureau-2026/results.csv"], self.files())
        self.assert_exit(0, self.assess("verify", "bureau-2026/batch.db"))

    def test_a_file_where_the_folder_should_be_is_named(self):
        (self.folder / "o").write_text("x")
        for out in ("o", "o/below"):
            done = self.run_batch("--out", out)
            self.assertIn(done.code, (2, 4), done)
            self.assertEqual(["o"], self.files())

    def test_a_link_is_replaced_not_followed(self):
        (self.folder / "o").mkdir()
        (self.folder / "precious").write_text("keep me")
        (self.folder / "o/results.csv").symlink_to(self.folder / "precious")
        self.assert_exit(2, self.run_batch("--out", "o"))
        self.assert_exit(0, self.run_batch("--out", "o", "--force"))
        self.assertEqual("keep me", (self.folder / "precious").read_text())

    def test_what_is_no_file_is_never_replaced(self):
        (self.folder / "o").mkdir()
        os.mkfifo(self.folder / "o/results.csv")
        (self.folder / "p/batch.db").mkdir(parents=True)
        for out in ("o", "p"):
            for force in ([], ["--force"]):
                done = self.run_batch("--out", out, *force)
                self.assert_exit(2, done)
                self.assert_said("not replaced by a file", done.err)
        self.assertEqual(["o", "o/results.csv", "p", "p/batch.db"], self.files())

    def test_same_bytes_whatever_locale_and_threads(self):
        seen = set()
        for number, (env, threads) in enumerate([({"LC_ALL": "C"}, 1), ({"LC_ALL": "zh_CN.UTF-8"}, 3), ({"LANG": "de_DE"}, 0)]):
            self.assert_exit(0, self.run_batch("--out", f"o{number}", "--threads", threads, env=env))
            seen.add((self.folder / f"o{number}/results.csv").read_bytes())
        self.assertEqual(1, len(seen))

    def test_a_workbook_beside_the_other_outputs(self):
        done = self.run_batch("--format", "xlsx,csv", "--out", "o", "--json")
        if "without libassess-office" in done.err:
            self.skipTest("built without libassess-office")
        self.assert_exit(0, done)
        self.assertEqual([("csv", "o/results.csv"), ("xlsx", "o/results.xlsx")],
                         [(o["format"], o["path"]) for o in json.loads(done.out)["outputs"]])
        self.assertEqual(["results.csv", "results.xlsx"], sorted(p.name for p in (self.folder / "o").iterdir()))
        self.assertEqual(0o600, (self.folder / "o/results.xlsx").stat().st_mode & 0o777)
        again = self.run_batch("--format", "xlsx", "--out", "o")
        self.assert_exit(2, again)
        self.assert_said("already exists", again.err)
        self.assert_exit(0, self.run_batch("--format", "xlsx", "--out", "o", "--force"))

    def test_a_report_stands_beside_the_results(self):
        done = self.run_batch("--format", "html,csv", "--json")
        if "without libassess-office" in done.err:
            self.skipTest("built without libassess-office")
        self.assert_exit(0, done)
        self.assertEqual(["bureau-2026", "bureau-2026/report.html", "bureau-2026/results.csv"], self.files())
        self.assertEqual([("csv", "bureau-2026/results.csv"), ("html", "bureau-2026/report.html")],
                         [(o["format"], o["path"]) for o in json.loads(done.out)["outputs"]])
        self.assertEqual(0o600, stat.S_IMODE((self.folder / "bureau-2026/report.html").stat().st_mode))

    def test_a_report_in_the_language_of_the_files(self):
        for language, title in (("zh", "局机关效能考核制度"), ("en", "Efficiency assessment of bureau staff")):
            done = self.run_batch("--format", "html", "--out", language, "--lang", language)
            if "without libassess-office" in done.err:
                self.skipTest("built without libassess-office")
            self.assert_exit(0, done)
            self.assertIn(f"<h1>{title}</h1>", (self.folder / language / "report.html").read_text("utf-8"))
            self.assert_said(f"{language}/report.html", done.out)

    def test_a_format_that_is_none_is_named(self):
        done = self.run_batch("--format", "cvs")
        self.assert_exit(2, done)
        self.assert_said("csv", done.err)
        self.assert_exit(2, self.run_batch("--format", ""))
        self.assertEqual([], self.files())


class Units(CommandLine):
    """democratic-review: its subjects are units, its outcome a ranking."""

    def setUp(self):
        super().setUp()
        (self.batch / "events.csv").unlink()
        self.table("people.csv", "id,name\nS1,东岭所\nS2,西岭所\nS3,南岭所\n")
        # S1: A and C -> (100 + 70) / 2 = 85; F is not counted, AB is invalid. S2: B -> 85. S3: only F -> no score.
        self.table("ratings.csv", "subject,rater,role,opinion\n" + "".join(
            f"{s},,public,{v}\n" for s, v in (("S1", "A"), ("S1", "c"), ("S1", "F"), ("S1", "AB"), ("S2", "基本满意"),
                                              ("S2", ""), ("S3", "F"))))

    def test_ranking_ties_and_ballots(self):
        done = self.assess("run", "--rules", "democratic-review", "--period", "2026", "--lang", "en", "batch")
        self.assert_exit(0, done)
        rows = [line.split(",")[:8] for line in
                (self.folder / "democratic-review-2026/results.csv").read_text("utf-8-sig").splitlines()[1:]]
        self.assertEqual([["S1", "东岭所", "", "assessed", "85.00", "", "1", "tie"],
                          ["S2", "西岭所", "", "assessed", "85.00", "", "1", "tie"],
                          ["S3", "南岭所", "", "incomplete", "", "", "", ""]], rows)
        self.assertRegex(done.out, r"rank  id  name +score  counted  not counted  invalid\n")
        self.assertRegex(done.out, r" 1  S1  东岭所  85\.00 +2 +1 +1\n")
        self.assertRegex(done.out, r" 1  S2  西岭所  85\.00 +1 +0 +1\n")
        self.assert_said("2 of 7 ballots are invalid", done.out)
        self.assert_said("2 valid ballots chose an option that is not counted", done.out)


class WrongInput(CommandLine):
    def test_every_problem_is_named_and_nothing_is_written(self):
        self.table("ratings.csv", RATINGS + "1002,c,peer,11,8,8,48,8\n9999,c,peer,1,1,1,1,1\n")
        done = self.run_batch()
        self.assert_exit(1, done)
        self.assertEqual("", done.out)
        self.assertRegex(done.err, r'ratings\.csv:11 column D "virtue": ')
        self.assert_said("9999", done.err)
        self.assert_said("no result was written", done.err)
        self.assertEqual([], self.files())

    def test_problems_in_chinese_name_row_and_column(self):
        self.table("ratings.csv", RATINGS + "1002,c,peer,11,8,8,48,8\n")
        done = self.run_batch("--lang", "zh")
        self.assert_exit(1, done)
        self.assertRegex(done.err, r"ratings\.csv 第 11 行 D 列“virtue”：")

    def test_errors_stand_before_notices(self):
        self.table("ratings.csv", RATINGS + "1001,1001,self,9,9,9,54,9\n1002,c,peer,11,8,8,48,8\n")
        done = self.assess("check", "--rules", "bureau", "--period", "2026", "batch")
        self.assert_exit(1, done)
        self.assertLess(done.err.index("error"), done.err.index("notice"), done)

    def test_json_lists_all_problems_on_standard_output(self):
        self.table("ratings.csv", RATINGS + "1002,c,peer,x,8,8,48,8\n" * 3)
        for command in ("run", "check"):
            done = self.assess(command, "--rules", "bureau", "--period", "2026", "--json", "batch")
            self.assert_exit(1, done)
            self.assertEqual("assess.check/1", json.loads(done.out)["schema"])
        self.assertEqual([], self.files())

    def test_control_characters_are_shown_not_sent(self):
        self.table("ratings.csv", RATINGS + "1002,c,peer,\x1b[31m8,8,8,48,8\n")
        done = self.run_batch()
        self.assert_exit(1, done)
        self.assertNotIn("\x1b", done.err)
        self.assert_said("\\x1b", done.err)

    def test_a_terminal_gets_the_first_two_hundred(self):
        self.table("ratings.csv", RATINGS + "".join(f"1002,r{i},peer,99,8,8,48,8\n" for i in range(250)))
        code, shown = self.on_terminal("check", "--rules", "bureau", "--period", "2026", "--color", "never", "batch")
        self.assertEqual(1, code)
        self.assertEqual(200, shown.count('column D "virtue"'))
        self.assert_said("… and 50 more", shown)
        done = self.assess("check", "--rules", "bureau", "--period", "2026", "batch")
        self.assertEqual(250, done.err.count('column D "virtue"'))

    def test_a_missing_folder_is_named(self):
        done = self.assess("run", "--rules", "bureau", "--period", "2026", "no-such-folder")
        self.assert_exit(1, done)
        self.assert_said("no-such-folder", done.err)
        self.assertEqual([], self.files())

    def test_an_unknown_kind_is_an_error_unless_it_is_ignored(self):
        self.table("events.csv", "subject,kind,from\n1001,birthday,2026-02-03\n")
        self.assert_exit(1, self.run_batch())
        self.assert_exit(0, self.run_batch("--ignore", "birthday"))


class BrokenTables(CommandLine):
    """A table that cannot be read is an error, never a table that is not there: its deductions would be lost."""

    def setUp(self):
        super().setUp()
        self.broken = self.batch / "events.csv"
        self.broken.unlink()

    def assert_refused(self, code, words):
        for inputs in (["batch"], ["batch/people.csv", "batch/ratings.csv", "batch/events.csv"]):
            outcome = self.assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", *inputs)
            self.assert_exit(code, outcome)
            self.assert_said("events.csv", outcome.err)
            self.assert_said(words, outcome.err)

    def test_a_link_that_leads_nowhere(self):
        self.broken.symlink_to("nowhere.csv")
        self.assert_refused(1, "leads to no file")

    def test_links_in_a_circle(self):
        self.broken.symlink_to("events.csv")
        self.assert_refused(1, "leads to no file")

    def test_a_folder(self):
        self.broken.mkdir()
        self.assert_refused(1, "folder")

    def test_a_pipe(self):
        os.mkfifo(self.broken)
        self.assert_refused(1, "expected an ordinary file")

    def test_a_socket(self):
        with socket.socket(socket.AF_UNIX) as s:
            s.bind(str(self.broken))
            self.assert_refused(1, "expected an ordinary file")

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_a_file_that_may_not_be_read(self):
        self.table("events.csv", EVENTS)
        self.broken.chmod(0)
        self.assert_refused(4, "cannot be read")

    def test_other_endings_of_text_and_workbooks_are_no_different(self):
        for name in ("events.txt", "事项.tsv", "events.xlsx"):
            with self.subTest(name):
                link = self.batch / name
                link.symlink_to("nowhere")
                outcome = self.assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", "batch")
                self.assert_exit(1, outcome)
                self.assert_said(name, outcome.err)
                link.unlink()

    def test_a_file_named_like_a_table_that_is_not_read_is_a_notice(self):
        self.table("events.bak", EVENTS)
        outcome = self.assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", "batch")
        self.assert_exit(0, outcome)
        self.assert_said("events.bak", outcome.err)


class HardToRead(CommandLine):
    def check(self, *arguments):
        return self.assess("check", "--rules", "bureau", "--period", "2026", "--lang", "en", *arguments, "batch")

    def test_a_nul_byte_is_named_wherever_it_stands(self):
        good = (self.batch / "people.csv").read_bytes()
        for at in range(good.index(b"\n") + 1, len(good) - 1):
            (self.batch / "people.csv").write_bytes(good[:at] + b"\0" + good[at:])
            outcome = self.check()
            self.assert_exit(1, outcome)
            self.assertRegex(outcome.err, r"people.csv(:\d+ column [A-Z]|: error: the file is (neither|UTF-8, but))", at)

    def test_what_check_lets_through_run_can_seal(self):
        for characters, code in ((32767, 0), (32768, 1)):
            self.table("people.csv", PEOPLE + "9," + "长" * characters + "," * (PEOPLE.splitlines()[0].count(",") - 1) + "\n")
            self.assert_exit(code, self.check())
            self.assert_exit(code, self.run_batch("--force"))

    def test_the_last_line_says_how_many_problems_were_only_counted(self):
        self.table("events.csv", "subject,kind,from\n" + "1002,nothing,\n" * 20007)
        for more in ([], ["--quiet"], ["--json"]):
            outcome = self.check(*more)
            self.assert_exit(1, outcome)
            self.assertEqual("… and 7 more that were only counted: at most 20 000 errors and 20 000 notices are listed",
                             outcome.err.splitlines()[-1])

    def test_texts_are_read_however_they_were_saved(self):
        header, *rows = PEOPLE.splitlines()
        text = PEOPLE.replace(rows[0].split(",")[1], "王𠮷")
        for name, saved in {
                "CR LF": text.replace("\n", "\r\n").encode(), "CR": text.replace("\n", "\r").encode(),
                "two marks": b"\xef\xbb\xbf" * 2 + text.encode(), "GB18030": text.encode("gb18030"),
                "Unicode text of Excel": text.replace(",", "\t").replace("\n", "\r\n").encode("utf-16"),
                "semicolons": text.replace(",", ";").encode(), "separators at the ends": text.replace("\n", ",\n").encode(),
                "quoted header": text.replace(header, ",".join(f'"{h}"' for h in header.split(","))).encode(),
                "blank lines": text.replace("\n", "\n\n").encode()}.items():
            with self.subTest(name):
                (self.batch / "people.csv").write_bytes(saved)
                self.assert_exit(0, self.check())


class Check(CommandLine):
    def check(self, *more, **kinds):
        return self.assess("check", "--rules", "bureau", "--period", "2026", *more, "batch", **kinds)

    def test_tables_in_order_are_exit_zero_and_write_nothing(self):
        done = self.check()
        self.assert_exit(0, done)
        self.assert_said("4", done.out)
        self.assertEqual([], self.files())

    def test_quiet_says_nothing_when_all_is_well(self):
        done = self.check("--quiet")
        self.assert_exit(0, done)
        self.assertEqual(("", ""), (done.out, done.err))

    def test_json_is_one_object(self):
        done = self.check("--json")
        self.assert_exit(0, done)
        self.assertEqual("assess.check/1", json.loads(done.out)["schema"])

    def test_notices_go_to_standard_error(self):
        self.table("ratings.csv", RATINGS + "1001,1001,self,9,9,9,54,9\n")
        done = self.check()
        self.assert_exit(0, done)
        self.assert_said("notice", done.err)


class Json(CommandLine):
    def test_result_schema(self):
        done = self.run_batch("--json", "--out", "o")
        self.assert_exit(0, done)
        result = json.loads(done.out)
        self.assertEqual("assess.result/1", result["schema"])
        self.assertEqual("bureau", result["scheme"]["id"])
        self.assertEqual("2026", result["period"]["text"])
        self.assertRegex(result["rules"]["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual({"rounding": "hundredths"},
                         {p["name"]: p["value"] for p in result["parameters"] if p["name"] == "rounding"})
        self.assertEqual(3, len(result["inputs"]))
        for source in result["inputs"]:
            self.assertRegex(source["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual({"assessed": 2, "excluded": 1, "incomplete": 1},
                         {k: result["counts"][k] for k in ("assessed", "excluded", "incomplete")})
        first, _, third, _ = result["rows"]
        self.assertEqual(("1001", "90.00", "excellent", 1, [], []),
                         tuple(first[k] for k in ("id", "score", "grade", "rank", "flags", "reasons")))
        self.assertEqual((None, None, None), (third["score"], third["grade"], third["rank"]))
        self.assertEqual(["csv", "db"], [o["format"] for o in result["outputs"]])
        self.assertEqual("o/results.csv", result["outputs"][0]["path"])
        self.assertRegex(result["outputs"][1]["anchor"], r"^\d+:[0-9a-f]{64}$")

    def test_rows_agree_with_results_csv(self):
        done = self.run_batch("--json", "--lang", "en")
        lines = (self.folder / "bureau-2026/results.csv").read_text("utf-8-sig").splitlines()[1:]
        for row, line in zip(json.loads(done.out)["rows"], lines, strict=True):
            cells = line.split(",")
            self.assertEqual([row["id"], row["score"] or "", row["grade"] or "", str(row["rank"] or "")],
                             [cells[0], cells[4], cells[5], cells[6]])

    def test_errors_are_json_too(self):
        done = self.assess("run", "--rules", "no-such-scheme", "--period", "2026", "--json", "batch")
        error = json.loads(done.out)
        self.assertEqual("assess.error/1", error["schema"])
        self.assertEqual(done.code, error["status"])
        self.assertTrue(error["message"]["zh"] and error["message"]["en"])


class Machine(CommandLine):
    """Exit 4: earlier results are untouched, nothing is half-written."""

    @staticmethod
    def no_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64))

    def test_a_file_that_cannot_grow_leaves_nothing(self):
        done = self.run_batch(before=self.no_files)
        self.assert_exit(4, done)
        self.assertEqual([], self.files())
        self.assert_said("'bureau-2026/results.csv'", done.err)
        self.assertNotIn(".assess-", done.err)

    def test_earlier_results_survive_a_full_disk(self):
        self.assert_exit(0, self.run_batch())
        before = {name: (self.folder / "bureau-2026" / name).read_bytes() for name in ("results.csv", "batch.db")}
        self.assert_exit(4, self.run_batch("--force", before=self.no_files))
        self.assertEqual(before, {name: (self.folder / "bureau-2026" / name).read_bytes() for name in before})
        self.assertEqual(["batch.db", "results.csv"], self.files("bureau-2026"))

    @unittest.skipIf(os.geteuid() == 0, "root may write everywhere")
    def test_a_read_only_folder_is_named(self):
        (self.folder / "o").mkdir(0o500)
        for out in ("o", "o/new"):
            done = self.run_batch("--out", out)
            self.assert_exit(4, done)
            self.assert_said(out, done.err)
        self.assertEqual(["o"], self.files())

    def test_a_folder_that_no_one_can_write_to_is_named(self):
        done = self.run_batch("--out", "/proc/assess-results")
        self.assert_exit(4, done)
        self.assert_said("/proc/assess-results", done.err)

    def test_standard_output_that_is_full_is_said(self):
        with open("/dev/full", "wb") as full:
            for arguments in (["help"], ["rules", "list"], ["--version"]):
                self.assert_exit(4, self.assess(*arguments, stdout=full))
            done = self.run_batch(stdout=full)
        self.assert_exit(4, done)
        self.assert_said("standard output", done.err)

    @unittest.skipIf(os.geteuid() == 0, "root may read everything")
    def test_an_unreadable_file_is_named(self):
        os.chmod(self.batch / "ratings.csv", 0)
        done = self.run_batch()
        self.assert_exit(4, done)
        self.assert_said("ratings.csv", done.err)
        self.assertEqual([], self.files())

    def test_ctrl_c_leaves_nothing_half_written(self):
        """Stopped at ten different moments of a run: whole or not at all."""
        self.table("people.csv", PEOPLE + "".join(f"p{i},n,u,\n" for i in range(20000)))
        row = ",a,peer,9,9,9,54,9\n"
        self.table("ratings.csv", RATINGS + "".join(f"p{i}{row}p{i},z,leader,9,9,9,54,9\n" for i in range(20000)))
        stopped = 0
        for number in range(10):
            child = subprocess.Popen([ASSESS, "run", "--rules", "bureau", "--period", "2026", "--out", f"o{number}", "batch"],
                                     cwd=self.folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(0.01 * (number + 1))
            child.send_signal(signal.SIGINT)
            code = child.wait()
            self.assertIn(code, (0, 130, -signal.SIGINT))
            stopped += code != 0
            expected = [f"o{number}", f"o{number}/batch.db", f"o{number}/results.csv"] if code == 0 else []
            self.assertEqual(expected, [f for f in self.files() if f.startswith((f"o{number}", ".assess"))])
        self.assertGreater(stopped, 0, "no run was slow enough to be stopped")

    def test_ctrl_c_ends_a_long_list_of_problems(self):
        """15 000 lines do not fit into a pipe that nobody reads; what is read after Ctrl-C is far from all of them."""
        self.table("ratings.csv", RATINGS + "".join(f"1002,r{i},peer,99,8,8,48,8\n" for i in range(15000)))
        child = subprocess.Popen([ASSESS, "check", "--rules", "bureau", "--period", "2026", "batch"], cwd=self.folder,
                                 env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        said = child.stderr.read()
        child.stderr.close()
        self.assertEqual(130, child.wait())
        self.assertLess(said.count("error"), 5000)
        self.assert_said("stopped", said)

    def test_ctrl_c_is_obeyed_at_once_while_reading_and_computing(self):
        """100 000 people with 20 ballots each; measured: 40 ms at most in a release build; ten seconds leave room for a
        sanitizer on a busy machine."""
        subprocess.run([sys.executable, ROOT / "tests/bench/make_data.py", "--people", "100000", "--out", self.folder / "big"],
                       check=True)
        base = ["--rules", "bureau", "--period", "2026"]
        for arguments in (["run", *base, "--format", "csv", "--out", "o"], ["check", *base], ["explain", "P0000001", *base]):
            stopped = 0
            for delay in (0.02, 0.1, 0.2, 0.3):
                child = subprocess.Popen([ASSESS, *arguments, "big"], cwd=self.folder, env=environment(),
                                         stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(delay)
                child.send_signal(signal.SIGINT)
                asked = time.monotonic()
                code = child.wait()
                self.assertIn(code, (0, 130, -signal.SIGINT))
                self.assertLess(time.monotonic() - asked, 10.0, arguments)
                stopped += code != 0
                self.assertEqual(code == 0 and arguments[0] == "run", (self.folder / "o").exists())
                self.assertEqual([], [f for f in self.files() if f.startswith(".assess")])
                shutil.rmtree(self.folder / "o", ignore_errors=True)
            self.assertGreater(stopped, 0, "no run was slow enough to be stopped")
    def test_ctrl_c_stops_the_sealing_at_once(self):
        """Stopped when the file to be sealed has come into being; a stop is heard within 0.2 s, the rest is for a busy machine."""
        self.table("people.csv", PEOPLE + "".join(f"p{i},n,u,\n" for i in range(60000)))
        self.table("ratings.csv", RATINGS + "".join(f"p{i},z,leader,9,9,9,54,9\n" for i in range(60000)))
        child = subprocess.Popen([ASSESS, "run", "--rules", "bureau", "--period", "2026", "--format", "db", "--out", "o", "batch"],
                                 cwd=self.folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while child.poll() is None and not list(self.folder.rglob(".assess-*.tmp")):
            time.sleep(0.001)
        child.send_signal(signal.SIGINT)
        before = time.monotonic()
        self.assertEqual(130, child.wait())
        self.assertLess(time.monotonic() - before, 2)
        self.assertEqual([], self.files())


if __name__ == "__main__":
    unittest.main()
