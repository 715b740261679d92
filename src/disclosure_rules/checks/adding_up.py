"""Adding up: what the report of a superior body must come to, from the reports of those it covers.

Art. 二 of both format notices has county and higher governments add up figures level by level (逐级汇总). What is not at
hand makes a sum a lower bound, never a number: the answers that are certain all the same are given, the others stay open.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.model.collection import CollectionContext, Submitted
    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.report import Number
    from disclosure_rules.model.roster import RosterEntry

__all__ = ["Own", "Rollup", "Scope", "TableSum", "own_figures", "roll_up", "scope_of"]


class Scope(NamedTuple):
    """Whose figures a report adds up.

    Attributes:
        parts: The bodies.
        declared: Whether the roster lists them (汇总范围): then they are all. Else they are those below it, or the list
            names the body itself, whose own figures no other report gives: they come on top.
        unknown: Names of the list that are not in the roster.
    """

    parts: tuple[RosterEntry, ...]
    declared: bool
    unknown: tuple[str, ...] = ()


class TableSum(NamedTuple):
    """A table added up: by cell of the form the sum of what is known, and whether more may come on top."""

    form: str
    values: tuple[Number, ...]
    partial: tuple[bool, ...]


class Rollup(NamedTuple):
    """The sums over a scope, and what is in them and what is not.

    `unread` are parts whose table could not be read or follows another form than most, with the table. `absent` are the
    tables that no report of the scope has. `several` are parts of which more than one report came in; the first counts.
    """

    scope: Scope
    included: tuple[Submitted, ...]
    missing: tuple[RosterEntry, ...]
    unread: tuple[tuple[Submitted, str], ...]
    tables: Mapping[str, TableSum]
    absent: tuple[str, ...] = ()
    several: tuple[Submitted, ...] = ()

    @property
    def all_in(self) -> bool:
        """Whether every part is in, with every table that any of them has."""
        return not (self.missing or self.unread or self.scope.unknown)

    @property
    def complete(self) -> bool:
        """Whether every sum is the whole sum: all in, no cell unknown, no table absent, nothing of its own on top."""
        whole = not any(any(table.partial) for table in self.tables.values())
        return self.all_in and whole and self.scope.declared and bool(self.included) and not self.absent


class Own(NamedTuple):
    """A table of the superior's own report beside the sum: its figures by row and column, as far as both forms have them.

    `whole` is False where it follows a form with other cells; `form` is None where the report has no such table.
    """

    form: str | None
    figures: Mapping[tuple[str, str], Number | None]
    whole: bool


def own_figures(layouts: Mapping[str, Layout], key: str, added: TableSum, own: Mapping[str, Any]) -> Own:
    """What the superior's own report says in the cells of a sum.

    A row and a column of the same key mean the same in every form, so cells of another form are compared by them.

    Args:
        layouts: The known forms.
        key: The table.
        added: Its sum.
        own: The tables of the superior's report, as the store keeps them; empty where there is none.
    """
    stated = own.get(key)
    spec, theirs = _spec(layouts, added.form, key), stated and _spec(layouts, stated["form"], key)
    if stated is None or spec is None or not theirs:
        return Own(None, {}, whole=False)
    figures = {
        cell: _number(stated["values"][index]) for cell, index in theirs.index.items() if cell in spec.index
    }
    return Own(stated["form"], figures, whole=theirs.cells == spec.cells)


def _spec(layouts: Mapping[str, Layout], form: str, key: str) -> TableSpec | None:
    layout = layouts.get(form)
    return layout.table(key) if layout else None


def _number(value: int | str | None) -> Number | None:
    return Decimal(value) if isinstance(value, str) else value


def scope_of(context: CollectionContext, entry: RosterEntry) -> Scope:
    """Whose figures the report of a body adds up: by the list of the roster, else the bodies whose superior it is."""
    names = {one.name: one for one in context.roster}
    if entry.aggregates:
        parts = tuple(names[name] for name in entry.aggregates if name in names and name != entry.name)
        unknown = tuple(name for name in entry.aggregates if name not in names)
        return Scope(parts, declared=entry.name not in entry.aggregates, unknown=unknown)
    return Scope(tuple(one for one in context.roster if one.parent == entry.name), declared=False)


def roll_up(context: CollectionContext, scope: Scope) -> Rollup:
    """Add up the tables of the reports of a scope; of several reports of a body the first by name counts."""
    included = tuple(context.by_row[one.row][0] for one in scope.parts if one.row in context.by_row)
    missing = tuple(one for one in scope.parts if one.row not in context.by_row)
    tables: dict[str, TableSum] = {}
    unread: list[tuple[Submitted, str]] = []
    keys = dict.fromkeys(key for one in included for key in one.facts["tables"])
    for key in keys:
        forms = [one.facts["tables"][key]["form"] for one in included if key in one.facts["tables"]]
        form = max(dict.fromkeys(forms), key=forms.count)
        same = _same_cells(context.layouts, key, form)
        there = [one for one in included if one.facts["tables"].get(key, {}).get("form") in same]
        unread += [(one, key) for one in included if one not in there]
        rows = [one.facts["tables"][key]["values"] for one in there]
        short = not scope.declared or len(there) < len(scope.parts) + len(scope.unknown)
        tables[key] = TableSum(
            form,
            tuple(_sum(column) for column in zip(*rows, strict=True)),
            tuple(short or None in column for column in zip(*rows, strict=True)),
        )
    forms_seen = {table.form for table in tables.values()}
    due = (table.key for form in sorted(forms_seen) for table in context.layouts[form].tables)
    absent = tuple(dict.fromkeys(key for key in due if key not in tables))
    several = tuple(one for one in included if one.row is not None and len(context.by_row[one.row]) > 1)
    return Rollup(scope, included, missing, tuple(unread), tables, absent, several)


def _same_cells(layouts: Mapping[str, Layout], key: str, form: str) -> frozenset[str]:
    """The forms whose table has the very cells of another's: table 4 of 2019 is that of 2021."""
    spec = _spec(layouts, form, key)
    cells = spec.cells if spec else None
    others = {
        one for one in layouts if (other := _spec(layouts, one, key)) is not None and other.cells == cells
    }
    return frozenset({form, *others})


def _sum(values: Sequence[int | str | None]) -> Number:
    total: Number = 0
    for value in values:
        total += _number(value) or 0
    return total
