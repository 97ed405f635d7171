#!/usr/bin/env python3
"""Writes one `bureau` batch that enumerates the edges instead of drawing them.

    boundary_cases.py --out DIR [--period 2026] [--form wide|long]

Every id begins with its group (edge, veto, start, leave, points, joint, mix) and the column
`remark` says what the person is there for. Nothing is random: the same call writes the same bytes.
"""

import argparse
from datetime import date, timedelta
from itertools import cycle, product
from pathlib import Path

from batch import TOP, Batch, Layout, clip, date_text, decimal, fit, spread
from bureau import add_months

EDGES = (0, 59_000, 59_500, 60_000, 69_000, 69_500, 70_000, 89_000, 89_500, 90_000, TOP)
LEAVES = ("sick-leave", "personal-leave", "unassigned-study")
ONE_DAY = timedelta(1)


def middle():
    """Stands in for a random number where totals are spread out."""
    return 0.5


def days(first, last):
    """Every day of [first, last]."""
    return (first + timedelta(number) for number in range((last - first).days + 1))


class Cases:
    """Adds people to a batch; ids are numbered within their group."""

    def __init__(self, period, form):
        self.period, self.batch, self.counts = period, Batch(Layout(form)), {}
        self.kinds, self.styles = cycle(LEAVES), cycle((0, 1, 2))

    def person(self, group, remark, start=None, peers=(85_000,), leaders=(85_000,), unit=1):
        """Adds a person with these ballot totals and returns the id."""
        number = self.counts[group] = self.counts.get(group, 0) + 1
        person = f"{group}{number:05d}"
        self.batch.add_person(person, "某人", date_text(start, next(self.styles)), remark)
        self.batch.add_ballots(person, "peer", peers, unit)
        self.batch.add_ballots(person, "leader", leaders, unit)
        return person

    def scored(self, group, target, peers, leaders, tilt=0):
        """Adds a person whose score is `target` thousandths, tilted by the least the peers can."""
        target = min(max(target, 0), TOP)
        mean = target + (4_000 if peers % 2 else -3_000)
        peer_sum, leader_sum = fit(target, peers, leaders, mean)
        peer_sum = clip(peer_sum + tilt, peers, 1)
        return self.person(group, f"{decimal(target)} from {peers} and {leaders}, tilt {tilt}",
                           peers=spread(peer_sum, peers, 1, 6_000, middle),
                           leaders=spread(leader_sum, leaders, 1, 2_000, middle))

    def leave(self, remark, *spans, start=None):
        """Adds a person with spans [first, last] of leave, the three kinds in turn."""
        person = self.person("leave", remark, start)
        self.spans(person, *spans)
        return person

    def spans(self, person, *spans):
        """Adds leave to a person."""
        for first, last in spans:
            style = next(self.styles)
            self.batch.add_event(person, next(self.kinds), date_text(first, style),
                                 date_text(last, style))

    def points(self, person, kind, thousandths, liable=""):
        """Takes points off a person."""
        self.batch.add_event(person, kind, date_text(date(self.period, 6, 15)),
                             points=decimal(thousandths), liable=liable)

    def veto(self, person):
        """Vetoes a person."""
        self.batch.add_event(person, "veto", date_text(date(self.period, 5, 5)))


def band_edges(cases):
    """Each edge and its neighbours by the thousandth, ties tilted both ways, all ballot counts."""
    for edge, offset in product(EDGES, range(-20, 21)):
        tilts = (-1, 0, 1) if offset % 5 == 0 else (0,)
        for peers, leaders, tilt in product(range(1, 13), range(1, 4), tilts):
            cases.scored("edge", edge + offset, peers, leaders, tilt)
        cases.veto(cases.scored("veto", edge + offset, 3, 2))


def starts(cases):
    """Every day from half a year before the period to a month after it, and none at all."""
    year = cases.period
    cases.person("start", "no start")
    for first in (date(1949, 10, 1), date(1999, 12, 31), date(2000, 2, 29), date(year - 2, 12, 31)):
        cases.person("start", first.isoformat(), first)
    for first in days(date(year - 1, 6, 1), date(year + 1, 1, 31)):
        cases.person("start", first.isoformat(), first)


def single_leaves(cases):
    """One span from every day of the period, five to seven months and a day more or less."""
    year = cases.period
    for first, months, extra in product(days(date(year, 1, 1), date(year, 12, 31)), (5, 6, 7), (-1, 0, 1)):
        last = add_months(first, months) + timedelta(extra) - ONE_DAY
        cases.leave(f"{first} + {months} months {extra} days", (first, last))


def crossing_leaves(cases):
    """Spans that begin before or end after the period, or lie outside it."""
    year = cases.period
    begins = (date(year - 2, 7, 1), date(year - 1, 11, 30), date(year - 1, 12, 31), date(year, 1, 1))
    ends = (date(year, 12, 30), date(year, 12, 31), date(year + 1, 1, 1), date(year + 1, 12, 31))
    near_july = list(days(date(year, 6, 20), date(year, 7, 10)))
    for first, last in [*product(begins, near_july), *product(near_july, ends), *product(begins, ends)]:
        cases.leave(f"{first} to {last}", (first, last))
    cases.leave("before the period", (date(year - 1, 1, 1), date(year - 1, 12, 31)))
    cases.leave("after the period", (date(year + 1, 1, 1), date(year + 1, 12, 31)))


def divided_leaves(cases):
    """Six months, exactly and by a day, cut in two that overlap, touch or leave days out."""
    year = cases.period
    firsts = [date(year, month, day) for month in (1, 3, 5) for day in (1, 15, 30, 31)]
    for first, extra, step in product(firsts, (0, 1), (-40, -10, 0, 1, 2, 3)):
        last = add_months(first, 6) + timedelta(extra) - ONE_DAY
        for cut in range(0, (last - first).days, 3):
            middle_day = first + timedelta(cut)
            again = max(first, middle_day + timedelta(step))
            cases.leave(f"{first} to {last} cut at {middle_day}, step {step}",
                        (first, middle_day), (again, max(again, last)))


def summed_leaves(cases):
    """Two spans apart, from month ends, whose months and days add up to six months or a day beside."""
    year = cases.period
    month_ends = [date(year, month, 1) - timedelta(back) for month in (2, 3, 4, 5) for back in (1, 2, 3)]
    seconds = (date(year, 7, 1), date(year, 7, 31), date(year, 8, 30))
    for first, again, months, more, total in product(
            month_ends, seconds, range(4), (0, 1, 27, 28, 29, 30), (179, 180, 181)):
        end = add_months(first, months) + timedelta(more)
        rest = total - 30 * months - more
        close = add_months(again, rest // 30) + timedelta(rest % 30)
        if first < end < again:
            cases.leave(f"{months} months {more} days, then the rest of {total}",
                        (first, end - ONE_DAY), (again, close - ONE_DAY))


def odd_leaves(cases):
    """Single days, whole calendar months, nested and repeated spans."""
    year = cases.period
    for count in (179, 180, 181, 182):
        singles = [date(year, 1, 1) + timedelta(2 * number) for number in range(count)]
        cases.leave(f"{count} single days", *((day, None) for day in singles))
    months = [(date(year, month, 1), add_months(date(year, month, 1), 1) - ONE_DAY) for month in range(1, 13)]
    for offset in (0, 1):
        cases.leave("six calendar months apart", *months[offset::2])
        cases.leave("six calendar months and a day", *months[offset::2],
                    (date(year, 2 - offset, 15), None))
    for count in range(5, 8):
        cases.leave(f"{count} calendar months that touch", *reversed(months[:count]))
    whole = (date(year, 2, 1), date(year, 7, 31))
    cases.leave("the same span three times", whole, whole, whole)
    cases.leave("a span within a span", whole, (date(year, 3, 1), date(year, 3, 9)), (date(year, 7, 31), None))
    cases.leave("a day more by overlap", whole, (date(year, 7, 1), date(year, 8, 1)))


def deductions(cases):
    """Points off that land on each edge, and around nothing."""
    single = ("deduction", "absence-without-leave", "omitted-deduction", "balancing")
    for edge, offset, kind in product(EDGES, range(-6, 7), single):
        if 0 < TOP - edge - offset:
            person = cases.scored("points", TOP, 4, 2)
            cases.points(person, kind, TOP - edge - offset)
    for offset in range(-12, 13):
        cases.points(cases.scored("points", 2_000, 3, 1), "deduction", 2_000 + offset)
    for kind, times in product(single, range(1, 8)):
        person = cases.scored("points", 95_000, 7, 1)
        for _ in range(times):
            cases.points(person, kind, 715)


def joint_liability(cases):
    """Heads who answer for one to nine others, adding up to a band's edge or a thousandth beside."""
    for kind, others, offset in product(("omitted-deduction", "balancing"), range(1, 10), (-5, -1, 0, 1, 5)):
        head = cases.scored("joint", 90_000 + 500 * others + offset, 5, 1)
        for _ in range(others):
            cases.points(cases.scored("joint", 90_500, 2, 3), kind, 500, head)


def mixtures(cases):
    """Every combination of missing ballots, leave, start, veto, deduction and a ballot of one's own."""
    year = cases.period
    leaves = (None, date(year, 8, 31), date(year, 9, 1))
    new = (None, date(year, 7, 1), date(year, 7, 2))
    for peers, leaders, last, start, vetoed, off, own in product(
            (0, 1), (0, 1), leaves, new, (0, 1), (0, 500, 100_000), (0, 1)):
        person = cases.person("mix", "", start, [95_000] * peers, [91_250] * leaders)
        if last:
            cases.spans(person, (date(year, 3, 1), last))
        if vetoed:
            cases.veto(person)
        if off:
            cases.points(person, "deduction", off)
        if own:
            cases.batch.add_ballot(person, person, "self", 100_000)


def write_cases(folder, period=2026, form="wide"):
    """Writes the batch into `folder`."""
    cases = Cases(period, form)
    for group in (band_edges, starts, single_leaves, crossing_leaves, divided_leaves, summed_leaves,
                  odd_leaves, deductions, joint_liability, mixtures):
        group(cases)
    cases.batch.write(folder)


def main():
    parser = argparse.ArgumentParser(description="Writes the batch of all edges.")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--period", type=int, default=2026)
    parser.add_argument("--form", choices=("wide", "long"), default="wide")
    options = parser.parse_args()
    write_cases(options.out, options.period, options.form)


if __name__ == "__main__":
    main()
