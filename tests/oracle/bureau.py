#!/usr/bin/env python3
"""Independent oracle for the scheme `bureau`, written from the published contract alone.

    bureau.py FOLDER --period 2026 [--rounding hundredths|whole]

prints id,status,score,grade,rank,flags for every person, flags limited to `veto` and `gap`.
All arithmetic is on integers: numbers are scaled, means and blends are kept as fractions.
"""

import argparse
import sys
from calendar import monthrange
from collections import defaultdict
from datetime import date, timedelta
from functools import lru_cache

import tables

ITEMS = {"virtue": 10, "ability": 10, "diligence": 10, "performance": 60, "integrity": 10}
LABELS = {"德": "virtue", "能": "ability", "勤": "diligence", "绩": "performance", "廉": "integrity"}

KINDS = {"病假": "sick-leave", "事假": "personal-leave", "自行学习": "unassigned-study",
         "扣分": "deduction", "漏扣分": "omitted-deduction", "搞平衡": "balancing",
         "擅自离岗": "absence-without-leave", "一票否决": "veto"}
KINDS.update({kind: kind for kind in KINDS.values()})
LEAVES = {"sick-leave", "personal-leave", "unassigned-study"}
DEDUCTIONS = {"deduction", "omitted-deduction", "balancing", "absence-without-leave"}
JOINT = {"omitted-deduction", "balancing"}

# Lower ends of the grades and the holes the printed bands leave, in hundredths of a point.
BANDS = ((9000, "excellent"), (7000, "competent"), (6000, "basic"), (0, "incompetent"))
GAPS = ((8900, 9000), (6900, 7000), (5900, 6000))

ONE_DAY = timedelta(days=1)


def add_months(day, count):
    """The same day `count` months later, or that month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_and_days(first, end):
    """Whole months from `first` to `end` (not included), and the days left over."""
    months = (end.year - first.year) * 12 + end.month - first.month
    while add_months(first, months) > end:
        months -= 1
    return months, (end - add_months(first, months)).days


def leave_length(spans, period):
    """Months and days of [first, last] spans: cut to the period, overlaps and touches merged."""
    opening, closing = date(period, 1, 1), date(period, 12, 31)
    merged = []
    for first, last in sorted(spans):
        first, last = max(first, opening), min(last, closing)
        if first > last:
            continue
        if merged and first <= merged[-1][1] + ONE_DAY:
            merged[-1][1] = max(merged[-1][1], last)
        else:
            merged.append([first, last])
    lengths = [months_and_days(first, last + ONE_DAY) for first, last in merged]
    return sum(months for months, _ in lengths), sum(days for _, days in lengths)


def away_too_long(spans, period):
    """More than six months of leave, thirty left-over days making a month."""
    if not spans:
        return False
    months, days = leave_length(spans, period)
    return 30 * months + days > 180


@lru_cache(maxsize=None)
def too_new(start, period):
    """Less than six whole months in post at the end of the period; no start is never too new."""
    return start is not None and months_and_days(start, date(period + 1, 1, 1))[0] < 6


def score(peer, peers, leader, leaders, deduction, whole=False):
    """Score in hundredths: 0.40 peer mean + 0.60 leader mean - deduction, not under 0, half up.

    `peer` and `leader` are sums of ballot totals in tables.UNIT, `peers` and `leaders` counts.
    """
    exact = 2 * peer * leaders + 3 * leader * peers - 5 * deduction * peers * leaders
    exact, scale = max(exact, 0), 5 * peers * leaders * tables.UNIT
    return 100 * tables.half_up(exact, scale) if whole else tables.half_up(100 * exact, scale)


def grade_of(value, vetoed=False):
    """(grade, flags) of a rounded score in hundredths."""
    grade = next(name for lower, name in BANDS if value >= lower)
    flags = []
    if vetoed and grade == "excellent":
        grade = "competent"
        flags.append("veto")
    if any(low < value < high for low, high in GAPS):
        flags.append("gap")
    return grade, ";".join(flags)


class Ballots:
    """Sum of totals and number of ballots per subject, for the two roles that count."""

    def __init__(self):
        self.numbers = {item: tables.Numbers(highest) for item, highest in ITEMS.items()}
        self.sums = {"peer": defaultdict(int), "leader": defaultdict(int)}
        self.values = {"peer": defaultdict(int), "leader": defaultdict(int)}

    def read(self, path):
        """Adds one ratings file, wide or long."""
        columns, rows = tables.read(path, "ratings")
        columns = {LABELS.get(name, name): index for name, index in columns.items()}
        if "item" in columns:
            self._read_long(columns, rows)
        else:
            self._read_wide(columns, rows)

    def _read_wide(self, columns, rows):
        subject, role = columns["subject"], columns["role"]
        (n1, c1), (n2, c2), (n3, c3), (n4, c4), (n5, c5) = (
            (self.numbers[item], columns[item]) for item in ITEMS)
        for row in rows:
            kind = tables.ROLES[row[role]]
            total = n1[row[c1]] + n2[row[c2]] + n3[row[c3]] + n4[row[c4]] + n5[row[c5]]
            if kind in self.sums:
                self.sums[kind][row[subject]] += total
                self.values[kind][row[subject]] += len(ITEMS)

    def _read_long(self, columns, rows):
        subject, role = columns["subject"], columns["role"]
        item, value = columns["item"], columns["value"]
        numbers = {label: self.numbers[name] for label, name in LABELS.items()} | self.numbers
        for row in rows:
            kind = tables.ROLES[row[role]]
            points = numbers[row[item]][row[value]]
            if kind in self.sums:
                self.sums[kind][row[subject]] += points
                self.values[kind][row[subject]] += 1

    def of(self, role, person):
        """(sum of totals, number of ballots)."""
        count, rest = divmod(self.values[role].get(person, 0), len(ITEMS))
        if rest:
            raise ValueError(f"{person}: a {role} ballot lacks an item")
        return self.sums[role].get(person, 0), count


class Events:
    """What happened to whom: spans of leave, points off, vetoes."""

    def __init__(self):
        self.dates, self.points = tables.Dates(), tables.Numbers()
        self.leaves, self.off, self.vetoed = defaultdict(list), defaultdict(int), set()

    def read(self, path):
        """Adds one events file."""
        columns, rows = tables.read(path, "events")

        def cell(row, name):
            return row[columns[name]] if name in columns else ""

        for row in rows:
            subject, kind = cell(row, "subject"), KINDS[cell(row, "kind")]
            if kind in LEAVES:
                first, last = self.dates[cell(row, "from")], self.dates[cell(row, "to")]
                self.leaves[subject].append((first, last or first))
            elif kind in DEDUCTIONS:
                points = self.points[cell(row, "points")]
                self.off[subject] += points
                if kind in JOINT and cell(row, "liable"):
                    self.off[cell(row, "liable")] += points
            else:
                self.vetoed.add(subject)


def assess(folder, period, rounding="hundredths"):
    """Expected rows (id, status, score, grade, rank, flags) of a folder, in the order of people."""
    ballots, events = Ballots(), Events()
    for path in tables.find(folder, "ratings"):
        ballots.read(path)
    for path in tables.find(folder, "events"):
        events.read(path)
    whole = rounding == "whole"
    judged = []
    for person, start in tables.people(folder):
        peer, peers = ballots.of("peer", person)
        leader, leaders = ballots.of("leader", person)
        if (away_too_long(events.leaves.get(person, ()), period)
                or too_new(events.dates[start], period)):
            judged.append((person, "excluded", None))
        elif not peers or not leaders:
            judged.append((person, "incomplete", None))
        else:
            off = events.off.get(person, 0)
            judged.append((person, "assessed", score(peer, peers, leader, leaders, off, whole)))
    ranks = tables.competition_ranks(value for _, _, value in judged if value is not None)
    return [expected(*verdict, ranks, verdict[0] in events.vetoed, whole) for verdict in judged]


def expected(person, status, value, ranks, vetoed, whole):
    """One expected row from a verdict."""
    if value is None:
        return person, status, "", "", "", ""
    grade, flags = grade_of(value, vetoed)
    text = str(value // 100) if whole else tables.hundredths(value)
    return person, status, text, grade, str(ranks[value]), flags


def main():
    parser = argparse.ArgumentParser(description="Expected results of the scheme `bureau`.")
    parser.add_argument("folder")
    parser.add_argument("--period", type=int, required=True)
    parser.add_argument("--rounding", choices=("hundredths", "whole"), default="hundredths")
    options = parser.parse_args()
    tables.write(assess(options.folder, options.period, options.rounding), sys.stdout)


if __name__ == "__main__":
    main()
