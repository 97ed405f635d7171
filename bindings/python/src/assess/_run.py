"""From tables to a result."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol, TypeAlias, runtime_checkable

from . import _core
from ._problems import Check, problems_of
from ._result import Result
from ._scheme import Scheme, Settings
from ._words import Path, path_bytes
from .errors import InputError

__all__ = ["ArrowStream", "Tables", "check", "run"]


@runtime_checkable
class ArrowStream(Protocol):
    """Whatever hands itself over as an Arrow stream: frames of pandas and polars, tables of pyarrow, relations of DuckDB.

    >>> isinstance(run("bureau", period=2026, inputs="examples/year-end"), ArrowStream), isinstance([], ArrowStream)
    (True, False)
    """

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any: ...


Tables: TypeAlias = ArrowStream | Mapping[str, ArrowStream] | Iterable[ArrowStream]

# The order in which the library wants them: people before those that speak of them.
_AFTER_PEOPLE = ("raters", "ratings", "events", "measures", "history", "decisions")


def _named(table: str, given: Any) -> Iterator[tuple[str, ArrowStream]]:
    """One table, several of a kind, or several with names. Their names are what problems and seals call them."""
    if given is None:
        return
    if isinstance(given, ArrowStream):
        yield table, given
    elif isinstance(given, Mapping):
        yield from given.items()
    elif isinstance(given, (list, tuple)):
        for number, one in enumerate(given, 1):
            yield (table if len(given) == 1 else f"{table} {number}"), one
    else:
        yield table, given


def _way_out(given: Any) -> str:
    """How to make a table of what is none."""
    if hasattr(given, "collect"):
        return "; collect() it first"
    if isinstance(given, (dict, list)):
        return "; make a table of it, such as polars.DataFrame(rows) or pyarrow.table(columns)"
    return ""


class _Reading:
    """A batch that is being filled."""

    def __init__(self, scheme: Scheme, ignore: Iterable[str], threads: int, sealable: bool, progress: Any) -> None:
        ignored = [ignore] if isinstance(ignore, str) else list(ignore)
        self.batch = _core.batch_new(scheme._handle, ignored, threads, sealable)
        self.progress = progress

    def add(self, table: str, given: Any) -> None:
        for name, one in _named(table, given):
            if not isinstance(one, ArrowStream):
                raise TypeError(
                    f"{table}: expected a table with __arrow_c_stream__ (pandas 2.2, polars, pyarrow, DuckDB …) "
                    f"but found {type(one).__name__}{_way_out(one)}"
                )
            _core.batch_add_arrow(self.batch, table, name, one.__arrow_c_stream__(), self.progress)

    def read(self, inputs: Path | Iterable[Path] | None) -> None:
        paths = [inputs] if isinstance(inputs, (str, bytes, os.PathLike)) else list(inputs or ())
        if paths:
            _core.batch_read(self.batch, [path_bytes(path) for path in paths], self.progress)

    def fill(self, tables: Mapping[str, Any], inputs: Path | Iterable[Path] | None) -> None:
        """Everything in, and the checks across tables. InputError when something is wrong with the tables."""
        late: InputError | None = None
        self.add("people", tables["people"])
        try:
            self.read(inputs)
        except InputError as error:  # a file that is missing: what else is wrong is worth knowing too
            late = error
        for table in _AFTER_PEOPLE:
            self.add(table, tables[table])
        try:
            _core.batch_finish(self.batch, self.progress)
        except InputError as error:
            late = late or error
        if late is not None:
            late.problems = problems_of(self.batch)
            raise late


def _scheme(rules: Path | Scheme, period: str | int | None, settings: Settings | None, folders: Iterable[Path] | None) -> Scheme:
    if not isinstance(rules, Scheme):
        return Scheme(rules, period=period, settings=settings, folders=folders)
    if period is not None or settings is not None or folders is not None:
        raise TypeError("a Scheme brings its period, settings and folders along")
    return rules


def run(
    rules: Path | Scheme,
    *,
    period: str | int | None = None,
    people: Tables | None = None,
    ratings: Tables | None = None,
    events: Tables | None = None,
    measures: Tables | None = None,
    history: Tables | None = None,
    decisions: Tables | None = None,
    raters: Tables | None = None,
    inputs: Path | Iterable[Path] | None = None,
    settings: Settings | None = None,
    ignore: Iterable[str] = (),
    threads: int = 0,
    folders: Iterable[Path] | None = None,
    sealable: bool = True,
    progress: _core.Progress | None = None,
) -> Result:
    """Carries a scheme out over tables of data frames, of files, or of both.

    rules, period, settings, folders
        as of Scheme; or a Scheme, which brings the others along.
    people, ratings, events, measures, history, decisions, raters
        tables: anything with ``__arrow_c_stream__``, a list of such, or a dict of names and tables. Columns are found by their
        names, English or Chinese, as the headers of files are. A name is what problems and seals call the table.
    inputs
        files and folders, as for ``assess run``: CSV and workbooks (.xlsx).
    ignore
        kinds of events that are meant to be passed over; "history": there is no table of earlier results.
    threads
        0: as many as there are processors. The result does not depend on it.
    sealable
        keeps hashes of the tables, which ``Result.seal`` needs. False saves their time.
    progress
        called now and then with (done, total), total 0 when unknown; something true cancels (Cancelled), an exception is
        passed on. Ctrl-C is heard with and without it. It must not use the objects of this call.

    Raises InputError (``.problems``) when tables are wrong, RulesError, CallError or SystemFailure. Other Python threads run
    meanwhile.

    >>> result = run("bureau", period=2026, inputs="examples/year-end")
    >>> result["1602"].score, result["1602"].grade
    (Decimal('94.85'), 'excellent')
    """
    scheme = _scheme(rules, period, settings, folders)
    reading = _Reading(scheme, ignore, threads, sealable, progress)
    tables = {"people": people, "ratings": ratings, "events": events, "measures": measures, "history": history,
              "decisions": decisions, "raters": raters}  # fmt: skip
    reading.fill(tables, inputs)
    try:
        handle = _core.result_new(reading.batch, threads, progress)
    except InputError as error:
        error.problems = problems_of(reading.batch)
        raise
    return Result(handle, problems=problems_of(reading.batch))


def check(
    rules: Path | Scheme,
    *,
    period: str | int | None = None,
    people: Tables | None = None,
    ratings: Tables | None = None,
    events: Tables | None = None,
    measures: Tables | None = None,
    history: Tables | None = None,
    decisions: Tables | None = None,
    raters: Tables | None = None,
    inputs: Path | Iterable[Path] | None = None,
    settings: Settings | None = None,
    ignore: Iterable[str] = (),
    threads: int = 0,
    folders: Iterable[Path] | None = None,
    progress: _core.Progress | None = None,
) -> Check:
    """Everything that is wrong with the tables, as a list of Problem; the arguments are those of ``run``.

    Wrong tables are no exception here. ``check(…).ok`` says whether ``run`` would carry the scheme out.

    >>> [problem.id for problem in check("bureau", period=2026, inputs="examples/year-end").errors]
    []
    """
    scheme = _scheme(rules, period, settings, folders)
    reading = _Reading(scheme, ignore, threads, False, progress)
    tables = {"people": people, "ratings": ratings, "events": events, "measures": measures, "history": history,
              "decisions": decisions, "raters": raters}  # fmt: skip
    try:
        reading.fill(tables, inputs)
    except InputError as error:
        if not error.problems:
            raise
    return Check(problems_of(reading.batch), reading.batch)
