"""The Python package as its users get it: a wheel from the tree, a clean environment, the data frames of the registry.

Ends with 77 (skipped) and the reason when the registry cannot be reached, or this Python can neither build nor install."""
import os
import pathlib
import re
import subprocess
import sys
import sysconfig
import tempfile
import zipfile

import package_test
from support import SOURCE

sys.path.insert(0, str(SOURCE / "tests" / "conformance"))
import judge  # noqa: E402

BINDING = SOURCE / "bindings" / "python"
FRAMES = ["-r", str(SOURCE / "tests" / "product" / "arrow_requirements.txt"), "duckdb"]
TOOLS = ["scikit-build-core>=0.10", "ruff", "mypy", "abi3audit"]
SKIPPED = 77


def run(*command, **options):
    """Output and errors together; shows them and ends the test when the command fails."""
    done = subprocess.run(list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, **options)
    if done.returncode != 0:
        print(done.stdout[-20000:])
        sys.exit(f"exit {done.returncode}: {' '.join(map(str, command))}")
    return done.stdout


def skip(reason):
    print(f"skipped: {reason}")
    sys.exit(SKIPPED)


def environment(folder):
    """A clean one; None when this Python cannot make any."""
    done = subprocess.run([sys.executable, "-m", "venv", folder], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        skip(f"{sys.executable} cannot make an environment (Debian: python3-venv): {done.stdout.strip()[-300:]}")
    return folder / "bin" / "python"


def install(python, *packages):
    done = subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", *packages],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        skip(f"the registry does not give {' '.join(packages)}: {done.stderr.strip()[-300:]}")


def build(python, folder, sources=BINDING):
    """The one wheel; built by the tools of that environment, so that nothing else is fetched."""
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    run(python, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", f"--config-settings=build-dir={folder / 'build'}",
        "-w", folder, sources, env=dict(os.environ, PATH=path, SOURCE_DATE_EPOCH=package_test.EPOCH))
    wheels = list(folder.glob("*.whl"))
    assert len(wheels) == 1, wheels
    assert re.fullmatch(r"libassess-[\d.]+-cp311-abi3-linux_\w+\.whl", wheels[0].name), wheels[0].name
    return wheels[0]


def check_source(tools):
    run(tools.parent / "ruff", "check", "--no-cache", BINDING, SOURCE / "examples" / "python", cwd=BINDING)
    run(tools.parent / "mypy", "--cache-dir", os.devnull, cwd=BINDING)


def check_example(python, folder):
    out = run(python, SOURCE / "examples" / "python" / "year_end.py", cwd=folder)
    # The best score of the example, as the oracle has it; the seal; the problem that the script makes.
    for words in ("林桂英 94.85 excellent 1", "verified", "the same", "people row 2 column F", "0 errors"):
        assert words in out, (words, out)


def build_elsewhere(tools, folder):
    """From a copy of the sources in a folder of another name, made at another time."""
    sources = folder / "another-folder-with-a-longer-name"
    package_test.copy_sources(sources)
    for path in sources.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    return build(tools, folder / "elsewhere", sources / "bindings" / "python")


def check_reproducible(wheel, other):
    assert wheel.read_bytes() == other.read_bytes(), "sources elsewhere give another wheel: diffoscope tells where they differ"
    with zipfile.ZipFile(wheel) as files:
        for name in files.namelist():
            assert str(SOURCE).encode() not in files.read(name), f"{name} knows where it was built"


def check_readmes(python, folder):
    """From nothing to a result, as both have it, but for building: this environment has the wheel."""
    home = folder / "home"
    home.mkdir()
    (home / "assess").symlink_to(python.parents[1])
    for name in ("README.md", "README.zh.md"):
        steps = re.search(r"```sh\n(examples/setup.*?)```", (BINDING / name).read_text(encoding="utf-8"), re.S)[1].split("\n")
        assert len(steps) <= 11, "ten lines"
        out = run("bash", "-euc", "\n".join(steps[2:]), cwd=SOURCE, env={"PATH": os.environ["PATH"], "HOME": str(home)})
        assert out == "林桂英 94.85\n", (name, out)  # the best score of the example, as the oracle has it


def check_conformance(python, folder):
    """Where nothing else is installed, and with pyarrow as a second judge."""
    out = folder / "conformance"
    out.mkdir()
    run(python, SOURCE / "tests/conformance/run.py", SOURCE, out, cwd=SOURCE)
    wrong = judge.differences(out)
    assert not wrong, "\n".join(wrong)


def main():
    if sys.version_info < (3, 11):
        skip("the package needs Python 3.11")
    if not (pathlib.Path(sysconfig.get_paths()["include"]) / "Python.h").exists():
        skip("Python.h is missing (Debian: python3-dev)")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        tools, python, bare = (environment(folder / name) for name in ("tools", "clean", "bare"))
        install(tools, *TOOLS)
        install(python, *FRAMES)
        wheel = build(tools, folder)
        run(tools.parent / "abi3audit", "--strict", wheel)
        check_reproducible(wheel, build_elsewhere(tools, folder))
        for one in (python, bare):
            run(one, "-m", "pip", "install", "--no-index", "--quiet", wheel)
            check_conformance(one, one.parent)
        check_readmes(bare, folder)
        check_source(tools)
        check_example(python, folder)
        print(run(python, "-m", "unittest", "discover", "-s", BINDING / "tests", cwd=folder,
                  env=dict(os.environ, ASSESS_SOURCE=str(SOURCE), PYTHONDONTWRITEBYTECODE="1")))


if __name__ == "__main__":
    main()
