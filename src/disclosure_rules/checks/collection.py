"""Verbs about a whole batch: who is missing or late, what came in twice, and of the wrong year."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.collection import CollectionEvidence, CollectionOpen
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.collection import CollectionContext, Submitted
    from disclosure_rules.model.report import Number

__all__ = [
    "body_not_in_roster",
    "published_after_due",
    "report_missing",
    "report_of_other_year",
    "submitted_twice",
    "versions_differ",
]

_MOST_CELLS = 3


def report_missing(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A body of the roster of which no report of the year came in; open where a doubtful or unread file may be its."""
    for entry in context.roster:
        if entry.row in context.by_row:
            continue
        maybe = context.uncertain.get(entry.row, ())
        if maybe:
            names = "、".join(one.name for one in maybe[:_MOST_CELLS])
            yield CollectionOpen(
                row=entry.row,
                files=tuple(one.name for one in maybe),
                reason=Text(
                    zh=f"可能是这个单位的报告，不能确定：{names}",
                    en=f"may be of this body, not for certain: {names}",
                ),
            )
        elif unread := context.unread.get(entry.row, ()):
            names = "、".join(unread[:_MOST_CELLS])
            yield CollectionOpen(
                row=entry.row,
                files=unread,
                reason=Text(
                    zh=f"收到了文件，但没有读出：{names}",
                    en=f"a file came in, which could not be read: {names}",
                ),
            )
        else:
            yield CollectionEvidence(row=entry.row, values={"body": entry.name, "year": context.year})


def published_after_due(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A report published after the day that the roster sets for its body; every version of it is late."""
    for entry in context.roster:
        reports = context.by_row.get(entry.row, ())
        days = [one.facts.get("published") for one in reports]
        if entry.due is None or not reports:
            continue
        if any(day is None for day in days):
            yield CollectionOpen(
                row=entry.row,
                files=tuple(one.name for one in reports),
                reason=Text(zh="报告没有写明公布日期", en="the report gives no day of publication"),
            )
            continue
        first = min(str(day)[:10] for day in days)
        if first > entry.due:
            values: dict[str, Number | str | None] = {
                "body": entry.name,
                "published": first,
                "due": entry.due,
            }
            yield CollectionEvidence(row=entry.row, files=tuple(one.name for one in reports), values=values)


def submitted_twice(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """Several reports of a body for the year that say the same in their tables."""
    for row, reports in _several(context):
        if not _difference(context, reports):
            values: dict[str, Number | str | None] = {"count": len(reports), "body": reports[0].body}
            yield CollectionEvidence(row=row, files=tuple(one.name for one in reports), values=values)


def versions_differ(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """Several reports of a body for the year whose tables differ."""
    for row, reports in _several(context):
        cells = _difference(context, reports)
        if cells:
            values: dict[str, Number | str | None] = {
                "body": reports[0].body,
                "count": len(cells),
                "cells": "；".join(cells[:_MOST_CELLS]),
            }
            yield CollectionEvidence(row=row, files=tuple(one.name for one in reports), values=values)


def report_of_other_year(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A report of a body of the roster for another year than the batch's."""
    for one in context.submitted:
        if one.row is not None and one.year is not None and one.year != context.year:
            values: dict[str, Number | str | None] = {
                "body": one.body,
                "year": one.year,
                "expected": context.year,
            }
            yield CollectionEvidence(row=one.row, files=(one.name,), values=values)


def body_not_in_roster(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A report of a body that the roster does not have; without a roster nothing is said."""
    if not context.roster:
        return
    for one in context.submitted:
        if not one.rows:
            yield CollectionEvidence(files=(one.name,), values={"body": one.body, "file": one.name})


def _several(context: CollectionContext) -> Iterator[tuple[int, tuple[Submitted, ...]]]:
    return ((row, reports) for row, reports in context.by_row.items() if len(reports) > 1)


def _difference(context: CollectionContext, reports: tuple[Submitted, ...]) -> list[str]:
    """The cells in which the first report and another differ, in words; a cell that one of them lacks does not count."""
    first = reports[0].facts.get("tables", {})
    found: dict[str, None] = {}
    for other in reports[1:]:
        for key, table in other.facts.get("tables", {}).items():
            before = first.get(key)
            if before is None or before["form"] != table["form"]:
                continue
            layout = context.layouts.get(table["form"])
            spec = layout.table(key) if layout else None
            if spec is None:
                continue
            for (row, column), index in spec.index.items():
                old, new = before["values"][index], table["values"][index]
                if old is not None and new is not None and old != new:
                    words = f"{spec.row(row).label.zh}「{spec.column(column).label.zh}」{old} 与 {new}"
                    found[words] = None
    return list(found)
