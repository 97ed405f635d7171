#!/usr/bin/env python3
"""Run commands in turns and report the median wall time, CPU time and peak memory of each whole process.

Usage: measure.py [--runs N] [--noise SHARE] NAME=COMMAND ...

A run during which other processes took more than SHARE of the machine's time is measured again, so that figures from
a busy machine are not taken for the program's own.  One run of each command comes first, unmeasured, to fill the page
cache.  Linux only; needs nothing but Python 3.
"""
import argparse
import os
import shlex
import statistics
import subprocess
import sys
import time

TICK = os.sysconf("SC_CLK_TCK")
TRIES = 20              # for each run, before noise is accepted
IDLE_WAIT = 20          # seconds to wait at most for the machine to calm down


def busy_seconds():
    """CPU seconds that the whole machine has spent on anything but being idle."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _idle, _wait, irq, softirq, steal = map(int, file.readline().split()[1:9])
    return (user + nice + system + irq + softirq + steal) / TICK


def settle(noise):
    """Wait until other processes leave the machine alone for half a second."""
    limit = time.monotonic() + IDLE_WAIT
    while time.monotonic() < limit:
        before = busy_seconds()
        time.sleep(0.5)
        if busy_seconds() - before <= max(noise * 0.5 * os.cpu_count(), 2 / TICK):
            return


def run(command):
    """Run a command once: wall seconds, CPU seconds, peak MiB, others' share of the machine, what it printed."""
    before, start = busy_seconds(), time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    printed = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{shlex.join(command)} ended with {child.returncode}")
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy_seconds() - before - cpu) / (wall * os.cpu_count())
    return wall, cpu, usage.ru_maxrss / 1024, others, printed.strip()


def main():
    """Measure every command and print a line for each run and one for each command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--noise", type=float, default=0.05)
    parser.add_argument("commands", nargs="+", metavar="NAME=COMMAND")
    args = parser.parse_args()
    commands = {name: shlex.split(text) for name, text in (item.split("=", 1) for item in args.commands)}
    kept = {name: [] for name in commands}
    for command in commands.values():
        run(command)
    for _ in range(args.runs):
        for name, command in commands.items():
            for attempt in range(TRIES):
                settle(args.noise)
                result = run(command)
                if result[3] <= args.noise:
                    break
            kept[name].append(result)
            wall, cpu, peak, others, printed = result
            print(f"{name}: wall {wall:.3f} s, cpu {cpu:.3f} s, peak {peak:.0f} MiB, others {others:.0%}; {printed}",
                  flush=True)
    for name, results in kept.items():
        wall, cpu, peak = (statistics.median(values) for values in list(zip(*results))[:3])
        print(f"{name}: median wall {wall:.3f} s, cpu {cpu:.3f} s, peak {peak:.0f} MiB; "
              f"best wall {min(results)[0]:.3f} s")


if __name__ == "__main__":
    main()
