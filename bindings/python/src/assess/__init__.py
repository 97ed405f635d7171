"""Performance assessments: exact, explained, replayable.

>>> import assess
>>> result = assess.run("bureau", period=2026, inputs="examples/year-end")
>>> len(result), result["1602"].score
(180, Decimal('94.85'))

``run`` takes tables of pandas, polars, pyarrow, DuckDB or files and gives a Result, which those take in turn. ``check`` says
what is wrong with tables, ``Scheme`` shows what a rule file demands, ``verify`` and ``replay`` look after sealed files,
``diff`` compares.
"""

from ._core import version as _version
from ._problems import Check, Problem, Readiness
from ._result import Difference, Explanation, Result, Row, Verification, anchor, diff, replay, verify
from ._run import ArrowStream, check, run
from ._scheme import Cases, Scheme, rules_folder
from ._table import Column, Table
from .errors import CallError, Cancelled, Error, InputError, RulesError, SystemFailure

__version__ = _version()

__all__ = [
    "ArrowStream", "CallError", "Cancelled", "Cases", "Check", "Column", "Difference", "Error", "Explanation", "InputError",
    "Problem", "Readiness", "Result", "Row", "RulesError", "Scheme", "SystemFailure", "Table", "Verification", "anchor", "check", "diff",
    "replay", "rules_folder", "run", "verify",
]  # fmt: skip
