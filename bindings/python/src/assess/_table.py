"""A result or a scheme as a table of text, ready to be laid out."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypeAlias, overload

from . import _core
from ._owner import Owner

__all__ = ["Cells", "Column", "Table"]

Cells: TypeAlias = Literal["text", "number", "share", "date", "figure"]
_CELLS: tuple[Cells, ...] = ("text", "number", "share", "date", "figure")
_ROWS_SHOWN = 60


class Column(NamedTuple):
    """A column: ``id`` is the same in every language, ``title`` is for people, ``cells`` says what it holds.

    >>> import assess
    >>> column = assess.Scheme("bureau").table("items", "en").columns[0]
    >>> column.id, column.title, column.cells
    ('id', 'key', 'text')
    """

    id: str
    title: str
    cells: Cells


class Table(Owner):
    """Rows of texts in one language: a copy that needs neither result nor scheme any more.

    ``len(table)``, ``table[0]``, ``table[:5]`` and ``for row in table`` give rows as tuples of texts; for programs with data frames
    it is an Arrow stream, where numbers are decimals and days are days: ``polars.DataFrame(table)``, ``pyarrow.table(table)``.

    >>> import assess
    >>> table = assess.run("bureau", period=2026, inputs="examples/year-end").table("grades", "en")
    >>> table.id, table.title, table.note, len(table), [column.id for column in table.columns][:2]
    ('grades', 'Grades', '', 4, ['id', 'grade'])
    >>> [row[table.column("people")] for row in table]
    ['23', '137', '8', '3']
    >>> table.arrange([3, 2, 1, 0])
    >>> table[0] == table[:1][0], table[-1][0]
    (True, 'excellent')
    >>> table.close()
    """

    # No collections.abc.Sequence: data frames would take the rows of texts then, not the stream.

    def __init__(self, handle: _core.Handle) -> None:
        self._handle = handle
        self.id, self.title, self.note, columns, self._count = _core.table_about(handle)
        self.columns = tuple(Column(id, title, _CELLS[cells]) for id, title, cells in columns)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> tuple[str, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> list[tuple[str, ...]]: ...
    def __getitem__(self, index: int | slice) -> tuple[str, ...] | list[tuple[str, ...]]:
        if isinstance(index, slice):
            return [_core.table_row(self._handle, row) for row in range(*index.indices(self._count))]
        row = index + self._count if index < 0 else index
        if not 0 <= row < self._count:
            raise IndexError("the table has no such row")
        return _core.table_row(self._handle, row)

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        return (_core.table_row(self._handle, row) for row in range(self._count))

    def column(self, id: str) -> int:
        """The number of the column with this id; KeyError when there is none."""
        for number, column in enumerate(self.columns):
            if column.id == id:
                return number
        raise KeyError(id)

    def arrange(self, order: Sequence[int]) -> None:
        """Puts the rows in another order: row ``order[k]`` becomes row ``k``."""
        _core.table_arrange(self._handle, order)

    def __arrow_c_stream__(self, requested_schema: object = None) -> Any:
        """The table as an Arrow stream. A requested schema is not followed."""
        return _core.table_arrow(self._handle)

    def __arrow_c_schema__(self) -> Any:
        """The columns of ``__arrow_c_stream__``."""
        return _core.stream_schema(_core.table_arrow(self._handle))

    def __repr__(self) -> str:
        return f"<assess.Table {self.id}: {self._count} rows, {', '.join(column.id for column in self.columns)}>"

    def _repr_html_(self) -> str:
        """For notebooks: the first rows; every text is escaped."""
        head = "".join(f"<th>{html.escape(column.title)}</th>" for column in self.columns)
        body = "".join(
            "<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in self[:_ROWS_SHOWN]
        )
        more = f"<p>… {self._count - _ROWS_SHOWN}</p>" if self._count > _ROWS_SHOWN else ""
        note = f"<p>{html.escape(self.note)}</p>" if self.note else ""
        caption = f"<caption>{html.escape(self.title)}</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}{note}"
