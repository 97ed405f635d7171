#!/usr/bin/env python3
"""judge.py FOLDER: compares what a runner wrote with cases.tsv (README.md). Exit code 1 and a line for every difference."""
import hashlib
import pathlib
import sys

CASES = pathlib.Path(__file__).resolve().parent / "cases.tsv"


def cases():
    lines = CASES.read_text(encoding="utf-8").splitlines()
    names = lines[0].split("\t")
    return [dict(zip(names, line.split("\t"))) for line in lines[1:] if line and not line.startswith("#")]


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def found(folder, name):
    """The expectations of a case, as this runner would have them. KeyError and the like: it wrote nothing."""
    status, _, error = (folder / f"{name}.outcome.txt").read_text(encoding="utf-8").rstrip("\n").partition(" ")
    return {"status": status, "error": error, "problems": " ".join((folder / f"{name}.problems.txt").read_text(encoding="utf-8").split()),
            "results": digest(folder / f"{name}.results.csv"), "explain": digest(folder / f"{name}.explain.json")}


def differences(folder, columns=("status", "error", "problems", "results", "explain")):
    out = []
    for case in cases():
        try:
            seen = found(folder, case["name"])
        except FileNotFoundError as missing:
            out.append(f"{case['name']}: the runner wrote no {missing.filename}")
            continue
        out += [f"{case['name']}: {c}: expected '{case[c]}' but found '{seen[c]}'" for c in columns if case[c] != seen[c]]
    return out


if __name__ == "__main__":
    wrong = differences(pathlib.Path(sys.argv[1]))
    print("\n".join(wrong))
    sys.exit(1 if wrong else 0)
