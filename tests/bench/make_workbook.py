#!/usr/bin/env python3
"""Make workbooks of a batch that make_data.py made: people.xlsx, events.xlsx, and ratings with a million rows a sheet.

As somebody would have them: numbers as numbers, days as days, texts shared by default (--inline: in each cell, as XlsxWriter writes in
little memory). Needs XlsxWriter: pip install XlsxWriter.
"""
import argparse
import csv
import datetime
import pathlib

import xlsxwriter

ROWS = 1000000


def typed(value):
    """The value as a cell holds it, and whether it is a day."""
    try:
        return float(value), False
    except ValueError:
        pass
    try:
        return datetime.datetime.strptime(value, "%Y-%m-%d"), True
    except ValueError:
        return value, False


def write(table, target, inline):
    book = xlsxwriter.Workbook(str(target), {"constant_memory": inline})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet, row = None, ROWS
    with open(table, encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        names = next(reader)
        for cells in reader:
            if row == ROWS:
                sheet, row = book.add_worksheet(f"{table.stem}-{len(book.worksheets()) + 1}"), 0
                sheet.write_row(0, 0, names)
            row += 1
            for column, cell in enumerate(cells):
                value, is_day = typed(cell) if column > 0 else (cell, False)
                if is_day:
                    sheet.write_datetime(row, column, value, day)
                elif value != "":
                    sheet.write(row, column, value)
    book.close()


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", type=pathlib.Path, help="of people.csv, ratings.csv, events.csv")
    options.add_argument("out", type=pathlib.Path)
    options.add_argument("--inline", action="store_true")
    chosen = options.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    for path in sorted(chosen.folder.glob("*.csv")):
        write(path, chosen.out / f"{path.stem}.xlsx", chosen.inline)
