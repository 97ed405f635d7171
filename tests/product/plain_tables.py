"""One batch twice, for the bindings: as files for the command line, and as rows for a program that has no files."""
import csv
import random

ITEMS = (("virtue", 10), ("ability", 10), ("diligence", 10), ("performance", 60), ("integrity", 10))


def bureau(seed=1, people=60):
    """People with and without names, units, first days; anonymous and named raters; values of different places."""
    draw = random.Random(seed)
    rows = [{"id": f"{1000 + k:05d}", "name": draw.choice(["", "买買提·艾力", "王小明", "𬱖䶮"]), "unit": draw.choice(["办公室", "财务股"]),
             "start": draw.choice(["", "2019-02-28", "2026-09-01", "2024-02-29"])} for k in range(people)]
    ballots = []
    for row in rows:
        for role, count in (("peer", draw.randint(1, 6)), ("leader", draw.randint(0, 2))):
            for k in range(count):
                rater = draw.choice([None, f"{role}-{k}"])
                values = {item: f"{draw.randint(most * 50, most * 100) / 100:.{draw.randint(2, 4)}f}" for item, most in ITEMS}
                ballots.append({"subject": row["id"], "rater": rater, "role": role, "values": values})
    return rows, ballots


def review(seed=2, units=12):
    """Units, and an item with options."""
    draw = random.Random(seed)
    rows = [{"id": f"S{k:02d}", "name": f"所{k}", "unit": "", "start": ""} for k in range(units)]
    ballots = [{"subject": row["id"], "rater": f"r{k}", "role": "public", "values": {"opinion": draw.choice("ABCDF")}}
               for row in rows for k in range(draw.randint(3, 30))]
    return rows, ballots


def write_files(folder, rows, ballots):
    with (folder / "people.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, ["id", "name", "unit", "start"])
        out.writeheader()
        out.writerows(rows)
    with (folder / "ratings.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        items = list(ballots[0]["values"])
        out.writerow(["subject", "rater", "role", *items])
        out.writerows([b["subject"], b["rater"] or "", b["role"], *(b["values"][i] for i in items)] for b in ballots)
