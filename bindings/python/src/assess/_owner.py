"""What every object that holds something of the library can do."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from . import _core


class Owner:
    """Holds one handle; a context manager that closes it."""

    _handle: _core.Handle

    def close(self) -> None:
        """Frees what it holds now instead of with the object. What was taken from it goes on. Closing again does nothing."""
        _core.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()
