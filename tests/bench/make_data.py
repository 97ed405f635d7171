#!/usr/bin/env python3
"""Make a batch of the `bureau` scheme of any size: people.csv, ratings.csv (wide) and events.csv.

The same options give the same bytes.  Every person gets the same number of ballots, of which one or two are from
leaders and the rest from peers; about a tenth as many events as people use every kind that the scheme knows.
Needs nothing but Python 3.
"""
import argparse
import datetime
import itertools
import pathlib
import random

ITEMS = {"virtue": 10, "ability": 10, "diligence": 10, "performance": 60, "integrity": 10}      # maximum points
QUALITIES = 24          # steps of quality between the weakest and the best person
CHOICES = 128           # prepared values for each item and quality
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰"
POSTS = ("科员", "副主任科员", "主任科员", "副科长", "科长")
FIRST, LAST = datetime.date(2026, 1, 1), datetime.date(2026, 12, 31)
LEAVES = ("sick-leave", "sick-leave", "personal-leave", "unassigned-study")
KINDS = (("sick-leave", 22), ("personal-leave", 14), ("unassigned-study", 6), ("deduction", 24),
         ("omitted-deduction", 10), ("balancing", 8), ("absence-without-leave", 8), ("veto", 8))


def decimal(hundredths):
    """Write hundredths as a decimal without trailing zeros, so that 0, 1 or 2 decimals occur."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def item_values(rng, top, quality):
    """Prepare values of one item, around `quality` (0 … 1) of its maximum `top`, within its range."""
    values = []
    for _ in range(CHOICES):
        share = min(1.0, max(0.0, rng.gauss(quality, 0.06)))
        grain = rng.choice((100, 100, 50, 10, 1))
        values.append(decimal(min(top * 100, round(share * top * 100 / grain) * grain)))
    return values


def write_people(rng, path, ids):
    """Write people.csv: ~25 people to a unit; a third have a start date, some of them within the period."""
    units = max(1, len(ids) // 25)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("id,name,unit,category,post,start\n")
        for person in ids:
            name = rng.choice(SURNAMES) + "".join(rng.choices(GIVEN, k=rng.choice((1, 2))))
            start, draw = "", rng.random()
            if draw < 0.04:
                start = FIRST + datetime.timedelta(rng.randrange(365))
            elif draw < 0.34:
                start = FIRST - datetime.timedelta(rng.randrange(1, 9000))
            out.write(f"{person},{name},U{rng.randrange(units):05d},civil-servant,{rng.choice(POSTS)},{start}\n")


def write_ratings(rng, path, ids, ballots, order):
    """Write ratings.csv, wide; no rater rates a person twice or rates themselves."""
    count = len(ids)
    pools = [[item_values(rng, top, 0.55 + 0.43 * step / (QUALITIES - 1)) for top in ITEMS.values()]
             for step in range(QUALITIES)]
    rows = []
    for index, person in enumerate(ids):
        leaders = 1 if ballots < 3 else rng.choice((1, 2))
        pool = pools[min(QUALITIES - 1, int(QUALITIES * rng.betavariate(4, 2)))]
        columns = [rng.choices(values, k=ballots) for values in pool]
        # An arithmetic walk around the circle of people: distinct raters, spread over the whole batch.
        step = rng.randrange(1, (count - 1) // ballots + 1)
        for place, values in enumerate(zip(*columns)):
            rater = ids[(index + step * (place + 1)) % count]
            role = "leader" if place < leaders else "peer"
            rows.append(f"{person},{rater},{role},{','.join(values)}\n")
    if order == "shuffled":
        rng.shuffle(rows)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(f"subject,rater,role,{','.join(ITEMS)}\n")
        out.writelines(rows)


def write_events(rng, path, ids):
    """Write events.csv: leave may overlap, touch, reach over the period's ends or last more than six months."""
    kinds, weights = zip(*KINDS)
    left = max(len(KINDS), len(ids) // 10)
    every_kind = itertools.chain(kinds, itertools.repeat(None))
    numbers = itertools.count(1)
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write("subject,kind,from,to,points,amount,liable,ref,note\n")
        while left > 0:
            kind = next(every_kind) or rng.choices(kinds, weights)[0]
            index = rng.randrange(len(ids))
            subject = ids[index]
            day = FIRST + datetime.timedelta(rng.randrange(365))
            if kind in LEAVES:
                start = FIRST + datetime.timedelta(rng.randrange(-60, 330))
                for _ in range(min(left, rng.choice((1, 1, 2, 3)))):
                    if start > LAST:
                        break
                    days = rng.choice((0, 4, 13, 29, 60, 91, 120, 183, 200)) + rng.randrange(5)
                    end = start + datetime.timedelta(days)
                    out.write(f"{subject},{rng.choice(LEAVES)},{start},{end},,,,L{next(numbers)},\n")
                    start = end + datetime.timedelta(rng.choice((-2, 0, 1, 2, 15)))
                    left -= 1
                continue
            left -= 1
            points = "" if kind == "veto" else decimal(rng.choice((50, 100, 100, 150, 200, 300, 125, 75, 510)))
            liable = ""
            if kind in ("omitted-deduction", "balancing"):
                liable = ids[(index + rng.randrange(1, len(ids))) % len(ids)]
            note = '"late, twice"' if rng.random() < 0.1 else ""
            out.write(f"{subject},{kind},{day},,{points},,{liable},R{next(numbers)},{note}\n")


def main():
    """Read the options and write the three tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--ballots", type=int, default=20, help="ballots for each person, at least 2")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--order", choices=("shuffled", "grouped"), default="shuffled")
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    if args.ballots < 2 or args.people <= args.ballots:
        parser.error("at least 2 ballots, and more people than ballots")
    args.out.mkdir(parents=True, exist_ok=True)
    ids = [f"P{number:07d}" for number in range(1, args.people + 1)]
    # One generator for each table, so that a change to one leaves the others as they were.
    write_people(random.Random(f"{args.seed}/people"), args.out / "people.csv", ids)
    write_ratings(random.Random(f"{args.seed}/ratings"), args.out / "ratings.csv", ids, args.ballots, args.order)
    write_events(random.Random(f"{args.seed}/events"), args.out / "events.csv", ids)


if __name__ == "__main__":
    main()
