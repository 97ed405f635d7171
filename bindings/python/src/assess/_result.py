"""What came out for everybody."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal, NamedTuple

from . import _core
from ._owner import Owner
from ._problems import Problem
from ._table import Table
from ._words import JSON, LANGUAGES, TEXT, Language, Path, from_json, language_number, path_bytes

__all__ = ["Difference", "Explanation", "Result", "Row", "Verification", "anchor", "diff", "replay", "verify"]


class Row(NamedTuple):
    """A row of results.csv. What is absent is None; ``score`` is exact.

    >>> import assess
    >>> row = assess.run("bureau", period=2026, inputs="examples/year-end")["1403"]
    >>> row.name, row.unit, row.status, row.score, row.grade, row.rank, row.flags, row.reasons != ""
    ('傅子轩', '法规股', 'assessed', Decimal('92.54'), 'competent', 7, ('veto',), True)
    """

    id: str
    name: str
    unit: str
    status: Literal["assessed", "excluded", "incomplete"]
    score: Decimal | None
    grade: str | None
    rank: int | None
    flags: tuple[str, ...]
    reasons: str


def _row(fields: _core.RowFields) -> Row:
    id, name, unit, status, score, grade, rank, flags, reasons = fields
    return Row(
        id,
        name,
        unit,
        status,  # type: ignore[arg-type]
        Decimal(score) if score else None,
        grade or None,
        rank or None,
        tuple(flags.split(";")) if flags else (),
        reasons,
    )


class Explanation:
    """How one result came about, clause by clause. Shows itself as text, and in notebooks as HTML.

    >>> import assess
    >>> why = assess.run("bureau", period=2026, inputs="examples/year-end").explain("1403", "en")
    >>> why.text.splitlines()[1], why.json["score"], why.lang
    ('Result: 92.54 points, Competent', '92.54', 'en')
    """

    def __init__(self, result: _core.Handle, id: str, number: int, smallest_group: int) -> None:
        self._of = (result, id, number, smallest_group)
        self.text = _core.explain(result, id, number, TEXT, smallest_group)
        self.lang = LANGUAGES[number]

    @property
    def json(self) -> dict[str, Any]:
        """For programs ("assess.explain/1"); decimals are strings. Needs the result still open."""
        result, id, number, smallest_group = self._of
        return from_json(_core.explain(result, id, number, JSON, smallest_group))

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """For notebooks; every text is escaped."""
        return f'<pre lang="{self.lang}" style="white-space: pre-wrap">{html.escape(self.text)}</pre>'


class Result(Owner):
    """What came out, one row for every row of people and in their order.

    ``len(result)``, ``for row in result``, ``result["1602"]`` and ``"1602" in result`` speak of rows. A data frame takes
    all of them at once: ``polars.DataFrame(result)``, ``pyarrow.table(result)``, ``pandas.DataFrame.from_arrow(result)``, ``duckdb``.

    ``lang`` is the language of reasons and texts where a call does not name one: "zh", or that of the seal after ``replay``.
    ``problems`` are the notices about the tables. It may be used from several threads, which wait for each other.

    >>> import assess, os, tempfile
    >>> result = assess.run("bureau", period=2026, inputs="examples/year-end")
    >>> len(result), result.problems, result.lang
    (180, (), 'zh')
    >>> result["1602"].score == max(row.score for row in result.rows if row.score), "9999" in result, result.row(0).id
    (True, False, '1101')
    >>> result.explain("1403", "en", smallest_group=5).text.splitlines()[1]
    'Result: 92.54 points, Competent'
    >>> result.summary("en").splitlines()[0], result.json()["schema"], result.csv("en")[:3]
    ('Efficiency assessment of bureau staff · 2026', 'assess.result/1', b'\\xef\\xbb\\xbf')
    >>> result.tables[:2], result.table("summary", "en").id, result.report("en")[:15]
    (('results', 'summary'), 'summary', '<!DOCTYPE html>')
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     result.to_csv(f"{folder}/results.csv", "en", overwrite=True)
    ...     result.to_workbook(f"{folder}/results.xlsx")
    ...     result.to_report(f"{folder}/report.html", rows=20, bars=10)
    ...     anchor = result.seal(f"{folder}/2026.db")
    ...     sorted(os.listdir(folder))
    ['2026.db', 'report.html', 'results.csv', 'results.xlsx']
    >>> result.close()  # or: with assess.run(…) as result
    """

    def __init__(self, handle: _core.Handle, *, problems: Sequence[Problem] = (), lang: Language = "zh") -> None:
        self._handle = handle
        self._places: dict[str, int] | None = None
        self._count = _core.result_count(handle)
        self.problems = tuple(problems)
        self.lang: Language = lang

    def _number(self, lang: Language | None) -> int:
        return language_number(self.lang if lang is None else lang)

    def __len__(self) -> int:
        return self._count

    def row(self, index: int, lang: Language | None = None) -> Row:
        """The row of this number, from 0, in the order of people."""
        return _row(_core.result_row(self._handle, index, self._number(lang)))

    def __iter__(self) -> Iterator[Row]:
        return (self.row(index) for index in range(self._count))

    @property
    def rows(self) -> list[Row]:
        """All rows. For many people take the Arrow stream instead."""
        return list(self)

    def _find(self) -> dict[str, int]:
        if self._places is None:
            self._places = {_core.result_row(self._handle, index, 0)[0]: index for index in range(self._count)}
        return self._places

    def __getitem__(self, id: str) -> Row:
        """The row of a person or unit by its id; KeyError when there is none. The first call looks at all rows."""
        return self.row(self._find()[id])

    def __contains__(self, id: object) -> bool:
        return id in self._find()

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The rows as an Arrow stream, in batches of at most 65 536. A requested schema is not followed."""
        return _core.result_arrow(self._handle, self._number(None))

    def __arrow_c_schema__(self) -> Any:
        """The columns of ``__arrow_c_stream__``: scores are decimals, status and grade dictionaries."""
        return _core.stream_schema(_core.result_arrow(self._handle, self._number(None)))

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables, in the order of a report: results, summary, grades, distribution, units, ranking …"""
        return _core.result_tables(self._handle)

    def table(self, name: str, lang: Language | None = None) -> Table:
        """One of them."""
        return Table(_core.result_table(self._handle, name, self._number(lang)))

    def explain(self, id: str, lang: Language | None = None, *, smallest_group: int = 0) -> Explanation:
        """How the result of this person came about, and what would have given a better grade.

        Ballots appear as counts and means only, and a mean only of at least ``smallest_group`` ballots (0: 5; never below 3).
        """
        return Explanation(self._handle, id, self._number(lang), smallest_group)

    def summary(self, lang: Language | None = None, *, color: bool = False) -> str:
        """Counts by status and grade, per unit, gaps, vetoes, exclusions, what to look at next."""
        return _core.result_summary(self._handle, self._number(lang), TEXT, color)

    def json(self, lang: Language | None = None) -> dict[str, Any]:
        """Everything for programs ("assess.result/1"); decimals are strings."""
        return from_json(_core.result_summary(self._handle, self._number(lang), JSON, False))

    def csv(self, lang: Language | None = None) -> bytes:
        """The bytes of results.csv: UTF-8 with BOM, lines that end in CRLF."""
        return _core.result_csv(self._handle, self._number(lang))

    def to_csv(self, path: Path, lang: Language | None = None, *, overwrite: bool = False) -> None:
        """Writes results.csv: it appears whole or not at all. An existing file is a CallError unless ``overwrite``."""
        _core.result_write_csv(self._handle, path_bytes(path), self._number(lang), overwrite)

    def to_workbook(
        self, path: Path, lang: Language | None = None, *, overwrite: bool = False, progress: _core.Progress | None = None
    ) -> None:
        """Writes results.xlsx: the tables of the result, a sheet each, to be printed on A4. It appears whole or not at all."""
        _core.office_write_results(self._handle, path_bytes(path), self._number(lang), overwrite, progress)

    def report(self, lang: Language | None = None, *, rows: int = 0, bars: int = 0) -> str:
        """A page for people: one HTML file without script and without any reference that leads out of it.

        Tables show at most ``rows`` rows (0: 500), pictures at most ``bars`` bars (0: 30).
        """
        return _core.office_report(self._handle, self._number(lang), rows, bars)

    def to_report(self, path: Path, lang: Language | None = None, *, overwrite: bool = False, rows: int = 0, bars: int = 0) -> None:
        """Writes ``report`` to a file, readable by its owner alone. It appears whole or not at all."""
        _core.office_write_report(self._handle, path_bytes(path), self._number(lang), overwrite, rows, bars)

    def seal(
        self,
        path: Path,
        lang: Language | None = None,
        *,
        overwrite: bool = False,
        threads: int = 0,
        progress: _core.Progress | None = None,
    ) -> str:
        """Seals inputs, rules and results in one SQLite file and returns its anchor, "COUNT:HASH", to be kept elsewhere.

        The result must come from ``run(…, sealable=True)``, which is the default.
        """
        return _core.store_seal(self._handle, path_bytes(path), self._number(lang), overwrite, threads, progress)

    def __repr__(self) -> str:
        return f"<assess.Result: {self._count} rows>"


class Verification:
    """Whether a sealed file is as it was sealed (``ok``, and its truth value), and what was checked (``report``).

    >>> import assess, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, assess.run("bureau", period=2026, inputs="examples/year-end") as result:
    ...     anchor = result.seal(f"{folder}/2026.db")
    ...     found = assess.verify(f"{folder}/2026.db", anchor, lang="en")
    >>> found.ok, bool(found), found.report == str(found), found.json["verified"]
    (True, True, True, True)
    """

    def __init__(self, ok: bool, report: str, json: str) -> None:
        self.ok = ok
        self.report = report
        self._json = json

    @property
    def json(self) -> dict[str, Any]:
        """For programs ("assess.verify/1")."""
        return from_json(self._json)

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        return self.report

    __repr__ = __str__


def verify(path: Path, anchor: str | None = None, *, lang: Language = "zh") -> Verification:
    """Checks a sealed file: structure, hashes, the chain, and that its rules over its inputs give its results again.

    With the anchor that ``seal`` returned, a file that was rewritten as a whole is noticed too. A file that does not verify is no
    exception; one that cannot be read is. See Verification for an example.
    """
    number = language_number(lang)
    ok, report = _core.store_verify(path_bytes(path), anchor, number, TEXT)
    return Verification(ok, report, _core.store_verify(path_bytes(path), anchor, number, JSON)[1])


def replay(path: Path) -> Result:
    """Runs a sealed batch again from what the file holds. InputError when it was changed after sealing.

    >>> import assess, tempfile
    >>> with tempfile.TemporaryDirectory() as folder, assess.run("bureau", period=2026, inputs="examples/year-end") as result:
    ...     sealed = result.seal(f"{folder}/2026.db") == assess.anchor(f"{folder}/2026.db")
    ...     print(sealed, assess.replay(f"{folder}/2026.db").csv() == result.csv())
    True True
    """
    handle, language = _core.store_replay(path_bytes(path))
    return Result(handle, lang=LANGUAGES[language])


def anchor(path: Path) -> str:
    """"COUNT:HASH" of a sealed file as it stands; only ``verify`` says whether it is right. See ``replay`` for an example."""
    return _core.store_anchor(path_bytes(path))


class Difference:
    """Who moves from one result to another, and why: ``moved`` of them.

    >>> import assess
    >>> hundredths = assess.run("bureau", period=2026, inputs="examples/year-end")
    >>> whole = assess.run("bureau", period=2026, inputs="examples/year-end", settings={"rounding": "whole"})
    >>> found = assess.diff(hundredths, whole, lang="en")
    >>> found.moved, found.moved == len(found.csv.splitlines()) - 1, found.json["moved"] == found.moved, found.text == str(found)
    (171, True, True, True)
    """

    def __init__(self, a: _core.Handle, b: _core.Handle, lang: Language) -> None:
        self._between = (a, b, language_number(lang))
        self.text, self.moved = _core.diff(*self._between, 0)

    @property
    def json(self) -> dict[str, Any]:
        """For programs ("assess.diff/1"). Needs both results still open, as ``csv`` does."""
        return from_json(_core.diff(*self._between, 1)[0])

    @property
    def csv(self) -> str:
        """A row for each who moves."""
        return _core.diff(*self._between, 2)[0]

    def __str__(self) -> str:
        return self.text

    __repr__ = __str__


def diff(a: Result, b: Result, *, lang: Language | None = None) -> Difference:
    """Compares two results, of different rule files, settings or sealed batches; subjects are the same when their ids are."""
    return Difference(a._handle, b._handle, a.lang if lang is None else lang)
