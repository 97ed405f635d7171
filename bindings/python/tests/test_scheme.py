"""Rule files, problems, exceptions."""
import decimal
import pathlib
import tempfile
import unittest

from support import GOLDEN, SOURCE, YEAR_END

import assess


class Schemes(unittest.TestCase):
    def test_the_rule_files_come_along(self):
        ours = {path.name for path in (SOURCE / "rules").iterdir() if path.suffix == ".lua" and not path.name.endswith(".d.lua")}
        theirs = {path.name for path in pathlib.Path(assess.rules_folder()).iterdir()}
        self.assertEqual(ours | {"calendar.csv"}, theirs)

    def test_a_scheme_in_words(self):
        scheme = assess.Scheme("bureau")
        self.assertEqual((GOLDEN / "bureau.show.zh.txt").read_text(encoding="utf-8").strip(), scheme.describe().strip())
        self.assertEqual((GOLDEN / "bureau.show.en.txt").read_text(encoding="utf-8").strip(), scheme.describe("en").strip())
        self.assertEqual("assess.scheme/1", scheme.json()["schema"])

    def test_id_title_period(self):
        scheme = assess.Scheme("bureau", period=2026)
        self.assertEqual(("bureau", "2026"), (scheme.id, scheme.period))
        self.assertNotEqual("", scheme.title("zh"))
        self.assertIsNone(assess.Scheme("bureau").period)

    def test_the_worked_cases_pass(self):
        cases = assess.Scheme("bureau").test("en")
        self.assertTrue(cases.ok)
        self.assertGreater(cases.passed, 0)
        self.assertIn(str(cases.passed), str(cases))

    def test_tables_of_a_scheme(self):
        scheme = assess.Scheme("bureau")
        items = scheme.table("items", "en")
        self.assertEqual(["virtue", "ability", "diligence", "performance", "integrity"],
                         [row[items.column("id")] for row in items])
        self.assertIn("grades", scheme.tables)

    def test_a_folder_of_ones_own_comes_first(self):
        with tempfile.TemporaryDirectory() as folder:
            text = (SOURCE / "rules" / "bureau.lua").read_text(encoding="utf-8")
            (pathlib.Path(folder) / "mine.lua").write_text(text, encoding="utf-8")
            self.assertEqual("bureau", assess.Scheme("mine", folders=folder).id)
            self.assertEqual("bureau", assess.Scheme("mine", folders=[folder]).id)
            self.assertEqual("bureau", assess.Scheme(pathlib.Path(folder) / "mine.lua").id)

    def test_settings_as_a_dict_or_as_texts(self):
        for settings in ({"leader_signed": "yes"}, ["leader_signed=yes"], "leader_signed=yes"):
            result = assess.run("bureau", period=2026, inputs=YEAR_END, settings=settings)
            self.assertEqual("yes", {p["name"]: p["value"] for p in result.json()["parameters"]}["leader_signed"])

    def test_numbers_in_settings_are_written_as_they_are(self):
        from assess._scheme import setting_texts
        self.assertEqual(["a=0.1", "b=3", "c=0.00000010"],
                         setting_texts({"a": 0.1, "b": 3, "c": decimal.Decimal("1.0E-7")}))


class Problems(unittest.TestCase):
    def check_of(self, name, text):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / name).write_text(text, encoding="utf-8")
            return assess.check("bureau", period=2026, inputs=folder)

    def test_no_problem_is_an_empty_list(self):
        found = assess.check("bureau", period=2026, inputs=YEAR_END)
        self.assertEqual([], found.errors)
        self.assertTrue(found.ok)
        self.assertEqual(len(found.notices), found.notice_count)
        self.assertEqual((180, 2404), (found.people_count, found.ballot_count))  # examples/year-end/README.md

    def test_all_problems_with_their_places(self):
        found = self.check_of("people.csv", "id,name\n1,A\n1,B\n,C\n")
        self.assertFalse(found.ok)
        self.assertGreaterEqual(found.error_count, 2)
        for problem in found.errors:
            self.assertTrue(problem.zh and problem.en and problem.id)
        self.assertTrue(all(problem.file.endswith("people.csv") for problem in found.errors if problem.row))
        self.assertEqual([3, 4], sorted(p.row for p in found.errors if p.row))
        self.assertIn("people.csv", found.text("en"))
        self.assertEqual(found.error_count, found.json()["errors"])

    def test_what_was_read(self):
        people = assess.check("bureau", period=2026, inputs=YEAR_END).table("people", "en")
        self.assertEqual(180, len(people))  # examples/year-end/README.md
        self.assertEqual("1101", people[0][people.column("id")])

    def test_readiness(self):
        ready = assess.check("bureau", period=2026, inputs=YEAR_END).readiness("en")
        self.assertEqual(ready.open, ready.json["open"])
        self.assertNotEqual("", str(ready))

    def test_a_missing_file_does_not_hide_other_problems(self):
        with self.assertRaises(assess.InputError) as caught:
            assess.run("bureau", period=2026, inputs=[YEAR_END / "人员.csv", "/nowhere"])
        self.assertIn("/nowhere", " ".join(p.file + p.en for p in caught.exception.problems))


class Exceptions(unittest.TestCase):
    def test_a_rule_file_that_is_wrong(self):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "wrong.lua"
            path.write_text("\n\nnonsense {}\n")
            with self.assertRaises(assess.RulesError) as caught:
                assess.Scheme(path)
        error = caught.exception
        self.assertTrue(error.file.endswith("wrong.lua"))
        self.assertEqual(3, error.line)
        self.assertTrue(error.id.startswith("rules."))
        self.assertNotEqual(error.messages["zh"], error.messages["en"])
        self.assertIn(f"{error.file}:3", str(error))
        self.assertIsNone(error.clause)

    def test_all_mistakes_of_a_rule_file(self):
        """Three lines, a mistake in each; the second depends on the first and makes no other."""
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "wrong.lua"
            path.write_text(
                "scheme { id = 'x', format = 1, title = { zh = '方', en = 'S' }, source = { zh = '文', en = 'P' } }\n"
                "local a = nonsense()\n"
                "score { a * 2, ronud = half_up(0), zh = '分', en = 'P' }\n"
                "step { months_in_pots(), zh = '月', en = 'M' }\n"
            )
            with self.assertRaises(assess.RulesError) as caught:
                assess.Scheme(path)
        error = caught.exception
        self.assertEqual([2, 3, 4], [mistake.line for mistake in error.mistakes])
        self.assertTrue(all(isinstance(mistake, assess.RulesError) for mistake in error.mistakes))
        self.assertEqual((error.id, error.en), (error.mistakes[0].id, error.mistakes[0].en))
        self.assertFalse(error.more_mistakes)
        self.assertIn("months_in_post", str(error))

    def test_rules_that_are_not_there(self):
        with self.assertRaises(assess.CallError):
            assess.Scheme("no-such-rules")

    def test_a_period_that_is_none(self):
        with self.assertRaises(assess.CallError):
            assess.Scheme("bureau", period="yesterday")
        with self.assertRaises(assess.CallError):
            assess.run("bureau", inputs=YEAR_END)

    def test_a_file_that_cannot_be_written(self):
        result = assess.run("bureau", period=2026, inputs=YEAR_END)
        with self.assertRaises(assess.SystemFailure) as caught:
            result.to_csv("/tmp/" + "n" * 300)  # no file system takes such a name
        self.assertEqual(4, caught.exception.status)

    def test_a_text_with_a_null_is_refused(self):
        with self.assertRaises(ValueError):
            assess.Scheme("bureau\0", period=2026)
        with self.assertRaises(ValueError):
            assess.Scheme("bureau", settings=["a\0=1"])

    def test_a_scheme_brings_its_period(self):
        with self.assertRaises(TypeError):
            assess.run(assess.Scheme("bureau", period=2026), period=2026)

    def test_every_class_has_its_status(self):
        kinds = (assess.InputError, assess.CallError, assess.RulesError, assess.SystemFailure)
        self.assertEqual([1, 2, 3, 4], [kind.status for kind in kinds])  # assess/error.h
        for kind in kinds:
            self.assertTrue(issubclass(kind, assess.Error))


if __name__ == "__main__":
    unittest.main()
