"""What the libraries promise, as files to be compared: exported symbols by version node, and their types (abidw)."""
import pathlib
import re
import subprocess

SOURCE = pathlib.Path(__file__).resolve().parents[2]
HEADERS = SOURCE / "libassess" / "include"
FOLDER = SOURCE / "tests" / "abi"
SUPPRESSIONS = FOLDER / "suppressions.txt"
# The library, its list of exports, its types. Types are those of the public headers; neither paths nor needed libraries are among them.
LIBRARIES = [("libassess.so", "exports.txt", "assess.abi.xml"),
             ("libassess-office.so", "exports-office.txt", "assess-office.abi.xml")]
ABIDW = ["abidw", "--exported-interfaces-only", "--no-elf-needed", "--no-corpus-path", "--no-comp-dir-path", "--no-show-locs",
         "--type-id-style", "hash", "--drop-private-types", "--headers-dir", str(HEADERS)]
ADDITIONS = FOLDER / "additions.txt"


def run(*command):
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{command}: {done.stdout}{done.stderr}")
    return done.stdout


def exports_of(library):
    """The list as it stands in exports*.txt: a node, then its symbols, a line each."""
    nodes = {}
    for line in run("nm", "-D", "--defined-only", "--with-symbol-versions", library).splitlines():
        found = re.fullmatch(r"\S+ [TDBRVW] (\w+)@@?(\S+)", line)
        if found:
            nodes.setdefault(found[2], []).append(found[1])
    return "".join(f"{node}:\n" + "".join(f"{name}\n" for name in sorted(names)) for node, names in sorted(nodes.items()))


def write_types(library, path):
    run(*ABIDW, "--out-file", path, library)


def compare_types(old, new, *options):
    """abidiff's exit code and its report; 0: the same but for what suppressions.txt lists."""
    done = subprocess.run(["abidiff", "--suppressions", str(SUPPRESSIONS), *map(str, options), str(old), str(new)],
                          capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def only_adds(old, new):
    """Functions, and fields at the end of structs that begin with their size. The exit code does not tell: 4 is also what abidiff says of a
    parameter of another type."""
    return compare_types(old, new, "--no-added-syms", "--suppressions", ADDITIONS)[0] == 0
