"""What can go wrong. One class for each status of the library, and both languages in every error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ._problems import Problem

__all__ = ["CallError", "Cancelled", "Error", "InputError", "RulesError", "SystemFailure", "failure"]


class Error(Exception):
    """Whatever libassess refuses or cannot do.

    ``id`` is the language-free name of the message ("rules.unknown_word"), ``messages`` the sentence in both languages
    ("zh", "en"). ``file``, ``line``, ``column`` and ``clause`` say where; ``None`` where there is nothing to say.

    When a rule file is loaded, ``mistakes`` are all that is wrong with it, an error each in the order of the file, the first of which is
    this one; ``more_mistakes``: there are more than these 50.

    >>> import assess
    >>> try:
    ...     assess.Scheme("tests/rules/invalid/between-order/rule.lua")
    ... except assess.Error as error:
    ...     print(error.status, error.id, error.file, error.line, error.column, error.clause)
    ...     print(error.en == error.messages["en"] != error.zh)
    ...     print(len(error.mistakes), error.more_mistakes)
    3 rules.between_order rule.lua 4 None 1
    True
    1 False
    """

    status: int = 0
    mistakes: Sequence[Error] = ()
    more_mistakes: bool = False

    def __init__(
        self,
        id: str,
        messages: Mapping[str, str],
        *,
        file: str | None = None,
        line: int | None = None,
        column: int | None = None,
        clause: str | None = None,
    ) -> None:
        self.id = id
        self.messages = dict(messages)
        self.file, self.line, self.column, self.clause = file, line, column, clause
        super().__init__(id, self.messages)

    def __reduce__(self) -> tuple[object, ...]:
        return (_again, (type(self), self.id, self.messages, self.__dict__))

    @property
    def zh(self) -> str:
        """The sentence in Chinese."""
        return self.messages["zh"]

    @property
    def en(self) -> str:
        """The sentence in English."""
        return self.messages["en"]

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)
        return "\n".join(f"{place}: {text}" if place else text for text in (self.en, self.zh))


def _again(kind: type[Error], id: str, messages: Mapping[str, str], state: Mapping[str, object]) -> Error:
    error = kind(id, messages)
    error.__dict__.update(state)
    return error


class InputError(Error):
    """The tables are wrong: ``problems`` says where, one each, notices included.

    >>> import assess
    >>> try:
    ...     assess.run("bureau", period=2026, inputs="tests/conformance/tables/id-twice")
    ... except assess.InputError as error:
    ...     print([problem.id for problem in error.problems])
    ['input.person_twice']
    """

    status = 1
    problems: Sequence[Problem] = ()

    def __str__(self) -> str:
        wrong = [problem for problem in self.problems if problem.is_error]
        shown = [str(problem) for problem in wrong[:10]]
        if len(wrong) > len(shown):
            shown.append(f"… and {len(wrong) - len(shown)} more: see .problems")
        return "\n".join([super().__str__(), *shown])


class CallError(Error):
    """The call is wrong: an argument, an option, a file that exists, an object that is closed.

    >>> import assess
    >>> try:
    ...     assess.Scheme("bureau", period="2026-13")
    ... except assess.CallError as error:
    ...     print(error.id)
    call.period
    """

    status = 2


class Cancelled(CallError):
    """``progress`` returned something true. Nothing was written.

    >>> import assess
    >>> try:
    ...     assess.run("bureau", period=2026, inputs="examples/year-end", progress=lambda done, total: True)
    ... except assess.Cancelled as error:
    ...     print(error.id)
    call.cancelled
    """


class RulesError(Error):
    """The rule file is wrong or broke a limit: ``file``, ``line`` and ``clause`` say where. See Error for an example."""

    status = 3

    def __str__(self) -> str:
        shown = [str(mistake) for mistake in self.mistakes[1:10]]
        if len(self.mistakes) > 10:
            shown.append(f"… and {len(self.mistakes) - 10} more: see .mistakes")
        return "\n".join([super().__str__(), *shown])


class SystemFailure(Error):
    """The machine failed: no memory, disk full, a file that cannot be read.

    >>> import assess
    >>> try:
    ...     assess.verify("/no/such/file.db")
    ... except assess.SystemFailure as error:
    ...     print(error.status)
    4
    """

    status = 4


_KINDS: dict[int, type[Error]] = {kind.status: kind for kind in (InputError, CallError, RulesError, SystemFailure)}


def failure(status: int, id: str, zh: str, en: str, file: str, line: int, column: int, clause: str) -> Error:
    """The error for a status of the library, with what it said. Called by the extension module."""
    kind = Cancelled if id == "call.cancelled" else _KINDS.get(status, Error)
    return kind(id, {"zh": zh, "en": en}, file=file or None, line=line or None, column=column or None, clause=clause or None)
