"""The arrows of the architecture: every folder includes only what it may see, every foreign library has one home."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SRC = ROOT / "libassess" / "src"

# folder: what it may include besides itself. "engine/result.h" is a single header, the types of a result.
SEES = {
    "base": set(),
    "batch": {"base"},
    "plan": {"base"},
    "rules": {"base", "plan"},
    "engine": {"base", "plan", "batch"},
    "explain": {"base", "plan", "batch", "engine"},
    "exchange": {"base", "batch", "engine/result.h"},
    "store": {"base", "plan", "batch", "engine/result.h"},
    "report": {"base", "plan", "batch", "engine/result.h"},
    "office": {"base"},
    "api": {"base", "batch", "plan", "rules", "engine", "explain", "exchange", "store", "report"},
}
# foreign header: the folders it may appear in
HOMES = {r"lua\.h|lauxlib\.h|lualib\.h": {"rules"}, r"sqlite3\.h": {"store"}, r"utf8proc\.h|iconv\.h": {"base"},
         r"openssl/": {"base"}, r"pthread\.h": {"base"}, r"gsl/": {"stats"},
         r"expat\.h|minizip/|xlsxwriter": {"office"}, r"unicode/": {"office"}}


def may_include(folder, target):
    if target.startswith("assess/"):
        return folder in ("api", "office") or target in ("assess/error.h", "assess/workbook.h", "assess/arrow_abi.h")
    home = target.split("/")[0]
    return home == folder or home in SEES[folder] or target in SEES[folder]


def violations():
    for path in sorted(SRC.rglob("*.[ch]")):
        folder = path.relative_to(SRC).parts[0]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            own = re.match(r'\s*#\s*include\s+"([^"]+)"', line)
            if own and not may_include(folder, own[1]):
                yield f"{path.relative_to(ROOT)}:{number}: {folder} must not include {own[1]}"
            foreign = re.match(r"\s*#\s*include\s+<([^>]+)>", line)
            for pattern, homes in HOMES.items():
                if foreign and re.match(pattern, foreign[1]) and folder not in homes:
                    yield f"{path.relative_to(ROOT)}:{number}: {foreign[1]} belongs to {', '.join(homes)}"
    for path in sorted((ROOT / "bindings").rglob("*.[ch]")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if re.match(r'\s*#\s*include\s+"(base|batch|plan|rules|engine|explain|exchange|store|report|api)/', line):
                yield f"{path.relative_to(ROOT)}:{number}: a binding sees the public headers only"


if __name__ == "__main__":
    found = list(violations())
    print("\n".join(found) or "every include goes down the architecture")
    sys.exit(bool(found))
