"""Verbs about reports that add up those of other bodies. What is not at hand leaves a sum open, or a lower bound."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.checks.adding_up import own_figures, roll_up, scope_of
from disclosure_rules.model.collection import CollectionEvidence, CollectionOpen
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.checks.adding_up import Rollup
    from disclosure_rules.model.collection import CollectionContext, Submitted
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.report import Number
    from disclosure_rules.model.roster import RosterEntry

__all__ = ["total_below_parts", "total_unequal_parts"]

_MOST_CELLS = 3
_MOST_NAMES = 5


def total_below_parts(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A report that is to add up others and is below what those already in come to: whatever is missing, it is wrong."""
    for entry, report, rollup in _superiors(context):
        cells = [
            (words, own, total)
            for words, own, total, signed, _ in _cells(context, report, rollup)
            if own < total and not signed
        ]
        if cells:
            yield _evidence(entry, report, rollup, cells)


def total_unequal_parts(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A report whose scope the roster lists, with all of it in, and that is above what they come to."""
    for entry, report, rollup in _superiors(context):
        if not rollup.scope.declared:
            continue
        cells = list(_cells(context, report, rollup))
        above = [
            (words, own, total) for words, own, total, signed, partial in cells if not partial and own > total
        ]
        if above:
            yield _evidence(entry, report, rollup, above)
        elif any(partial for *_, partial in cells) or not rollup.all_in:
            yield CollectionOpen(row=entry.row, files=(report.name,), reason=_lacking(rollup))


def _superiors(context: CollectionContext) -> Iterator[tuple[RosterEntry, Submitted, Rollup]]:
    below = {one.parent for one in context.roster}
    for entry in context.roster:
        reports = context.by_row.get(entry.row)
        if reports and (entry.aggregates or entry.name in below):
            rollup = roll_up(context, scope_of(context, entry))
            if rollup.included:
                yield entry, reports[0], rollup


def _cells(
    context: CollectionContext, report: Submitted, rollup: Rollup
) -> Iterator[tuple[str, Number, Number, bool, bool]]:
    """Cells to compare: words, own value, sum of the parts, whether it may be negative, whether it is partial."""
    for key, added in rollup.tables.items():
        spec: TableSpec | None = context.layouts[added.form].table(key)
        own = own_figures(context.layouts, key, added, report.facts["tables"])
        if spec is None:
            continue
        for (row, column), number in own.figures.items():
            if number is None:
                continue
            index = spec.index[row, column]
            words = f"{spec.title.zh.split('（')[0]}「{spec.row(row).label.zh}」「{spec.column(column).label.zh}」"
            yield words, number, added.values[index], spec.column(column).signed, added.partial[index]


def _evidence(
    entry: RosterEntry, report: Submitted, rollup: Rollup, cells: Sequence[tuple[str, Number, Number]]
) -> CollectionEvidence:
    told = [f"{words}为 {own}，下级合计 {total}" for words, own, total in cells[:_MOST_CELLS]]
    values: dict[str, Number | str | None] = {
        "body": entry.name,
        "count": len(cells),
        "cells": "；".join(told),
        "included": len(rollup.included),
        "missing": len(rollup.missing),
    }
    return CollectionEvidence(row=entry.row, files=(report.name,), values=values)


def _lacking(rollup: Rollup) -> Text:
    names = (
        [one.name for one in rollup.missing]
        + [one.name for one, _ in rollup.unread]
        + list(rollup.scope.unknown)
    )
    named = "、".join(dict.fromkeys(names[:_MOST_NAMES])) or "—"
    return Text(
        zh=f"汇总范围内还有没收到或没读出的报告（{named} 等 {len(names)} 处），不能核对是否相等",
        en=f"reports of the scope are missing or not read ({named}; {len(names)} in all), so equality cannot be judged",
    )
