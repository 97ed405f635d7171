"""Writes `bureau` batches whose scores are chosen beforehand.

Points are integers in thousandths here. `fit` finds sums of ballots that give a wanted score,
`spread` deals a sum out to single ballots, `Batch` collects the rows and writes the files.
"""

import csv
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
TOP = 100_000                               # a full ballot

LABELS = {"virtue": "德", "ability": "能", "diligence": "勤", "performance": "绩", "integrity": "廉"}
ROLES = {"peer": "群众", "leader": "领导", "self": "本人"}
KINDS = {"sick-leave": "病假", "personal-leave": "事假", "unassigned-study": "自行学习",
         "deduction": "扣分", "omitted-deduction": "漏扣分", "balancing": "搞平衡",
         "absence-without-leave": "擅自离岗", "veto": "一票否决"}

PEOPLE = {"id": "编号", "name": "姓名", "unit": "单位", "category": "类别", "post": "职务",
          "start": "到岗日期", "remark": "附注"}
WIDE = {"subject": "被考评人", "rater": "考评人", "role": "角色"}
LONG = WIDE | {"item": "项目", "value": "分值"}
EVENTS = {"subject": "对象", "kind": "类型", "from": "开始", "to": "结束", "points": "分值",
          "amount": "数量", "liable": "连带责任人", "ref": "依据", "note": "备注"}

DATE_STYLES = ("{0.year:04d}-{0.month:02d}-{0.day:02d}", "{0.year}/{0.month}/{0.day}",
               "{0.year}年{0.month}月{0.day}日")


def decimal(value):
    """Thousandths as a plain decimal: 8500 -> '8.5'."""
    whole, rest = divmod(value, 1000)
    return f"{whole}.{rest:03d}".rstrip("0") if rest else str(whole)


def point_texts(highest=60_000):
    """Texts of 0..highest thousandths, a few with trailing zeros or full-width digits."""
    texts = [decimal(value) for value in range(highest + 1)]
    for value in range(0, highest + 1, 37):
        texts[value] = f"{value // 1000}.{value % 1000:03d}"
    for value in range(0, highest + 1, 50):
        texts[value] = texts[value].translate(FULL_WIDTH) if value % 700 == 0 else texts[value]
    return texts


@lru_cache(maxsize=None)
def date_text(day, style=0):
    """A date in one of the accepted notations; empty for None."""
    return DATE_STYLES[style].format(day) if day else ""


def split(total, unit):
    """Five item values (in thousandths, multiples of `unit`, within the maxima) adding up to total."""
    units = total // unit
    small = -(-units // 10) if units >= 10 else 0
    return (small * unit,) * 3 + (total - 4 * small * unit, small * unit)


def fit(target, peers, leaders, leader_mean, unit=1):
    """Sums (P, L) of multiples of `unit` with 0.4 P/peers + 0.6 L/leaders as near target as can be.

    Exact whenever unit is 1, and the result is reachable, for then 5 * target - 3 * leader_mean is even.
    """
    lowest, highest = -(-(5 * target - 2 * TOP) // 3), 5 * target // 3
    mean = min(max(leader_mean, lowest, 0), highest, TOP)
    if (target - mean) % 2:
        mean += 1 if mean < min(highest, TOP) else -1
    leader_sum = (leaders * mean + unit // 2) // unit * unit
    wanted, scale = peers * (5 * target * leaders - 3 * leader_sum), 2 * leaders * unit
    peer_sum = (2 * wanted + scale) // (2 * scale) * unit
    return clip(peer_sum, peers, unit), clip(leader_sum, leaders, unit)


def clip(total, count, unit):
    """The sum brought into what `count` ballots in steps of `unit` can reach."""
    return min(max(total, 0), count * (TOP // unit) * unit)


def spread(total, count, unit, width, random):
    """`count` ballot totals that add up to `total`, up to `width` points apart from their mean."""
    base, rest = divmod(total // unit, count)
    totals = [base + 1] * rest + [base] * (count - rest)
    room = min(width // unit, TOP // unit - base - 1, base)
    if room > 0:
        for one in range(0, count - 1, 2):
            step = int(random() * room)
            totals[one] += step
            totals[one + 1] -= step
    return [value * unit for value in totals]


@dataclass
class Layout:
    """How the tables are written: everything that must not change a result."""

    form: str = "wide"
    chinese: bool = False
    separator: str = ","
    encoding: str = "utf-8"
    items: tuple = tuple(LABELS)
    files: int = 1

    @classmethod
    def drawn(cls, rng, form):
        """A layout drawn at random."""
        return cls(form, rng.random() < 0.5, rng.choice(",,;\t"),
                   rng.choice(("utf-8", "utf-8-sig", "gb18030")),
                   tuple(rng.sample(tuple(LABELS), len(LABELS))), rng.choice((1, 1, 2, 3)))

    def file(self, folder, english, chinese, number=0):
        """Path of a table's file, with a suffix from the second on."""
        suffix = f"-{number + 1}" if number else ""
        return Path(folder) / f"{chinese if self.chinese else english}{suffix}.csv"

    def header(self, names):
        """The header cells for {id: Chinese header}."""
        return list(names.values() if self.chinese else names)


class Batch:
    """The rows of one batch in the making."""

    def __init__(self, layout):
        self.layout = layout
        self.people, self.events, self.ratings = [], [], []
        self._texts, self._tails = point_texts(), {}

    def add_person(self, person, name="", start="", remark=""):
        """A row of `people`."""
        self.people.append((person, name, "股室", "公务员", "", start, remark))

    def add_event(self, subject, kind, first="", last="", points="", liable="", note=""):
        """A row of `events`."""
        self.events.append((subject, KINDS[kind] if self.layout.chinese else kind,
                            first, last, points, "", liable, "", note))

    def add_ballot(self, subject, rater, role, total, unit=1):
        """A ballot with that total; its items are multiples of `unit`."""
        tails = self._tails.get((total, unit)) or self._make_tails(total, unit)
        cut, add = self.layout.separator, self.ratings.append
        for tail in tails:
            add(f"{subject}{cut}{rater}{cut}{role}{tail}")

    def add_ballots(self, subject, role, totals, unit=1, anonymous=False):
        """One ballot of each total, by raters named after the role and their number."""
        for number, total in enumerate(totals, 1):
            self.add_ballot(subject, "" if anonymous else f"{role[0]}{number}", role, total, unit)

    def _make_tails(self, total, unit):
        texts = dict(zip(LABELS, (self._texts[value] for value in split(total, unit))))
        cut = self.layout.separator
        if self.layout.form == "wide":
            tails = (cut + cut.join(texts[item] for item in self.layout.items) + "\n",)
        else:
            tails = tuple(f"{cut}{LABELS[item] if self.layout.chinese else item}{cut}{texts[item]}\n"
                          for item in self.layout.items)
        self._tails[total, unit] = tails
        return tails

    def shuffle(self, rng):
        """Puts the rows of ratings and events in random order."""
        rng.shuffle(self.ratings)
        rng.shuffle(self.events)

    def write(self, folder):
        """Writes the tables into `folder`."""
        Path(folder).mkdir(parents=True, exist_ok=True)
        layout = self.layout
        self._write_table(layout.file(folder, "people", "人员"), PEOPLE, self.people)
        if self.events:
            self._write_table(layout.file(folder, "events", "事项"), EVENTS, self.events)
        items = {item: LABELS.get(item, item) for item in layout.items}
        names = LONG if layout.form == "long" else WIDE | items
        head = layout.separator.join(layout.header(names)) + "\n"
        size = -(-len(self.ratings) // layout.files)
        for number in range(layout.files):
            rows = self.ratings[number * size:(number + 1) * size]
            path = layout.file(folder, "ratings", "评分", number)
            with open(path, "w", encoding=layout.encoding, newline="") as stream:
                stream.writelines(chain((head,), rows))

    def _write_table(self, path, names, rows):
        with open(path, "w", encoding=self.layout.encoding, newline="") as stream:
            writer = csv.writer(stream, delimiter=self.layout.separator)
            writer.writerow(self.layout.header(names))
            writer.writerows(rows)
