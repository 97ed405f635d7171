#!/usr/bin/env python3
"""Make a valid batch of any size for any scheme, from what `assess rules show NAME --json` says of it.

Every subject gets the same number of ballots, of every counted role one at least; a tenth of the subjects have events, one to
three of different kinds; every measure and every earlier result that the scheme looks at has its row.  Of a scheme with units
one row of people in eleven is a unit, and the people name theirs.  Cells that may be empty are so in one row of five.  The same
options and the same rule file give the same bytes.  Needs nothing but Python 3.
"""
import argparse
import datetime
import json
import os
import pathlib
import random
import subprocess

QUALITIES = 24          # steps of quality between the weakest and the best subject
SHEETS = 128            # prepared ballots for each of them
FILLED = 0.8            # of the cells that may be empty
UNIT_SIZE = 10          # people of a unit, where units are rows of their own
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰"
STANDARD = ("id", "name", "unit", "category", "post", "start")
STEPS_DAYS = (0, 0, 1, 2, 3, 5, 9, 14)
STEPS_MINUTES = (2, 4, 8, 15, 25, 50, 570)
MOST_NUMBER = 40        # above the least: a limit of so many working days still ends in a year that the calendar knows
LAST_MINUTE = 23 * 60 + 59
CHUNK = 20000


def period_of(text):
    """First and last day of a period such as 2026, 2026-03, 2026Q1 or 2026H2."""
    year, rest = int(text[:4]), text[4:].lstrip("-")
    if not rest:
        first, months = 1, 12
    elif rest[0] in "QH":
        months = 3 if rest[0] == "Q" else 6
        first = (int(rest[1:]) - 1) * months + 1
    else:
        first, months = int(rest), 1
    after = datetime.date(year + (first + months > 12), (first + months - 1) % 12 + 1, 1)
    return datetime.date(year, first, 1), after - datetime.timedelta(1)


def decimal(hundredths):
    """Write hundredths as a decimal without trailing zeros."""
    whole, rest = divmod(hundredths, 100)
    return f"{whole}.{rest:02d}".rstrip("0") if rest else str(whole)


def write_rows(path, header, rows):
    """Write a table, a chunk of rows at a time."""
    with open(path, "w", encoding="utf-8", newline="") as out:
        out.write(header + "\n")
        chunk = []
        for row in rows:
            chunk.append(row)
            if len(chunk) == CHUNK:
                out.write("".join(chunk))
                chunk = []
        out.write("".join(chunk))


class Batch:
    """The subjects of a batch and what is common to its tables."""

    def __init__(self, scheme, subjects, ballots, period, seed):
        self.scheme, self.ballots, self.seed = scheme, ballots, seed
        self.first, self.last = period_of(period)
        self.days = (self.last - self.first).days + 1
        # What begins in the last weeks of a year has its end in one whose working days may not be known yet.
        self.open_days = self.days - 75 if self.days > 200 else self.days
        self.units = max(1, subjects // (UNIT_SIZE + 1)) if len(scheme["levels"]) > 1 else 0
        people = subjects - self.units
        letter = "S" if scheme["subjects"] == "units" else "P"
        self.people = [f"{letter}{number:07d}" for number in range(1, people + 1)]
        self.ids = [f"U{number:07d}" for number in range(1, self.units + 1)] + self.people

    def random(self, table):
        """One generator for each table, so that a change to one leaves the others as they were."""
        return random.Random(f"{self.seed}/{table}")

    # --- people ---

    def cell(self, rng, attribute, clock):
        """A cell of a column of people. The days and times of a row follow each other in the order of their declaration."""
        draw = rng.random
        if not attribute["required"] and draw() > FILLED:
            return ""
        kind = attribute["kind"]
        if attribute["id"] == "start":
            return str(self.first - datetime.timedelta(int(draw() * 3000)))
        if kind == "day":
            clock[0] += datetime.timedelta(rng.choice(STEPS_DAYS))
            return str(clock[0])
        if kind == "minute":
            clock[1] = min(LAST_MINUTE, clock[1] + rng.choice(STEPS_MINUTES))
            return f"{clock[0]} {clock[1] // 60:02d}:{clock[1] % 60:02d}"
        if kind == "number":
            low = int(float(attribute["min"] or 0))
            high = min(low + MOST_NUMBER, int(float(attribute["max"] or MOST_NUMBER)))
            return str(low + int(draw() * (high - low + 1)))
        if attribute["choices"]:
            return rng.choice(attribute["choices"])
        return f"{attribute['id']}-{int(draw() * (len(self.ids) // 20 + 1))}"

    def people_rows(self):
        rng, declared = self.random("people"), {a["id"]: a for a in self.scheme["attributes"]}
        more = [a for a in self.scheme["attributes"] if a["id"] not in STANDARD]
        unit_category = self.scheme["levels"][1]["category"] if self.units else ""
        groups = self.units or max(1, len(self.ids) // 25)
        draw = rng.random
        for number, subject in enumerate(self.ids):
            is_unit = number < self.units
            clock = [self.first + datetime.timedelta(int(draw() * self.open_days)), 8 * 60 + int(draw() * 90)]
            given = {"category": unit_category if is_unit else "civil-servant", "post": "科员", "start": "",
                     "name": f"单位{number + 1}" if is_unit else rng.choice(SURNAMES) + rng.choice(GIVEN),
                     "unit": "" if is_unit else f"U{1 + (number - self.units) % groups:07d}"}
            if draw() < 0.3:
                given["start"] = str(self.first - datetime.timedelta(int(draw() * 3000)))
            for name in ("category", "post", "start"):
                if name in declared and not (is_unit and name == "category"):
                    given[name] = self.cell(rng, declared[name], clock)
            cells = [subject, *(given[name] for name in STANDARD[1:])] + [self.cell(rng, a, clock) for a in more]
            yield ",".join(cells) + "\n"

    # --- ballots ---

    def sheets(self, rng):
        """Prepared ballots of every quality: the cells of the items, joined."""
        made = []
        for step in range(QUALITIES):
            quality = 0.55 + 0.43 * step / (QUALITIES - 1)
            made.append([",".join(self.answer(rng, item, quality) for item in self.scheme["items"]) for _ in range(SHEETS)])
        return made

    @staticmethod
    def answer(rng, item, quality):
        share = min(1.0, max(0.0, rng.gauss(quality, 0.08)))
        options = item["options"]
        if options:
            return options[min(len(options) - 1, int((1 - share) * 1.6 * len(options)))]["id"]
        grain = rng.choice((100, 100, 50, 10))
        top = round(float(item["points"]) * 100)
        return decimal(min(top, round(share * top / grain) * grain))

    def roles_of_ballots(self):
        """Each counted role once; what is left of a subject's ballots is of the first that may have several."""
        roles = [role["id"] for role in self.scheme["roles"] if role["counted"]]
        many = [role for role in roles if role not in ("self", "leader")] or [role for role in roles if role != "self"] or roles
        return roles + many[:1] * (self.ballots - len(roles))

    def ballot_rows(self):
        rng = self.random("ratings")
        draw, pools, roles = rng.random, self.sheets(rng), self.roles_of_ballots()
        raters = self.people if self.scheme["subjects"] == "people" else [f"R{number:07d}" for number in range(1, len(self.ids) + 1)]
        count, widest, rows = len(raters), max(1, (len(raters) - 2) // (len(roles) + 1)), []
        for index, subject in enumerate(self.ids):
            pool = pools[min(QUALITIES - 1, int(QUALITIES * (draw() + draw()) / 2))]
            # An arithmetic walk around the circle of raters: distinct ones, spread over the whole batch.
            step, at = 1 + int(draw() * widest), index - self.units
            for role in roles:
                at += step
                rater = subject if role == "self" else raters[at % count]
                rows.append(f"{subject},{rater},{role},{pool[int(draw() * SHEETS)]}\n")
        rng.shuffle(rows)
        return rows

    # --- the other tables ---

    def event_row(self, rng, subject, kind):
        start = self.first + datetime.timedelta(int(rng.random() * self.days))
        end = min(self.last, start + datetime.timedelta(rng.choice((0, 0, 1, 4, 13))))
        points = str(rng.choice((1, 1, 1, 2, 2, 3, 4))) if "points" in kind["needs"] else ""
        amount = str(rng.choice((1, 1, 2, 5, 10))) if "amount" in kind["needs"] else ""
        liable = rng.choice(self.ids) if kind["liable"] and rng.random() < 0.5 else ""
        return f"{subject},{kind['id']},{start},{end},{points},{amount},{'' if liable == subject else liable}\n"

    def event_rows(self):
        rng, kinds = self.random("events"), self.scheme["kinds"]
        for subject in rng.sample(self.ids, max(1, len(self.ids) // 10)):
            for kind in rng.sample(kinds, min(len(kinds), rng.choice((1, 1, 2, 3)))):
                yield self.event_row(rng, subject, kind)

    def measure_rows(self):
        rng = self.random("measures")
        draw = rng.random
        for subject in self.ids:
            for measure in self.scheme["measures"]:
                target = 20 + int(draw() * 80)
                value, base = (1 + int(draw() * 12000) for _ in range(2))
                if measure["required"] or draw() < FILLED:
                    yield f"{subject},{measure['id']},{decimal(value)},{target},{decimal(base)}\n"

    def past_periods(self):
        """Of every earlier result that is looked at: the period and the level, each once."""
        wanted = {}
        for past in self.scheme["history"]:
            years = [past["year"]] if past["year"] is not None else range(-1, -1 - (past["years"] or 3), -1)
            for year in years:
                part = past["part"].replace("M", "-")
                wanted.setdefault(f"{self.first.year + year}{part}", past["level"])
        return wanted.items()

    def history_rows(self):
        rng, periods = self.random("history"), list(self.past_periods())
        grades = {level: [g["id"] for g in self.scheme["grades"] if g["level"] == level] or [""] for _, level in periods}
        for subject in self.ids:
            for period, level in periods:
                yield f"{subject},{period},{decimal(6000 + int(rng.random() * 4000))},{rng.choice(grades[level])}\n"

    def write(self, folder):
        """Write the tables that the scheme reads."""
        folder.mkdir(parents=True, exist_ok=True)
        columns = [a["id"] for a in self.scheme["attributes"] if a["id"] not in STANDARD]
        write_rows(folder / "people.csv", ",".join([*STANDARD, *columns]), self.people_rows())
        if self.scheme["items"]:
            items = ",".join(item["id"] for item in self.scheme["items"])
            write_rows(folder / "ratings.csv", f"subject,rater,role,{items}", self.ballot_rows())
        if self.scheme["kinds"]:
            write_rows(folder / "events.csv", "subject,kind,from,to,points,amount,liable", self.event_rows())
        if self.scheme["measures"]:
            write_rows(folder / "measures.csv", "subject,measure,value,target,baseline", self.measure_rows())
        if self.scheme["history"]:
            write_rows(folder / "history.csv", "subject,period,score,grade", self.history_rows())


def load_scheme(program, name):
    """What `rules show` says of the scheme."""
    shown = subprocess.run([program, "rules", "show", name, "--json"], capture_output=True, check=True)
    return json.loads(shown.stdout)


def main():
    """Read the options and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("scheme", help="name or rule file, as `assess run --rules` takes it")
    parser.add_argument("--subjects", type=int, default=1000, help="rows of people, at least 50")
    parser.add_argument("--ballots", type=int, default=4, help="ballots for each subject")
    parser.add_argument("--period", default="2026")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--assess", default=os.environ.get("ASSESS", "assess"))
    parser.add_argument("--out", type=pathlib.Path, required=True)
    args = parser.parse_args()
    if args.subjects < 50:
        parser.error("at least 50 subjects")
    Batch(load_scheme(args.assess, args.scheme), args.subjects, args.ballots, args.period, args.seed).write(args.out)


if __name__ == "__main__":
    main()
