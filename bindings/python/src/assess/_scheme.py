"""A rule file, loaded and checked: what an assessment system demands."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path as FilePath
from typing import Any, TypeAlias

from . import _core
from ._owner import Owner
from ._table import Table
from ._words import JSON, TEXT, Language, Path, from_json, language_number, path_bytes

__all__ = ["Cases", "Scheme", "Settings", "rules_folder"]

Settings: TypeAlias = Mapping[str, str | int | float | Decimal] | Iterable[str]


def rules_folder() -> str:
    """The folder of the rule files that come with this package.

    >>> os.path.exists(f"{rules_folder()}/bureau.lua")
    True
    """
    return str(FilePath(__file__).resolve().parent / "rules")


def setting_texts(settings: Settings | None) -> list[str]:
    """As the library wants them: "NAME=VALUE". A float is written as Python shows it: 0.1 is 0.1."""
    if settings is None:
        return []
    if isinstance(settings, str):
        return [settings]
    if isinstance(settings, Mapping):
        return [f"{name}={format(value, 'f') if isinstance(value, Decimal) else value}" for name, value in settings.items()]
    return list(settings)


def all_folders(folders: Iterable[Path] | None) -> list[bytes]:
    """Those of the caller, then ours."""
    own = [folders] if isinstance(folders, (str, bytes, os.PathLike)) else list(folders or ())
    return [*map(path_bytes, own), path_bytes(rules_folder())]


@dataclass(frozen=True, slots=True)
class Cases:
    """How the worked cases beside a rule file came out.

    >>> cases = Scheme("bureau").test("en")
    >>> cases.ok, cases.passed > 10, cases.failed, cases.report == str(cases)
    (True, True, 0, True)
    """

    passed: int
    failed: int
    report: str

    @property
    def ok(self) -> bool:
        """Whether every case passed."""
        return self.failed == 0

    def __str__(self) -> str:
        return self.report


class Scheme(Owner):
    """A rule file, loaded for a period.

    rules
        the name of a rule file ("bureau"), looked up in ``folders`` and then among those that come with this package, or a path
        when it contains "/" or ends in ".lua".
    period
        2026, "2026-03", "2026Q1", "2026H1" or "2026-01-01..2026-06-30". Without one the scheme can be described and tested.
    settings
        values of its parameters: ``{"k": 3}`` or ``["k=3"]``.

    Raises RulesError (file, line, clause) when the rule file is wrong, CallError when there is none, or the period does not fit.

    >>> scheme = Scheme("bureau", period=2026, settings={"rounding": "whole"})
    >>> scheme.id, scheme.period, scheme.title("en")
    ('bureau', '2026', 'Efficiency assessment of bureau staff')
    >>> scheme.describe("en").startswith("Efficiency assessment"), scheme.json()["schema"]
    (True, 'assess.scheme/1')
    >>> "items" in scheme.tables, scheme.table("items", "en").title
    (True, 'Items')
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     scheme.to_template(f"{folder}/template.xlsx", "en")
    ...     os.listdir(folder)
    ['template.xlsx']
    >>> scheme.close()  # or: with Scheme(…) as scheme
    """

    def __init__(
        self,
        rules: Path,
        *,
        period: str | int | None = None,
        settings: Settings | None = None,
        folders: Iterable[Path] | None = None,
    ) -> None:
        self._rules = path_bytes(rules)
        self._folders = all_folders(folders)
        self._handle = _core.scheme_load(
            self._rules, self._folders, setting_texts(settings), None if period is None else str(period)
        )

    @property
    def id(self) -> str:
        """What the rule file calls itself."""
        return _core.scheme_about(self._handle)[0]

    @property
    def period(self) -> str | None:
        """The period, or None when the scheme was loaded without one."""
        return _core.scheme_about(self._handle)[1] or None

    def title(self, lang: Language = "zh") -> str:
        """The title of the document."""
        return _core.scheme_about(self._handle)[2 + language_number(lang)]

    def describe(self, lang: Language = "zh") -> str:
        """The scheme in words, a page to be compared with the document and signed."""
        return _core.scheme_describe(self._handle, language_number(lang), TEXT)

    def json(self, lang: Language = "zh") -> dict[str, Any]:
        """The scheme for programs ("assess.scheme/1"); only texts that are not given in both languages are in ``lang``."""
        return from_json(_core.scheme_describe(self._handle, language_number(lang), JSON))

    def test(self, lang: Language = "zh") -> Cases:
        """Runs the worked cases beside the rule file (NAME.cases.lua). Failed cases are no exception: see ``.ok``."""
        return Cases(*_core.scheme_test(self._rules, self._folders, language_number(lang), TEXT))

    @property
    def tables(self) -> tuple[str, ...]:
        """The names of its tables: inputs, levels, items, options, roles …"""
        return _core.scheme_tables(self._handle)

    def table(self, name: str, lang: Language = "zh") -> Table:
        """One of its tables."""
        return Table(_core.scheme_table(self._handle, name, language_number(lang)))

    def to_template(self, path: Path, lang: Language = "zh", *, overwrite: bool = False) -> None:
        """Writes the workbook to be filled in: instructions, and a sheet for each table that the scheme reads."""
        _core.office_write_template(self._handle, path_bytes(path), language_number(lang), overwrite)

    def __repr__(self) -> str:
        return f"<assess.Scheme {self._rules.decode('utf-8', 'replace')}>"
