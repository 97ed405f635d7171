"""Reads the CSV tables of an assessment: encodings, separators, headers, numbers and dates.

Shared by the oracles. It reads valid input only and raises ValueError on the rest; it does not
try to name problems the way the product does.
"""

import csv
import io
import re
from datetime import date
from pathlib import Path

FILE_NAMES = {
    "people": ("people", "人员"),
    "ratings": ("ratings", "评分"),
    "events": ("events", "事项"),
}

HEADERS = {
    "people": {"编号": "id", "工号": "id", "姓名": "name", "名称": "name", "单位": "unit",
               "部门": "unit", "股室": "unit", "类别": "category", "职务": "post",
               "到岗日期": "start"},
    "ratings": {"被考评人": "subject", "考评人": "rater", "角色": "role", "项目": "item",
                "分值": "value"},
    "events": {"对象": "subject", "类型": "kind", "开始": "from", "结束": "to", "分值": "points",
               "数量": "amount", "连带责任人": "liable", "依据": "ref", "备注": "note",
               "说明": "note"},
}

ROLES = {"self": "self", "peer": "peer", "leader": "leader", "committee": "committee",
         "public": "public", "本人": "self", "群众": "peer", "领导": "leader",
         "考评组": "committee", "社会": "public"}

DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
NUMBER = re.compile(r"(\d+)(?:\.(\d+))?")
DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")

PLACES = 9          # every number is held as an integer count of 10**-9
UNIT = 10 ** PLACES


class Numbers(dict):
    """Text -> scaled integer in [0, highest]; remembers every text it has parsed."""

    def __init__(self, highest=None):
        super().__init__()
        self.highest = None if highest is None else highest * UNIT

    def __missing__(self, text):
        match = NUMBER.fullmatch(text.strip().translate(DIGITS))
        if not match or len(match[2] or "") > PLACES:
            raise ValueError(f"not a number: {text!r}")
        value = int(match[1]) * UNIT + int((match[2] or "").ljust(PLACES, "0"))
        if self.highest is not None and value > self.highest:
            raise ValueError(f"out of range: {text!r}")
        self[text] = value
        return value


class Dates(dict):
    """Text -> datetime.date, None for empty text; remembers every text it has parsed."""

    def __missing__(self, text):
        plain = text.strip().translate(DIGITS)
        value = None
        if plain:
            match = DATE.fullmatch(plain)
            if not match:
                raise ValueError(f"not a date: {text!r}")
            value = date(*(int(part) for part in match.groups() if part))
        self[text] = value
        return value


def find(folder, table):
    """The files in `folder` that hold `table`, with or without a suffix, in name order."""
    pattern = re.compile(rf"(?:{'|'.join(FILE_NAMES[table])})(?:[-_].*)?\.csv")
    return sorted(path for path in Path(folder).iterdir() if pattern.fullmatch(path.name))


def decode(data):
    """UTF-8 with or without BOM, else GB18030."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030")


def read(path, table):
    """Returns ({column id: index}, iterator over the non-empty rows) of one file."""
    text = decode(Path(path).read_bytes())
    head = text[:text.find("\n")]
    separator = max(",;\t", key=head.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names = HEADERS[table]
    columns = {}
    for index, cell in enumerate(next(rows)):
        columns[names.get(cell.strip(), cell.strip())] = index
    return columns, (row for row in rows if row)


def people(folder):
    """Returns [(id, start text)] in file order; start text is empty where there is none."""
    found = []
    for path in find(folder, "people"):
        columns, rows = read(path, "people")
        key, start = columns["id"], columns.get("start")
        found += [(row[key], row[start] if start is not None else "") for row in rows]
    if len({person for person, _ in found}) != len(found):
        raise ValueError("a second row for one person")
    return found


def competition_ranks(scores):
    """{score: rank} in the 1 1 3 style, highest first."""
    counts = {}
    for score in scores:
        counts[score] = counts.get(score, 0) + 1
    ranks, place = {}, 1
    for score in sorted(counts, reverse=True):
        ranks[score] = place
        place += counts[score]
    return ranks


def half_up(numerator, denominator):
    """The fraction (not negative) rounded half up to an integer."""
    return (2 * numerator + denominator) // (2 * denominator)


def hundredths(value):
    """Prints an integer count of hundredths: 8950 -> '89.50'."""
    return f"{value // 100}.{value % 100:02d}"


HEADER = ("id", "status", "score", "grade", "rank", "flags")


def write(rows, stream):
    """Writes expected rows as CSV with LF line ends."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(HEADER)
    writer.writerows(rows)
