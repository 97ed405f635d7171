"""A tutorial is walked as its reader would: its pieces of Lua are put together in their order, its commands are run on what
is there by then, and what it prints must be what they print.

    <!-- hall.lua -->         before a block of Lua: it goes behind what the file holds so far
    <!-- try.lua -->          the same, but the next commands find hall.lua with it in try.lua, and hall.lua without it
    ```console head=12        a command behind `$ ` and its output, of which the first 12 lines are shown and then `…`
"""
import os
import pathlib
import re
import shlex
import shutil
import subprocess
import tempfile

from support import PROGRAM, RULES, SOURCE

EXAMPLE = SOURCE / "examples" / "tutorial"
BLOCK = re.compile(r"(?:<!-- (?P<file>\S+) -->\n)?```(?P<kind>lua|console)(?: head=(?P<head>\d+))?\n(?P<text>.*?)```", re.S)


def run(command, folder, language):
    words = shlex.split(command)
    if words[0] != "assess":
        raise AssertionError(f"the tutorial runs assess alone, not {command}")
    env = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "ASSESS_RULES": str(RULES), "ASSESS_LANG": language}
    done = subprocess.run([PROGRAM, *words[1:]], cwd=folder, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    return done.stdout.decode()


def shown(output, head):
    lines = output.rstrip("\n").split("\n")
    return lines if not head or len(lines) <= int(head) else [*lines[: int(head)], "…"]


class Walk:
    """One reader's folder."""

    def __init__(self, folder, language):
        self.folder, self.language = pathlib.Path(folder), language
        self.files = {"hall.lua": "", "hall.cases.lua": ""}
        shutil.copytree(EXAMPLE / "tables", self.folder / "tables")

    def add(self, name, text):
        if name == "try.lua":
            (self.folder / name).write_text(self.files["hall.lua"] + "\n" + text, encoding="utf-8")
            return
        self.files[name] += ("\n" if self.files[name] else "") + text
        (self.folder / name).write_text(self.files[name], encoding="utf-8")

    def output(self, match):
        command = match["text"].split("\n")[0].removeprefix("$ ")
        return "\n".join([f"$ {command}", *shown(run(command, self.folder, self.language), match["head"]), ""])


def walk(document, language):
    """The document with what its commands print today, and the files that its pieces make."""
    text = document.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        reader = Walk(folder, language)

        def step(match):
            if match["kind"] == "lua":
                reader.add(match["file"], match["text"])
                return match[0]
            return match[0].replace(match["text"], reader.output(match))

        return BLOCK.sub(step, text), reader.files
