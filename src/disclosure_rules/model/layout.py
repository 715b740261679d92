"""What a report of one form consists of: sections, tables, rows and columns, by key and printed label."""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from pydantic import Field

from disclosure_rules.model.text import Frozen, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["ColumnSpec", "FactSpec", "Layout", "RowSpec", "SectionSpec", "TableSpec"]


class SectionSpec(Frozen):
    """A section: its printed title (`title.zh`) and the other names that reports give it."""

    key: str
    title: Text
    variants: tuple[str, ...] = ()
    number: int | None = None
    required: bool = True


class ColumnSpec(Frozen):
    """A column: key, printed label (`label.zh`), the heading printed above it.

    `groups` are the keys of the groups of columns it belongs to: `sum(table[row].group)` in an expression.
    """

    key: str
    label: Text
    parent: str | None = None
    groups: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    unit: str | None = None
    decimal: bool = False
    signed: bool = False


class RowSpec(Frozen):
    """A row: key, printed label with its enumerator, the heading row it stands under.

    `columns` names the columns that this row has where it has not all of them. `groups` are the keys of the
    groups of rows it belongs to; expressions add a group up with `sum(table.group[column])`.
    """

    key: str
    label: Text
    parent: str | None = None
    groups: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    columns: tuple[str, ...] | None = None


class TableSpec(Frozen):
    """A statistical table of a form; `title` is what officials call it (表三)."""

    key: str
    title: Text
    section: str
    rows: tuple[RowSpec, ...]
    columns: tuple[ColumnSpec, ...]

    @cached_property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """The (row, column) keys of every cell, row by row: the order of `Table.values`."""
        every = tuple(column.key for column in self.columns)
        return tuple((row.key, column) for row in self.rows for column in (row.columns or every))

    @cached_property
    def index(self) -> dict[tuple[str, str], int]:
        """The position of each (row, column) in `cells`."""
        return {cell: position for position, cell in enumerate(self.cells)}

    @cached_property
    def order(self) -> tuple[dict[str, int], dict[str, int]]:
        """The place of each row, and of each column, in print."""
        return (
            {row.key: place for place, row in enumerate(self.rows)},
            {column.key: place for place, column in enumerate(self.columns)},
        )

    @cached_property
    def pick(self) -> Callable[[Mapping[str, Mapping[str, Any]]], tuple[Any, ...]]:
        """A function that takes the value of every cell, in the order of `cells`, from row → column → value.

        It raises KeyError where one is missing and does not look at rows and columns that the table has not.
        """
        columns = tuple(column.key for column in self.columns)
        if min(len(self.rows), len(columns)) < 2 or any(row.columns is not None for row in self.rows):  # noqa: PLR2004
            cells = self.cells
            return lambda table: tuple([table[row][column] for row, column in cells])
        # itemgetter gives a tuple from two keys up; a whole table then takes no step of Python's own.
        rows, cells_of = itemgetter(*(row.key for row in self.rows)), itemgetter(*columns)
        return lambda table: tuple(chain.from_iterable(map(cells_of, rows(table))))

    def row(self, key: str) -> RowSpec:
        """The row with this key.

        Raises:
            KeyError: There is none.
        """
        return self._rows[key]

    def column(self, key: str) -> ColumnSpec:
        """The column with this key.

        Raises:
            KeyError: There is none.
        """
        return self._columns[key]

    def words(self, row: str | None = None, column: str | None = None) -> Text:
        """The table, or a row, a column or a cell of it, as a clerk would name it: 表三「…」行「…」列.

        Raises:
            KeyError: There is no such row or column.
        """
        known = self._words.get((row, column))
        if known is None:
            known = self._words[row, column] = self._told(row, column)
        return known

    def _told(self, row: str | None, column: str | None) -> Text:
        zh, en = [self.title.zh.split("（")[0]], [self.title.en.split(" (")[0]]
        if row is not None:
            label = self.row(row).label
            zh.append(f"「{label.zh}」行")
            en.append(f"row “{label.en}”")
        if column is not None:
            label = self.column(column).label
            zh.append(f"「{label.zh}」列")
            en.append(f"column “{label.en}”")
        return Text(zh="".join(zh), en=", ".join(en))

    @cached_property
    def _words(self) -> dict[tuple[str | None, str | None], Text]:
        return {}  # filled as cells are told; a form serves thousands of reports

    @cached_property
    def _rows(self) -> dict[str, RowSpec]:
        return {row.key: row for row in self.rows}

    @cached_property
    def _columns(self) -> dict[str, ColumnSpec]:
        return {column.key: column for column in self.columns}


class FactSpec(Frozen):
    """A figure of the narrative that rules may name as `facts.<key>`."""

    key: str
    title: Text
    unit: str | None = None


class Layout(Frozen):
    """One form of the report. `from_year` and `to_year` bound the report years it is the form of."""

    id: str
    title: Text
    from_year: int | None = None
    to_year: int | None = None
    basis: tuple[str, ...] = Field(default=(), description="ids of instruments")
    sections: tuple[SectionSpec, ...]
    tables: tuple[TableSpec, ...] = ()
    facts: tuple[FactSpec, ...] = ()

    def section(self, key: str) -> SectionSpec | None:
        """The section with this key."""
        return self._sections.get(key)

    def table(self, key: str) -> TableSpec | None:
        """The table with this key."""
        return self._tables.get(key)

    @cached_property
    def _sections(self) -> dict[str, SectionSpec]:
        return {section.key: section for section in self.sections}

    @cached_property
    def _tables(self) -> dict[str, TableSpec]:
        return {table.key: table for table in self.tables}
