#!/usr/bin/env python3
"""Writes a random, edge-biased batch of any size.

    random_batch.py --people N --seed S --out DIR [--scheme bureau|democratic-review]
                    [--form wide|long] [--shuffle] [--period 2026]

The same arguments write the same bytes. Most people of a `bureau` batch lie exactly on, or a
fraction of a hundredth beside, a band's edge or a rounding tie; leave adds up to about six
months, starts are about six months before the end of the period.
"""

import argparse
import random
from collections import defaultdict
from datetime import date, timedelta
from pathlib import Path

from batch import (Batch, Layout, TOP, clip, date_text, decimal, fit, spread)
from bureau import add_months

EDGES = [points * 1000 for points in (59, 60, 69, 70, 89, 90)] * 3 + [59_500, 69_500, 89_500, 0, TOP]
OFFSETS = (0, 0, 0, 5, -5, 4, -4, 6, -6, 10, -10, 15, -15, 1, -1, 500, -500)
UNITS = (1, 1, 1, 10, 10, 100, 500, 1000)           # 3, 2, 1 decimals, half and whole points
TILTS = (0, 0, 0, 0, -1, 1)                         # units of the peers' sum beside the fit
PEERS = (0,) + (1, 2, 3) * 9 + (2, 4, 5, 6, 7, 8, 9, 10, 11, 12)
LEADERS = (1,) * 24 + (2,) * 4 + (3, 3, 0)
PENALTIES = (500, 1000, 2000, 3000, 1500, 250, 100, 10, 5, 1)

LEAVES = ("sick-leave", "personal-leave", "unassigned-study")
NAMES = ("王芳", "李伟", "张䶮", "古丽·热合曼", "欧阳静", "O'Neil, \"J\"", "赵敏 ", "𠮷田")
NOTES = ("", "", "", "迟报, 已核实", "称\"漏记\"", "第一行\n第二行", "；")
ID_STYLES = ("P{}", "{:08d}", "员{}", "k-{}")


def pick(random_number, choices):
    """One of the choices; quicker than random.choice."""
    return choices[int(random_number() * len(choices))]


def any_day(rng, first, last):
    """A day of [first, last], month ends more often than others."""
    day = first + timedelta(int(rng.random() * ((last - first).days + 1)))
    if rng.random() < 0.4:
        month = date(day.year, day.month, 1)
        day = add_months(month, 1) - timedelta(pick(rng.random, (0, 1, 1, 2, 3)))
    return min(max(day, first), last)


def edge_span(rng, period):
    """Six months of leave inside the period, a day more or a day less."""
    first = any_day(rng, date(period, 1, 1), date(period, 7, 1))
    end = add_months(first, 6) + timedelta(pick(rng.random, (-1, 0, 0, 1)))
    return first, end - timedelta(1)


def cut_span(rng, first, last):
    """The same leave in two spans that overlap, touch, or leave out a day or two."""
    middle = first + timedelta(int(rng.random() * ((last - first).days + 1)))
    again = middle + timedelta(pick(rng.random, (-30, -7, 0, 1, 1, 2, 3)))
    return [(first, middle), (max(again, first), max(last, again))]


def summed_spans(rng, period):
    """Two spans apart whose months and days add up to about six months."""
    total = 180 + pick(rng.random, (-1, 0, 0, 1))
    months, days = int(rng.random() * 5), int(rng.random() * 31)
    first = any_day(rng, date(period, 1, 1), date(period, 2, 20))
    end = add_months(first, months) + timedelta(days)
    rest = total - 30 * months - days
    again = end + timedelta(1 + int(rng.random() * 20))
    close = add_months(again, rest // 30) + timedelta(rest % 30)
    return [(first, max(first, end - timedelta(1))), (again, close - timedelta(1))]


def crossing_span(rng, period):
    """Leave that begins before or ends after the period, about six months of it inside."""
    shift = timedelta(pick(rng.random, (-1, 0, 0, 1, 30)))
    if rng.random() < 0.5:
        return any_day(rng, date(period - 1, 1, 1), date(period, 1, 1)), date(period, 6, 30) + shift
    return date(period, 7, 1) + shift, any_day(rng, date(period, 12, 31), date(period + 1, 12, 31))


def leave_spans(rng, period):
    """Spans of leave of one person, of a kind drawn at random."""
    kind = rng.random()
    if kind < 0.2:
        return [edge_span(rng, period)]
    if kind < 0.4:
        return cut_span(rng, *edge_span(rng, period))
    if kind < 0.6:
        return summed_spans(rng, period)
    if kind < 0.75:
        return [crossing_span(rng, period)]
    if kind < 0.8:
        return cut_span(rng, *crossing_span(rng, period))
    spans = []
    for _ in range(1 + int(rng.random() * 6)):
        first = any_day(rng, date(period - 1, 6, 1), date(period + 1, 6, 1))
        spans.append((first, first + timedelta(int(rng.random() ** 2 * 120))))
    return spans


def add_leave(batch, rng, person, period):
    """Leave events of one person; a single day sometimes without its end."""
    for first, last in leave_spans(rng, period):
        style = int(rng.random() * 3)
        end = "" if first == last and rng.random() < 0.7 else date_text(last, style)
        batch.add_event(person, pick(rng.random, LEAVES), date_text(first, style), end,
                        note=pick(rng.random, NOTES))


def add_deductions(batch, rng, ids, period, off):
    """Deductions of every kind, joint liability included; `off` collects them in thousandths."""
    for person in ids:
        while rng.random() < 0.15:
            points = pick(rng.random, PENALTIES)
            if rng.random() < 0.03:
                points = 40_000 + int(rng.random() * 60_000)
            kind = pick(rng.random, ("deduction", "deduction", "absence-without-leave",
                                     "omitted-deduction", "balancing"))
            liable = ""
            if kind in ("omitted-deduction", "balancing") and rng.random() < 0.85:
                liable = pick(rng.random, ids)
                liable = "" if liable == person else liable
            if liable:
                off[liable] += points
            off[person] += points
            day = date_text(any_day(rng, date(period, 1, 1), date(period, 12, 31)), int(rng.random() * 3))
            batch.add_event(person, kind, day, "", decimal(points), liable, pick(rng.random, NOTES))


def start_of(rng, period):
    """A date in post, as text: empty, long ago, about half a year before the end, or after it."""
    kind = rng.random()
    if kind < 0.25:
        return ""
    if kind < 0.75:
        day = date(1980 + int(rng.random() * (period - 1980)), 1 + int(rng.random() * 12), 15)
    elif kind < 0.9:
        day = date(period, 7, 1) + timedelta(pick(rng.random, (-2, -1, 0, 0, 0, 1, 1, 2)))
    else:
        day = any_day(rng, date(period - 1, 12, 1), date(period + 1, 2, 1))
    return date_text(day, int(rng.random() * 3))


def target_of(rng, off):
    """The score to aim at before deductions, in thousandths."""
    if rng.random() < 0.65:
        wanted = pick(rng.random, EDGES) + pick(rng.random, OFFSETS)
    else:
        wanted = int(rng.gauss(82, 8) * 1000)
    return min(max(wanted + off, 0), TOP)


def add_ballots(batch, rng, person, off):
    """Peer and leader ballots, sometimes none, sometimes the person's own beside them."""
    draw = rng.random
    peers, leaders, unit = pick(draw, PEERS), pick(draw, LEADERS), pick(draw, UNITS)
    target = target_of(rng, off)
    mean = target + int((draw() - 0.5) * 8000)
    peer_sum, leader_sum = fit(target, peers or 1, leaders or 1, mean, unit)
    peer_sum = clip(peer_sum + unit * pick(draw, TILTS), peers or 1, unit)
    names = ("群众", "领导", "本人") if draw() < 0.3 else ("peer", "leader", "self")
    if peers:
        totals = spread(peer_sum, peers, unit, 8000, draw)
        blank = batch.layout.form == "wide" and draw() < 0.1
        batch.add_ballots(person, names[0], totals, unit, anonymous=blank)
    if leaders:
        batch.add_ballots(person, names[1], spread(leader_sum, leaders, unit, 3000, draw), unit)
    if draw() < 0.02:
        batch.add_ballot(person, person, names[2], 95_000, 500)


def bureau_batch(people, seed, form, period):
    """A random batch of the scheme `bureau`."""
    rng = random.Random(f"bureau {people} {seed} {form} {period}")
    batch = Batch(Layout.drawn(rng, form))
    style = rng.choice(ID_STYLES)
    ids = [style.format(number) for number in range(1, people + 1)]
    off = defaultdict(int)
    add_deductions(batch, rng, ids, period, off)
    for person in ids:
        batch.add_person(person, pick(rng.random, NAMES), start_of(rng, period))
        if rng.random() < 0.12:
            add_leave(batch, rng, person, period)
        if rng.random() < 0.06:
            batch.add_event(person, "veto", date_text(any_day(rng, date(period, 1, 1), date(period, 12, 31))))
        add_ballots(batch, rng, person, off[person])
    return batch, rng


COUNTED = ("A", "B", "C", "D", "a", "b", "c", "d", "满意", "基本满意", "一般", "不满意")
OTHERS = ("F", "f", "不了解", "", "", "AB", "A;C", "bd", "满意;一般")
BALLOTS = (1, 2, 3, 5, 7, 8, 8, 8, 11, 16)          # eighths of 5 points end in x.xx5
RARE_BALLOTS = (0, 24, 40, 200)


def review_batch(people, seed, form, period):
    """A random batch of the scheme `democratic-review`; people are its units."""
    rng = random.Random(f"review {people} {seed} {form} {period}")
    batch, draw = Batch(Layout.drawn(rng, form)), rng.random
    layout = batch.layout
    layout.items = ("评议意见" if layout.chinese else "opinion",)
    cut, item = layout.separator, layout.items[0] if form == "long" else ""
    for number in range(1, people + 1):
        unit = f"U{number}"
        batch.add_person(unit, f"第{number}站")
        options = COUNTED[int(draw() * 8):]         # from mixed to dissatisfied
        role = pick(draw, ("public", "社会"))
        cells = [pick(draw, options) for _ in range(pick(draw, BALLOTS if draw() < 0.97 else RARE_BALLOTS))]
        cells += [pick(draw, OTHERS) for _ in range(int(draw() * 3))]
        blank = draw() < 0.2
        for rater, cell in enumerate(cells):
            cell = f'"{cell}"' if cut in cell else cell
            fields = (unit, "" if blank else f"r{rater}", role, *([item] if item else []), cell)
            batch.ratings.append(cut.join(fields) + "\n")
    return batch, rng


def write_batch(folder, scheme, people, seed, form="wide", shuffle=False, period=2026):
    """Writes one random batch into `folder`."""
    build = bureau_batch if scheme == "bureau" else review_batch
    batch, rng = build(people, seed, form, period)
    if shuffle:
        batch.shuffle(rng)
    batch.write(folder)


def main():
    parser = argparse.ArgumentParser(description="Writes a random, edge-biased batch.")
    parser.add_argument("--people", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scheme", choices=("bureau", "democratic-review"), default="bureau")
    parser.add_argument("--form", choices=("wide", "long"), default="wide")
    parser.add_argument("--period", type=int, default=2026)
    parser.add_argument("--shuffle", action="store_true")
    options = parser.parse_args()
    write_batch(options.out, options.scheme, options.people, options.seed, options.form,
                options.shuffle, options.period)


if __name__ == "__main__":
    main()
