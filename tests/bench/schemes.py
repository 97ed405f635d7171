#!/usr/bin/env python3
"""Measure `assess run` on generated batches of every scheme of a folder, and how long each rule file takes to load.

Usage: schemes.py --assess PROGRAM [--rules FOLDER] [--subjects N] [--runs N] [--threads 1,0] [--work FOLDER] [NAME ...]

Prints a table in Markdown, one row a scheme and number of threads (0: the program's own choice), with the ratios of CPU and of wall time per
input row to those of `bureau`.  Each figure is the best of its runs.  Input rows are the rows of all tables.  Linux only; needs nothing but Python 3.
"""
import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import time

GENERATOR = pathlib.Path(__file__).resolve().with_name("make_scheme_data.py")
MONTHLY = ("attendance", "hygiene", "standard-office")      # their documents assess a month
LOADS = 20


def schemes_of(folder):
    """The names of all rule files that stand for themselves."""
    names = [path.stem for path in sorted(folder.glob("*.lua")) if not path.stem.endswith((".cases", ".d"))]
    return [name for name in names if "subjects" in (folder / f"{name}.lua").read_text(encoding="utf-8")]


def period_of(name):
    return "2026-03" if name in MONTHLY else "2026"


def run(command):
    """Wall seconds, CPU seconds and peak MiB of a command that must succeed."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    complaint = child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)} ended with {child.returncode}: {complaint}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def best(command, runs):
    return [min(values) for values in zip(*(run(command) for _ in range(runs)))]


def load_milliseconds(program, name):
    """CPU milliseconds of reading and checking the rule file, beyond those of a process that does nothing."""
    cost = {}
    for key, command in (("check", [program, "rules", "check", name]), ("nothing", [program, "--version"])):
        cost[key] = statistics.median(run(command)[1] for _ in range(LOADS))
    return max(0.0, cost["check"] - cost["nothing"]) * 1000


def rows_of(folder):
    """Rows of all tables, headers left out."""
    rows = 0
    for table in folder.glob("*.csv"):
        with open(table, "rb") as file:
            rows += sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b"")) - 1
    return rows


def make(args, name, folder):
    """A process of its own: a child's peak memory counts from that of the process that started it."""
    unfinished = folder.with_suffix(".unfinished")
    subprocess.run([sys.executable, GENERATOR, name, "--assess", args.assess, "--subjects", str(args.subjects), "--period", period_of(name),
                    "--ballots", str(args.ballots), "--seed", str(args.seed), "--out", unfinished], check=True)
    unfinished.rename(folder)


def measure(args, name):
    """Make the batch of one scheme, measure it with every number of threads, and take it away again."""
    source, out = args.work / f"{name}-{args.subjects}", args.work / "out"
    if not source.exists():
        make(args, name, source)
    rows, size = rows_of(source), sum(table.stat().st_size for table in source.glob("*.csv"))
    results = []
    for threads in args.threads:
        more = ["--threads", str(threads)] if threads else []
        command = [args.assess, "run", "--rules", name, "--period", period_of(name), "--format", "csv", "--force", "--out", str(out), *more]
        wall, cpu, peak = best([*command, str(source)], args.runs)
        results.append({"scheme": name, "threads": threads, "rows": rows, "mb": size / 1e6, "wall": wall, "cpu": cpu, "peak": peak})
    if not args.keep:
        shutil.rmtree(source)
    return results


def table(all_results, loads):
    """The results as rows of Markdown, compared with bureau's of the same number of threads."""
    base = {r["threads"]: r for r in all_results if r["scheme"] == "bureau"}
    lines = ["| scheme | threads | input rows | MB | CPU s | wall s | peak MiB | µs a row | × bureau, CPU | × bureau, wall | ns a byte | load ms |",
             "|---|---|---|---|---|---|---|---|---|---|---|---|"]
    for r in all_results:
        ratios = [f"{r[time] / r['rows'] / (base[r['threads']][time] / base[r['threads']]['rows']):.2f}" if r["threads"] in base else ""
                  for time in ("cpu", "wall")]
        lines.append(f"| `{r['scheme']}` | {r['threads'] or 'default'} | {r['rows']} | {r['mb']:.0f} | {r['cpu']:.2f} | {r['wall']:.2f} | {r['peak']:.0f} "
                     f"| {r['wall'] / r['rows'] * 1e6:.2f} | {' | '.join(ratios)} | {r['wall'] / r['mb'] * 1000:.1f} | {loads[r['scheme']]:.1f} |")
    return "\n".join(lines) + "\n"


def main():
    """Measure every scheme, or those named; bureau first, since the others are compared with it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*")
    parser.add_argument("--assess", default=os.environ.get("ASSESS", "assess"))
    parser.add_argument("--rules", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parents[2] / "rules")
    parser.add_argument("--subjects", type=int, default=1000000)
    parser.add_argument("--ballots", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--threads", type=lambda text: [int(n) for n in text.split(",")], default=[1, 0], help="0: the program's choice")
    parser.add_argument("--work", type=pathlib.Path, default=pathlib.Path("bench-schemes"), help="for the batches and results")
    parser.add_argument("--keep", action="store_true", help="leave the batches there for the next time")
    parser.add_argument("--write", type=pathlib.Path, help="the table goes into this file too")
    args = parser.parse_args()
    os.environ["ASSESS_RULES"] = str(args.rules)
    names = args.names or schemes_of(args.rules)
    all_results, loads = [], {}
    for name in sorted(names, key=lambda name: (name != "bureau", name)):
        loads[name] = load_milliseconds(args.assess, name)
        all_results += measure(args, name)
        print(table(all_results[-len(args.threads):], loads).splitlines()[-len(args.threads):], file=sys.stderr, flush=True)
    lines = table(all_results, loads)
    print(lines, end="")
    if args.write:
        args.write.write_text(lines, encoding="utf-8")


if __name__ == "__main__":
    main()
