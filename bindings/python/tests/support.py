"""What the tests share: the examples as Arrow tables, and batches of any size."""
import csv
import io
import os
import pathlib

import numpy
import pyarrow

SOURCE = pathlib.Path(os.environ.get("ASSESS_SOURCE", pathlib.Path(__file__).resolve().parents[3]))
YEAR_END = SOURCE / "examples" / "year-end"
GOLDEN = SOURCE / "tests" / "golden"


def text_table(path):
    """A table of texts as it stands in a file, in whichever of the examples' encodings."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    header, *rows = csv.reader(io.StringIO(text))
    columns = zip(*rows, strict=True)
    return pyarrow.table({name: pyarrow.array(cells, pyarrow.string()) for name, cells in zip(header, columns, strict=True)})


def year_end():
    """The tables of examples/year-end: people, ratings by name, events."""
    ratings = {path.name: text_table(path) for path in sorted(YEAR_END.glob("评分-*.csv"))}
    return {"people": text_table(YEAR_END / "人员.csv"), "ratings": ratings, "events": text_table(YEAR_END / "事项.csv")}


def batch_of(people, ballots, seed=1):
    """People and ballots for the scheme bureau as columns of numbers: ballots in halves, each of another rater, one of a leader."""
    draw = numpy.random.default_rng(seed)
    ids = pyarrow.array([f"P{number:07d}" for number in range(people)])
    subject = numpy.repeat(numpy.arange(people, dtype=numpy.int32), ballots)
    rater = numpy.tile(numpy.arange(ballots, dtype=numpy.int32), people)
    roles = pyarrow.DictionaryArray.from_arrays(pyarrow.array((rater > 0).astype(numpy.int8)), ["leader", "peer"])
    points = {name: draw.integers(top, 2 * top + 1, people * ballots) / 2 for name, top in
              {"virtue": 10, "ability": 10, "diligence": 10, "performance": 60, "integrity": 10}.items()}
    names = {"id": ids, "name": ids, "unit": pyarrow.array([f"U{number // 25:05d}" for number in range(people)])}
    return {"people": pyarrow.table(names),
            "ratings": pyarrow.table({"subject": pyarrow.DictionaryArray.from_arrays(subject, ids), "rater": rater, "role": roles,
                                      **points})}
