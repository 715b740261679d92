"""The names that expressions may use for the reports of one form, and where each is found."""

from __future__ import annotations

import re
import unicodedata
from copy import copy
from itertools import chain
from typing import TYPE_CHECKING, Any

from disclosure_rules.expr.frame import Frame
from disclosure_rules.expr.slots import Slot
from disclosure_rules.expr.unknown import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from disclosure_rules.model.layout import ColumnSpec, Layout, RowSpec, TableSpec
    from disclosure_rules.model.report import Report

__all__ = ["Names"]

_ENUMERATOR = re.compile(
    r"\A(?:[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|[0-9]{1,2}[.．、])"
)
_ROOTS = ("facts", "report", "sections", "tables")
_PREVIOUS = "previous"


def _alias(label: str) -> str | None:
    """A printed label as an identifier: NFKC, without its enumerator; None where it cannot be one."""
    plain = unicodedata.normalize("NFKC", _ENUMERATOR.sub("", label))
    return plain if plain.isidentifier() else None


def _aliases(specs: Iterable[RowSpec | ColumnSpec]) -> dict[str, str]:
    """Labels and variants that name exactly one of `specs` → its key."""
    found: dict[str, set[str]] = {}
    for spec in specs:
        for label in (spec.label.zh, *spec.variants):
            alias = _alias(label)
            if alias is not None:
                found.setdefault(alias, set()).add(spec.key)
    return {alias: next(iter(keys)) for alias, keys in found.items() if len(keys) == 1}


class _TableNames:
    """The rows, columns, groups and labels of one table."""

    def __init__(self, key: str, spec: TableSpec, offset: int) -> None:
        self.spec = spec
        self.rows = {row.key: (row.key,) for row in spec.rows}
        self.columns = {column.key: (column.key,) for column in spec.columns}
        self.row_groups = _groups(spec.rows)
        self.column_groups = _groups(spec.columns)
        self.row_aliases = _aliases(spec.rows)
        self.column_aliases = _aliases(spec.columns)
        self.cells = {
            (row, column): Slot(
                "cell", f"{key}.{row}.{column}", column, offset + i, spec.section, key, row, column, i
            )
            for i, (row, column) in enumerate(spec.cells)
        }

    def select(self, row: str, column: str) -> tuple[Slot, ...]:
        """The cells in the row or group of rows `row` and the column or group of columns `column`."""
        rows = self.rows.get(row) or self.row_groups.get(row, ())
        columns = self.columns.get(column) or self.column_groups.get(column, ())
        pairs = ((one, other) for one in rows for other in columns)
        return tuple(self.cells[pair] for pair in pairs if pair in self.cells)


def _groups(specs: Iterable[RowSpec | ColumnSpec]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for spec in specs:
        for group in spec.groups:
            found.setdefault(group, []).append(spec.key)
    return {group: tuple(keys) for group, keys in found.items()}


class Names:
    """Every name of one form of report.

    Args:
        layout: The form of the report.
        tables: The form that each table of the report follows, by table key, where that is not the layout's own:
            a report may have one table of an older form.
    """

    def __init__(self, layout: Layout, tables: Mapping[str, TableSpec]) -> None:
        self.layout = layout
        self.previous: Names | None = None
        self.tables: dict[str, TableSpec] = {spec.key: spec for spec in layout.tables} | dict(tables)
        self._tables: dict[str, _TableNames] = {}
        self._slots: dict[tuple[str, ...], Slot] = {}
        offset = 0
        for key, spec in self.tables.items():
            self._tables[key] = _TableNames(key, spec, offset)
            offset += len(spec.cells)
        self._spans = tuple((key, len(spec.cells)) for key, spec in self.tables.items())
        self._facts = tuple(fact.key for fact in layout.facts)
        for path, slot in self._single(offset):
            self._slots[path] = slot
        self.size = offset + len(self._facts) + 1

    def with_previous(self, previous: Names) -> Names:
        """The same names and, under `previous`, those of last year's report: for rules that are about both."""
        both = copy(self)
        both.previous = previous
        return both

    def _single(self, offset: int) -> Iterator[tuple[tuple[str, ...], Slot]]:
        for i, key in enumerate(self._facts):
            yield ("facts", key), Slot("fact", f"facts.{key}", key, offset + i)
        yield ("report", "year"), Slot("year", "report.year", "year", offset + len(self._facts))
        for section in self.layout.sections:
            key = section.key
            yield ("sections", key), Slot("section", f"sections.{key}", key, section=key)
        for key, spec in self.tables.items():
            yield ("tables", key), Slot("table", f"tables.{key}", key, section=spec.section, table=key)
            for row in spec.rows:
                yield (
                    (key, row.key),
                    Slot("row", f"{key}.{row.key}", row.key, section=spec.section, table=key, row=row.key),
                )

    def plain(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """`path` with the printed labels of rows and columns replaced by their keys."""
        if path[0] == _PREVIOUS and self.previous is not None and path[1:]:
            return (_PREVIOUS, *self.previous.plain(path[1:]))
        table = self._tables.get(path[0])
        if table is None:
            return path
        keys = list(path)
        for i, (known, groups, aliases) in enumerate(
            (
                (table.rows, table.row_groups, table.row_aliases),
                (table.columns, table.column_groups, table.column_aliases),
            ),
            start=1,
        ):
            if i < len(keys) and keys[i] not in known and keys[i] not in groups:
                keys[i] = aliases.get(keys[i], keys[i])
        return tuple(keys)

    def slot(self, path: tuple[str, ...]) -> Slot | None:
        """The one thing that `path` names, or None. `path` is written in keys (see `plain`)."""
        if path[0] == _PREVIOUS and self.previous is not None and path[1:]:
            found = self.previous.slot(path[1:])
            return None if found is None else self._earlier(found)
        if len(path) == 3 and path[0] in self._tables:  # noqa: PLR2004  table, row, column
            return self._tables[path[0]].cells.get((path[1], path[2]))
        return self._slots.get(path)

    def group(self, path: tuple[str, ...]) -> tuple[Slot, ...]:
        """The cells that `path` names where its row or its column is a group; () where there are none."""
        if path[0] == _PREVIOUS and self.previous is not None and path[1:]:
            return tuple(self._earlier(slot) for slot in self.previous.group(path[1:]))
        if len(path) != 3 or path[0] not in self._tables:  # noqa: PLR2004  table, row, column
            return ()
        return self._tables[path[0]].select(path[1], path[2])

    def _earlier(self, slot: Slot) -> Slot:
        """A thing of last year's report, as this report's rules name it."""
        number = slot.number if slot.number < 0 else slot.number + self.size
        return slot._replace(path=f"{_PREVIOUS}.{slot.path}", number=number, earlier=True)

    def continuations(self, path: tuple[str, ...]) -> tuple[str, ...]:
        """The keys that may follow `path`; for the empty path every first name. For suggestions."""
        if not path:
            return (*self.tables, *_ROOTS, *((_PREVIOUS,) if self.previous is not None else ()))
        if path[0] == _PREVIOUS and self.previous is not None:
            return self.previous.continuations(path[1:])
        table = self._tables.get(path[0])
        if table is None:
            return tuple(slot.key for keys, slot in self._slots.items() if keys[:-1] == path)
        if len(path) == 1:
            return tuple(chain(table.rows, table.row_groups, table.row_aliases))
        columns = chain(table.columns, table.column_groups)
        return tuple(key for key in columns if table.select(path[1], key)) if len(path) == 2 else ()  # noqa: PLR2004

    def frame(self, report: Report, previous: Report | None = None) -> Frame:
        """The numbers of `report`, and of last year's report where the names were made for one.

        Raises:
            ValueError: A table has another number of cells than the form it was announced to follow, or there is no
                report of last year where the names were made for one.
        """
        numbers = self._numbers(report)
        if self.previous is not None:
            if previous is None:
                raise ValueError("these names need a report of last year")
            numbers += self.previous.frame(previous).numbers
        return Frame(report, numbers, previous)

    def _numbers(self, report: Report) -> list[Any]:
        numbers: list[Any] = []
        tables = report.tables
        for key, length in self._spans:
            table = tables.get(key)
            if table is None:
                numbers += (UNKNOWN,) * length
                continue
            values = table.values
            if len(values) != length:
                raise ValueError(f"table {key!r} has {len(values)} cells, its form {length}")
            try:
                # Adding up is the fastest way to learn that no None is among the values.
                sum(values)  # type: ignore[arg-type]
            except (TypeError, ArithmeticError):
                numbers += [UNKNOWN if value is None else value for value in values]
            else:
                numbers += values
        facts = report.facts
        for key in self._facts:
            fact = facts.get(key) if facts else None
            numbers.append(UNKNOWN if fact is None or fact.number is None else fact.number)
        numbers.append(UNKNOWN if report.year is None else report.year)
        return numbers
