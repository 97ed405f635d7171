#!/usr/bin/env python3
"""Tests of the oracle itself: hand calculations, a second slower calculation, the examples."""

import csv
import importlib.util
import io
import tempfile
import unittest
from collections import Counter, defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import batch
import boundary_cases
import bureau
import democratic_review
import random_batch
import tables

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
EXAMPLES = ROOT / "examples"


def day(text):
    """A date from its ISO text."""
    return date.fromisoformat(text)


def spans(*texts):
    """Pairs of dates from ISO texts: first, last, first, last, ..."""
    days = [day(text) for text in texts]
    return list(zip(days[::2], days[1::2]))


def points(value):
    """Points as the oracle holds them."""
    return int(Fraction(value) * tables.UNIT)


def folder_of(case, **files):
    """A temporary folder with these tables, removed after the test."""
    directory = tempfile.TemporaryDirectory()
    case.addCleanup(directory.cleanup)
    for name, text in files.items():
        data = text if isinstance(text, bytes) else text.encode()
        (Path(directory.name) / f"{name}.csv").write_bytes(data)
    return directory.name


class Months(unittest.TestCase):
    """A month is the same day of a later month, or that month's last day."""

    def test_add_months_stays_on_the_day_or_the_last_day(self):
        # Calendar: February has 28 days in 2026 and 29 in 2024; June has 30.
        self.assertEqual(bureau.add_months(day("2026-01-31"), 1), day("2026-02-28"))
        self.assertEqual(bureau.add_months(day("2024-01-31"), 1), day("2024-02-29"))
        self.assertEqual(bureau.add_months(day("2026-01-31"), 2), day("2026-03-31"))
        self.assertEqual(bureau.add_months(day("2026-12-31"), 6), day("2027-06-30"))

    def test_months_and_left_over_days(self):
        # 1 March to 31 August, both days counted, ends before 1 September: six months exactly.
        self.assertEqual(bureau.months_and_days(day("2026-03-01"), day("2026-09-01")), (6, 0))
        # From 31 January one month is full on 28 February; 28 February itself is one day more.
        self.assertEqual(bureau.months_and_days(day("2026-01-31"), day("2026-03-01")), (1, 1))
        # 10 February to 20 September: seven months to 10 September, then 10..20 = 11 days.
        self.assertEqual(bureau.months_and_days(day("2026-02-10"), day("2026-09-21")), (7, 11))
        self.assertEqual(bureau.months_and_days(day("2026-05-05"), day("2026-05-06")), (0, 1))


class Leave(unittest.TestCase):
    """More than six months of leave in the period excludes."""

    def test_six_months_exactly_do_not_exclude_and_a_day_more_does(self):
        self.assertFalse(bureau.away_too_long(spans("2026-03-01", "2026-08-31"), 2026))
        self.assertTrue(bureau.away_too_long(spans("2026-03-01", "2026-09-01"), 2026))

    def test_overlap_counts_once(self):
        # 1 March to 20 August is five months (to 1 August) and 20 days; apart it were 4 + 3 months.
        both = spans("2026-05-01", "2026-08-20", "2026-03-01", "2026-06-30")
        self.assertEqual(bureau.leave_length(both, 2026), (5, 20))

    def test_touching_spans_are_one(self):
        # As one, 31 January to 30 March, both counted, ends before 31 March: two months exactly.
        touching = spans("2026-01-31", "2026-02-15", "2026-02-16", "2026-03-30")
        self.assertEqual(bureau.leave_length(touching, 2026), (2, 0))
        # A day between them makes two: 16 days, and 17 Feb to 30 Mar = 1 month and 17..30 = 14 days.
        apart = spans("2026-01-31", "2026-02-15", "2026-02-17", "2026-03-30")
        self.assertEqual(bureau.leave_length(apart, 2026), (1, 30))

    def test_span_is_cut_to_the_period(self):
        # Only 1 January to 30 June lies in 2026: six months.
        self.assertEqual(bureau.leave_length(spans("2025-10-08", "2026-06-30"), 2026), (6, 0))
        # Only 1 July to 31 December lies in 2026: six months.
        self.assertEqual(bureau.leave_length(spans("2026-07-01", "2027-03-01"), 2026), (6, 0))
        self.assertEqual(bureau.leave_length(spans("2025-01-01", "2025-12-31"), 2026), (0, 0))

    def test_thirty_days_make_a_month(self):
        # 12 Jan..26 Mar = 2 months 15 days, 6 May..20 Aug = 3 months 15 days: 5 months 30 days = 6.
        fifteen = spans("2026-01-12", "2026-03-26", "2026-05-06", "2026-08-20")
        self.assertEqual(bureau.leave_length(fifteen, 2026), (5, 30))
        self.assertFalse(bureau.away_too_long(fifteen, 2026))
        longer = spans("2026-01-12", "2026-03-26", "2026-05-06", "2026-08-21")
        self.assertTrue(bureau.away_too_long(longer, 2026))


class InPost(unittest.TestCase):
    """Less than six whole months in post at the end of the period excludes."""

    def test_first_of_july_is_six_months_and_the_second_is_not(self):
        self.assertFalse(bureau.too_new(day("2026-07-01"), 2026))
        self.assertTrue(bureau.too_new(day("2026-07-02"), 2026))

    def test_no_start_never_excludes_and_a_start_after_the_period_does(self):
        self.assertFalse(bureau.too_new(None, 2026))
        self.assertTrue(bureau.too_new(day("2027-01-01"), 2026))


class Score(unittest.TestCase):
    """0.40 of the peers' mean and 0.60 of the leaders', less deductions, rounded half up once."""

    def score(self, peers, leaders, off=0, whole=False):
        """Score of ballot totals given as numbers or texts."""
        sums = [sum(points(total) for total in totals) for totals in (peers, leaders)]
        return bureau.score(sums[0], len(peers), sums[1], len(leaders), points(off), whole)

    def test_blend(self):
        # 0.4 * (80 + 90) / 2 + 0.6 * 90 = 34 + 54 = 88
        self.assertEqual(self.score([80, 90], [90]), 8800)

    def test_tie_goes_up_and_just_below_stays_down(self):
        # 0.4 * 89.9875 + 0.6 * 90 = 35.995 + 54 = 89.995, a tie: 90.00
        self.assertEqual(self.score(["89.9875"], [90]), 9000)
        # 0.4 * 89.987 + 54 = 89.9948: 89.99
        self.assertEqual(self.score(["89.987"], [90]), 8999)

    def test_thirds_stay_exact(self):
        # 0.4 * (90 + 90 + 89) / 3 + 0.6 * 90 = 35.8666... + 54 = 89.8666...
        self.assertEqual(self.score([90, 90, 89], [90]), 8987)

    def test_deductions_do_not_go_under_nothing(self):
        self.assertEqual(self.score([80], [80], 81), 0)
        # 80 - 79.995 = 0.005, a tie: 0.01
        self.assertEqual(self.score([80], [80], "79.995"), 1)

    def test_whole_points(self):
        # 89.5 rounds half up to 90; 89.499 to 89, not by way of 89.50.
        self.assertEqual(self.score(["89.5"], ["89.5"], whole=True), 9000)
        self.assertEqual(self.score(["89.499"], ["89.499"], whole=True), 8900)


class Grade(unittest.TestCase):
    """Bands from their lower figure up; gaps between the printed figures; the veto."""

    def test_lower_figures_belong_to_the_band(self):
        wanted = {9000: "excellent", 8999: "competent", 7000: "competent", 6999: "basic",
                  6000: "basic", 5999: "incompetent", 0: "incompetent", 10000: "excellent"}
        self.assertEqual({value: bureau.grade_of(value)[0] for value in wanted}, wanted)

    def test_gaps_are_open_at_both_ends(self):
        # The printed bands end at 89, 69 and 59 and begin at 90, 70 and 60.
        flagged = [value for value in range(0, 10001) if bureau.grade_of(value)[1] == "gap"]
        self.assertEqual(flagged, [*range(5901, 6000), *range(6901, 7000), *range(8901, 9000)])

    def test_veto_is_flagged_only_where_it_changed_the_grade(self):
        self.assertEqual(bureau.grade_of(9000, True), ("competent", "veto"))
        self.assertEqual(bureau.grade_of(8999, True), ("competent", "gap"))
        self.assertEqual(bureau.grade_of(6500, True), ("basic", ""))


class BureauFolder(unittest.TestCase):
    """Whole folders, wide and long."""

    PEOPLE = "id,name,start\na,甲,\nb,乙,2026/7/2\nc,丙,\nd,丁,2020年1月5日\n"
    EVENTS = ("对象;类型;开始;结束;分值;连带责任人\nd;搞平衡;2026-05-05;;2;a\n"
              "c;一票否决;2026-05-05;;;\nb;deduction;2026-05-05;;1;\n").encode("gb18030")
    # a: 0.4 * 90 + 0.6 * 91 - 2 (liable) = 88.6; c: 0.4 * 95 + 0.6 * 95 = 95, vetoed; b is new;
    # d has no leader's ballot.
    WANTED = [("a", "assessed", "88.60", "competent", "2", ""), ("b", "excluded", "", "", "", ""),
              ("c", "assessed", "95.00", "competent", "1", "veto"), ("d", "incomplete", "", "", "", "")]
    BALLOTS = (("a", "", "peer", "9", "9", "9", "54", "9"), ("a", "x", "leader", "10", "9", "9", "54", "9"),
               ("c", "", "群众", "9.5", "9.5", "９.5", "57", "9.50"),
               ("c", "x", "领导", "9.5", "9.5", "9.5", "57", "9.5"),
               ("d", "y", "peer", "1", "1", "1", "1", "1"), ("a", "a", "self", "0", "0", "0", "0", "0"))

    def test_wide(self):
        rows = [("subject", "rater", "role", "德", "能", "diligence", "绩", "廉"), *self.BALLOTS]
        folder = folder_of(self, people=self.PEOPLE, 事项=self.EVENTS,
                           **{"ratings-office": "\n".join(map("\t".join, rows))})
        self.assertEqual(bureau.assess(folder, 2026), self.WANTED)

    def test_long(self):
        rows = [("被考评人", "考评人", "角色", "项目", "分值")]
        for ballot in self.BALLOTS:
            rows += [(*ballot[:3], item, value) for item, value in zip(bureau.ITEMS, ballot[3:])]
        folder = folder_of(self, people=self.PEOPLE, events=self.EVENTS,
                           评分="\ufeff" + "\r\n".join(map(",".join, rows)))
        self.assertEqual(bureau.assess(folder, 2026), self.WANTED)

    def test_whole_points_are_printed_without_places(self):
        rows = [("subject", "rater", "role", *bureau.ITEMS), *self.BALLOTS]
        folder = folder_of(self, people=self.PEOPLE, ratings="\n".join(map(",".join, rows)))
        # 0.4 * 90 + 0.6 * 91 = 90.6, no events here.
        self.assertEqual(bureau.assess(folder, 2026, "whole")[0],
                         ("a", "assessed", "91", "excellent", "2", ""))


class DemocraticReview(unittest.TestCase):
    """Mean of the A-D ballots; F, blank and doubly marked ballots do not count."""

    RATINGS = ("subject,rater,role,opinion\n"
               "u1,1,public,A\nu1,2,public,b\nu1,3,社会,一般\nu1,4,public,F\nu1,5,public,\n"
               "u2,1,public,AB\nu2,2,public,f\nu2,,public,\"A;C\"\n"
               "u3,1,public,满意\nu3,2,public,A\nu3,3,public,A\nu3,,public,A\nu3,,public,a\n"
               "u3,,public,a\nu3,,public,a\nu3,,public,不满意\n"
               "u4,1,public,基本满意\n")

    def test_folder(self):
        folder = folder_of(self, people="id,name\nu1,一\nu2,二\nu3,三\nu4,四\nu5,五\n", ratings=self.RATINGS)
        # u1: (100 + 85 + 70) / 3 = 85; u3: (7 * 100 + 55) / 8 = 94.375, a tie: 94.38; u4: 85.
        self.assertEqual(democratic_review.assess(folder), [
            ("u1", "assessed", "85.00", "", "2", ""), ("u2", "incomplete", "", "", "", ""),
            ("u3", "assessed", "94.38", "", "1", ""), ("u4", "assessed", "85.00", "", "2", ""),
            ("u5", "incomplete", "", "", "", "")])

    def test_unknown_option_is_refused(self):
        with self.assertRaises(ValueError):
            democratic_review.marks("E")


class Reading(unittest.TestCase):
    """Numbers, dates, file names, ranks."""

    def test_what_is_not_a_number_is_refused(self):
        for text in ("", "90分", "1e400", "NaN", "-1", "1,5", "10.01"):
            with self.subTest(text), self.assertRaises(ValueError):
                tables.Numbers(10)[text]

    def test_dates(self):
        dates = tables.Dates()
        self.assertEqual({dates[text] for text in ("2026-03-04", "2026/3/4", "2026年3月4日", "２０２６/3/4")},
                         {date(2026, 3, 4)})
        for text in ("2026-02-29", "2026.3.4", "2026-3/4"):
            with self.subTest(text), self.assertRaises(ValueError):
                dates[text]

    def test_ranks_leave_places_out_after_a_tie(self):
        self.assertEqual(tables.competition_ranks([5, 9, 9, 1]), {9: 1, 5: 3, 1: 4})


class Generators(unittest.TestCase):
    """Batches hit what they aim at, and a second calculation agrees with the oracle."""

    def test_split_keeps_total_and_maxima(self):
        for unit in (1, 10, 100, 500, 1000):
            for total in range(0, batch.TOP + 1, max(unit, 7 * unit // 100 * 100)):
                items = batch.split(total, unit)
                self.assertEqual(sum(items), total)
                self.assertTrue(all(0 <= item <= 1000 * top and item % unit == 0
                                    for item, top in zip(items, bureau.ITEMS.values())), (total, unit))

    def test_boundary_batch_lands_on_its_remarks(self):
        with tempfile.TemporaryDirectory() as folder:
            boundary_cases.write_cases(folder, 2024)
            with open(Path(folder) / "people.csv", encoding="utf-8") as stream:
                remarks = {row["id"]: row["remark"] for row in csv.DictReader(stream)}
            rows = bureau.assess(folder, 2024)
        checked = 0
        for person, _, value, *_ in rows:
            if person.startswith("edge") and remarks[person].endswith("tilt 0"):
                aimed = Decimal(remarks[person].split()[0])
                self.assertEqual(Decimal(value), aimed.quantize(Decimal("0.01"), ROUND_HALF_UP), person)
                checked += 1
        self.assertEqual(checked, 11 * 41 * 12 * 3)

    def test_fractions_agree(self):
        for form in ("wide", "long"):
            with self.subTest(form), tempfile.TemporaryDirectory() as folder:
                random_batch.write_batch(folder, "bureau", 400, 9, form, True)
                expected = {row[0]: row[2] for row in bureau.assess(folder, 2026) if row[1] == "assessed"}
                self.assertGreater(len(expected), 200)
                slow = slow_scores(folder)
                self.assertEqual(expected, {person: slow[person] for person in expected})


def slow_scores(folder):
    """Scores by the formula as it stands, with a fraction per ballot."""
    ballots, off = defaultdict(lambda: defaultdict(Fraction)), defaultdict(Fraction)
    for path in tables.find(folder, "ratings"):
        columns, rows = tables.read(path, "ratings")
        for number, row in enumerate(rows):
            role = tables.ROLES[row[columns["role"]]]
            rater = row[columns["rater"]] or f"{path.name} {number}"
            values = [row[columns["value"]]] if "value" in columns else row[3:]
            ballots[row[columns["subject"]], role][rater] += sum(map(Fraction, values))
    for path in tables.find(folder, "events"):
        columns, rows = tables.read(path, "events")
        for row in rows:
            amount = Fraction(row[columns["points"]] or 0)
            off[row[columns["subject"]]] += amount
            if row[columns["liable"]]:
                off[row[columns["liable"]]] += amount
    scores = {}
    for person in {subject for subject, _ in ballots}:
        peers, leaders = (list(ballots[person, role].values()) for role in ("peer", "leader"))
        if peers and leaders:
            exact = (Fraction(40, 100) * sum(peers) / len(peers)
                     + Fraction(60, 100) * sum(leaders) / len(leaders) - off[person])
            cents = int(max(exact, 0) * 100 + Fraction(1, 2))
            scores[person] = f"{cents // 100}.{cents % 100:02d}"
    return scores


def golden(name):
    """Expected rows kept in the repository."""
    with open(GOLDEN / f"{name}.oracle.csv", encoding="utf-8", newline="") as stream:
        return stream.read()


class Examples(unittest.TestCase):
    """The examples are what their generators write, and give the rows kept as golden."""

    def written_again(self, name):
        """Runs an example's generator and compares every table byte for byte."""
        spec = importlib.util.spec_from_file_location("make", EXAMPLES / name / "make.py")
        make = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(make)
        with tempfile.TemporaryDirectory() as folder:
            make.generate(Path(folder))
            made = {path.name: path.read_bytes() for path in Path(folder).iterdir()}
        kept = {path.name: path.read_bytes() for path in (EXAMPLES / name).glob("*.csv")}
        self.assertEqual(made, kept)

    def test_year_end(self):
        self.written_again("year-end")
        rows = bureau.assess(EXAMPLES / "year-end", 2026)
        self.assertEqual(as_text(rows), golden("year-end"))
        # The counts that examples/year-end/README.md names.
        self.assertEqual(Counter(row[1] for row in rows), {"assessed": 171, "excluded": 8, "incomplete": 1})
        self.assertEqual(Counter(row[3] for row in rows if row[3]),
                         {"excellent": 23, "competent": 137, "basic": 8, "incompetent": 3})
        self.assertEqual(Counter(row[5] for row in rows if row[5]), {"gap": 5, "veto": 1})

    def test_democratic_review(self):
        self.written_again("democratic-review")
        rows = democratic_review.assess(EXAMPLES / "democratic-review")
        self.assertEqual(as_text(rows), golden("democratic-review"))


def as_text(rows):
    """Expected rows as the golden files hold them."""
    stream = io.StringIO()
    tables.write(rows, stream)
    return stream.getvalue()


if __name__ == "__main__":
    unittest.main()
