"""Small things that every module needs: languages, paths, JSON."""

from __future__ import annotations

import json
import os
from typing import Any, Literal, TypeAlias

Language: TypeAlias = Literal["zh", "en"]
Path: TypeAlias = str | bytes | os.PathLike[str] | os.PathLike[bytes]

LANGUAGES: tuple[Language, Language] = ("zh", "en")
TEXT, JSON = 0, 1


def language_number(lang: str) -> int:
    """The library's number of a language."""
    if lang not in LANGUAGES:
        raise ValueError(f'expected lang "zh" or "en" but found {lang!r}')
    return LANGUAGES.index(lang)


def path_bytes(path: Path) -> bytes:
    """A path as the system wants it."""
    return os.fsencode(path)


def from_json(text: str) -> dict[str, Any]:
    """An object of the library; its decimals are strings."""
    found: dict[str, Any] = json.loads(text)
    return found
