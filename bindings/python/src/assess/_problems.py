"""What is wrong with the tables, or worth knowing about them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from . import _core
from ._owner import Owner
from ._table import Table
from ._words import Language, Path, from_json, language_number, path_bytes

__all__ = ["Check", "Problem", "Readiness"]


def _column_letters(column: int) -> str:
    """1 is A, 26 Z, 27 AA: as a spreadsheet names its columns."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem of the tables, with its place and a sentence that says what was expected, what was found, what to do.

    ``row`` counts as a spreadsheet does (the header is row 1, also of a table that came from memory); ``row`` and
    ``column`` are ``None`` where the whole table or row is meant. ``file`` is the file, or the name of the table in memory.

    >>> import assess
    >>> found = assess.check("bureau", period=2026, inputs="tests/conformance/tables/value-beyond")
    >>> problem = next(problem for problem in found if problem.is_error)
    >>> problem.severity, problem.id, problem.row, problem.column, problem.header, problem.value
    ('error', 'input.mark_range', 14, 4, '德', '11')
    >>> print(problem.place())
    tests/conformance/tables/value-beyond/评分.csv row 14 column D (德)
    >>> problem.sheet, problem.file.endswith(".csv"), problem.en != problem.zh
    (None, True, True)
    """

    severity: Literal["error", "notice"]
    id: str
    file: str
    sheet: str | None
    row: int | None
    column: int | None
    header: str | None
    value: str | None
    zh: str
    en: str

    @property
    def is_error(self) -> bool:
        """Errors keep a scheme from being carried out, notices do not."""
        return self.severity == "error"

    def place(self) -> str:
        """"ratings row 2 column D (delivery)"."""
        parts = [f"{self.file} [{self.sheet}]" if self.sheet else self.file]
        if self.row:
            parts.append(f"row {self.row}")
        if self.column:
            parts.append(f"column {_column_letters(self.column)}" + (f" ({self.header})" if self.header else ""))
        return " ".join(part for part in parts if part)

    def __str__(self) -> str:
        return f"{self.place()}: {self.en} {self.zh}"


def problems_of(batch: _core.Handle) -> list[Problem]:
    """All that the batch kept (the first 20 000), in order of file and row."""
    return [_problem(_core.batch_problem(batch, index)) for index in range(_core.batch_counts(batch)[0])]


def _problem(fields: _core.ProblemFields) -> Problem:
    severity, id, file, sheet, row, column, header, value, zh, en = fields
    place = (sheet or None, row or None, column or None, header or None)
    return Problem("notice" if severity else "error", id, file, *place, value or None, zh, en)


@dataclass(frozen=True, slots=True)
class Readiness:
    """What still lacks before scoring: ``open`` points of the checklist in ``text``; ``json`` for programs.

    >>> import assess
    >>> lacking = assess.check("bureau", period=2026, inputs="examples/year-end").readiness("en")
    >>> lacking.open, lacking.json["open"], lacking.text == str(lacking)
    (1, 1, True)
    """

    open: int
    text: str
    json: dict[str, object]

    def __str__(self) -> str:
        return self.text


class Check(list[Problem], Owner):
    """The problems of some tables, errors and notices; empty when there are none.

    ``error_count`` and ``notice_count`` count all of them, also where more were found than are kept; ``people_count`` and
    ``ballot_count`` say how much was read. It keeps the tables for ``table`` and ``readiness`` until it is closed.

    >>> import assess, tempfile
    >>> with assess.check("bureau", period=2026, inputs="tests/conformance/tables/id-twice") as found:
    ...     print(found.ok, found.error_count, found.notice_count, found.people_count, found.ballot_count)
    ...     print([problem.id for problem in found.errors], found.notices)
    ...     print(len(found.text("en").splitlines()), found.json()["schema"], len(found.table("people")))
    ...     with tempfile.TemporaryDirectory() as folder:
    ...         found.mark(found.errors[0].file, f"{folder}/problems.csv")
    False 1 0 2 12
    ['input.person_twice'] []
    1 assess.check/1 2
    """

    def __init__(self, problems: Iterable[Problem], batch: _core.Handle) -> None:
        super().__init__(problems)
        self._handle = batch
        _, self.error_count, self.notice_count, self.people_count, self.ballot_count = _core.batch_counts(batch)

    @property
    def ok(self) -> bool:
        """Whether ``run`` would carry the scheme out."""
        return self.error_count == 0

    @property
    def errors(self) -> list[Problem]:
        """Those that keep the scheme from being carried out."""
        return [problem for problem in self if problem.is_error]

    @property
    def notices(self) -> list[Problem]:
        """Those that are only worth knowing."""
        return [problem for problem in self if not problem.is_error]

    def text(self, lang: Language = "zh") -> str:
        """A line each for people, errors first."""
        return _core.batch_problems(self._handle, language_number(lang), 0)

    def json(self) -> dict[str, object]:
        """All of them as the command line gives them ("assess.check/1")."""
        return from_json(_core.batch_problems(self._handle, language_number("en"), 1))

    def table(self, name: Literal["people", "raters", "asked"], lang: Language = "zh") -> Table:
        """What was read: people, raters (who is asked to rate whom, as the table has it), asked (the same written out, a row each).

        Rows that were wrong are left out. No ballot is in any of them.
        """
        return Table(_core.batch_table(self._handle, name, language_number(lang)))

    def mark(self, file: Path, path: Path, lang: Language = "zh", *, overwrite: bool = False) -> None:
        """Writes a copy of a workbook that was read, in which every wrong cell is coloured and has a comment, to be corrected there.

        ``file`` is the input as ``Problem.file`` has it. Of a table that is no workbook the copy is a list of its problems, as CSV.
        """
        workbook = os.path.splitext(os.fsdecode(file))[1].lower() in (".xlsx", ".xlsm")
        write = _core.office_mark if workbook else _core.office_problem_list
        write(self._handle, path_bytes(file), path_bytes(path), language_number(lang), overwrite)

    def readiness(self, lang: Language = "zh") -> Readiness:
        """What still lacks before scoring, as a checklist. Raters are named who have not returned their ballots: the text is for
        the one who imports, not for a report."""
        number = language_number(lang)
        text, points = _core.batch_readiness(self._handle, number, 0, None)
        return Readiness(points, text, from_json(_core.batch_readiness(self._handle, number, 1, None)[0]))
