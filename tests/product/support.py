"""What the tests of the whole product share. ASSESS names the program under test, ASSESS_SOURCE the source tree."""
import os
import pathlib
import subprocess
import tempfile

SOURCE = pathlib.Path(os.environ.get("ASSESS_SOURCE", pathlib.Path(__file__).resolve().parents[2]))
PROGRAM = os.environ.get("ASSESS", str(SOURCE / "build" / "release" / "bindings" / "cli" / "assess"))
RULES = SOURCE / "rules"


def assess(*arguments, **environment):
    """Runs the program in the source tree with a fixed environment; returns the finished process, output as bytes."""
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ASSESS_RULES": str(RULES), "ASAN_OPTIONS": "detect_leaks=1"}
    env.update(environment)
    return subprocess.run([PROGRAM, *map(str, arguments)], cwd=SOURCE, env=env, capture_output=True, check=False)


def run_batch(inputs, scheme="bureau", period="2026", arguments=(), **environment):
    """results.csv of a run, as bytes; fails loudly when the run does."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder) / "out"
        done = assess("run", "--rules", scheme, "--period", period, "--format", "csv", "--out", out, *arguments, inputs,
                      **environment)
        if done.returncode != 0:
            raise AssertionError(f"exit {done.returncode}: {done.stderr.decode()}")
        return (out / "results.csv").read_bytes()
