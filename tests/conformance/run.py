#!/usr/bin/env python3
"""The cases of cases.tsv and the calls of calls.tsv through the Python package; README.md says what it writes.

    python run.py SOURCE OUT

The JSON of the library is compared as it comes, so it is taken from assess._core; pyarrow, where there is one, judges `rows` again."""
import pathlib
import sys
import tempfile

import assess
from assess import _core

try:
    import pyarrow
except ImportError:
    pyarrow = None

SOURCE, OUT = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
JSON, DIFF_JSON = 1, 1


def read_table(name):
    head, *lines = [line.split("\t") for line in (SOURCE / "tests" / "conformance" / name).read_text(encoding="utf-8").splitlines() if line]
    return [dict(zip(head, fields, strict=True)) for fields in lines if not fields[0].startswith("#")]


def number(case):
    return ("zh", "en").index(case["language"])


def load(case, more=""):
    return assess.Scheme(case["rules"], period=case["period"], settings=f"{case['settings']} {more}".split(), folders=[SOURCE / "rules"])


def arguments(case):
    return {"inputs": case["inputs"].split(), "ignore": case["ignored"].split()}


def run(case, more="", **extra):
    return assess.run(load(case, more), **arguments(case), **extra)


def check(case):
    return assess.check(load(case), **arguments(case))


def said(error):
    return f"{error.status} {error.id}\n"


# ---- cases ----


def run_case(case):
    name, outcome, problems = case["name"], "0 \n", []
    try:
        result = run(case)
        problems = result.problems
        (OUT / f"{name}.results.csv").write_bytes(result.csv(case["language"]))
        if case["explain_id"]:
            (OUT / f"{name}.explain.json").write_bytes(_core.explain(result._handle, case["explain_id"], number(case), JSON, 0).encode())
    except assess.Error as error:
        outcome, problems = said(error), getattr(error, "problems", problems)
    (OUT / f"{name}.outcome.txt").write_text(outcome)
    (OUT / f"{name}.problems.txt").write_text("".join(f"{p.id}:{p.row or 0}\n" for p in problems))


# ---- calls: each gives its output ----


def problems(case, _):
    return _core.batch_problems(check(case)._handle, number(case), JSON)


def readiness(case, _):
    text, points = _core.batch_readiness(check(case)._handle, number(case), JSON, None)
    return f"{points}\n{text}"


def scheme(case, _):
    return _core.scheme_describe(load(case)._handle, number(case), JSON)


def cases(case, _):
    done = load(case).test(case["language"])
    return f"{done.passed} {done.failed}\n{done.report}"


def summary(case, _):
    return _core.result_summary(run(case)._handle, number(case), JSON, False)


def explain(case, id):
    return run(case).explain(id, case["language"]).text


def lines(rows):
    return "".join("\t".join("" if cell is None else str(cell) for cell in row) + "\n" for row in rows)


def rows(case, _):
    result = run(case)
    result.lang = case["language"]
    text = lines((*row[:-2], ";".join(row.flags), row.reasons) for row in result)
    if pyarrow:
        streamed = lines(tuple(row.values()) for row in pyarrow.table(result).to_pylist())
        assert streamed == text, "the Arrow stream of a result holds its rows"
    return text


def table_text(table):
    return lines([(table.id, table.title, table.note), *table.columns, *table])


def table(case, id):
    return table_text(run(case).table(id, case["language"]))


def scheme_table(case, id):
    return table_text(load(case).table(id, case["language"]))


def diff(case, settings):
    text, moved = _core.diff(run(case)._handle, run(case, settings)._handle, number(case), DIFF_JSON)
    return f"{moved}\n{text}"


def seal(case, _):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "sealed.db"
        anchor = run(case).seal(path, case["language"])
        same = "same" if assess.anchor(path) == anchor else "other"
        assert assess.verify(path, anchor, lang=case["language"])
        denied = assess.verify(path, f"1:{'0' * 64}", lang="en")
        return f"{same} {int(not denied)}\n".encode() + assess.replay(path).csv()


def cancel(case, _):
    run(case, progress=lambda done, total: True)
    return ""


CALLS = {f.__name__: f for f in (problems, readiness, scheme, cases, summary, explain, rows, table, scheme_table, diff, seal, cancel)}


def run_call(call, case):
    try:
        output = CALLS[call["call"]](case, call["argument"])
    except assess.Error as error:
        output = said(error)
    (OUT / f"{call['name']}.call").write_bytes(output if isinstance(output, bytes) else output.encode())


def main():
    by_name = {case["name"]: case for case in read_table("cases.tsv")}
    for case in by_name.values():
        run_case(case)
    for call in read_table("calls.tsv"):
        run_call(call, by_name[call["case"]])


if __name__ == "__main__":
    main()
