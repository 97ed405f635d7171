#!/usr/bin/env python3
"""judge.py FOLDER: compares what a runner wrote with cases.tsv and calls.tsv (README.md). Exit code 1 and a line for every difference."""
import hashlib
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
CASES, CALLS = HERE / "cases.tsv", HERE / "calls.tsv"


def table(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:] if line and not line.startswith("#")]


def cases():
    return table(CASES)


def calls():
    return table(CALLS)


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def found(folder, name):
    """The expectations of a case, as this runner would have them. KeyError and the like: it wrote nothing."""
    status, _, error = (folder / f"{name}.outcome.txt").read_text(encoding="utf-8").rstrip("\n").partition(" ")
    return {"status": status, "error": error, "problems": " ".join((folder / f"{name}.problems.txt").read_text(encoding="utf-8").split()),
            "results": digest(folder / f"{name}.results.csv"), "explain": digest(folder / f"{name}.explain.json")}


def case_differences(folder, columns, left_out):
    for case in cases():
        if case["name"] in left_out:
            continue
        try:
            seen = found(folder, case["name"])
        except FileNotFoundError as missing:
            yield f"{case['name']}: the runner wrote no {missing.filename}"
            continue
        yield from (f"{case['name']}: {c}: expected '{case[c]}' but found '{seen[c]}'" for c in columns if case[c] != seen[c])


def call_differences(folder, left_out):
    for call in calls():
        output = folder / f"{call['name']}.call"
        if call["call"] in left_out or call["name"] in left_out:
            continue
        if not output.exists():
            yield f"{call['name']}: the runner wrote no {output}"
        elif digest(output) != call["output"]:
            yield f"{call['name']}: expected '{call['output']}' but found '{digest(output)}'"


def differences(folder, columns=("status", "error", "problems", "results", "explain"), left_out=()):
    """`left_out`: names of cases and calls, and kinds of calls, that this way into the library cannot say."""
    return [*case_differences(folder, columns, left_out), *call_differences(folder, left_out)]


if __name__ == "__main__":
    wrong = differences(pathlib.Path(sys.argv[1]))
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
