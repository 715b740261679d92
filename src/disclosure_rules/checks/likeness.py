"""Verbs about what reports of different bodies have in common, or should have: texts, names, files, sizes."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from math import log
from statistics import median
from typing import TYPE_CHECKING

from disclosure_rules.model.collection import CollectionEvidence, CollectionOpen
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.model.collection import CollectionContext, SharedPassage, Submitted
    from disclosure_rules.model.report import Number
    from disclosure_rules.model.roster import RosterEntry

__all__ = ["figure_far_from_peers", "file_of_two_bodies", "other_body_spoken_of", "text_shared"]

_SHOWN = 3
_TO_SIGMA = 1.4826  # of a median deviation, for a normal distribution
_GOVERNMENT = ("人民政府", "管理委员会", "管委会")


def text_shared(
    context: CollectionContext, *, section: str, percent: int, least: int
) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A section most of which stands in the report of another body, with the passages and where they stand in both.

    Args:
        context: The batch.
        section: Key of the section.
        percent: From which share on, in per cent; what many say, numbers, titles and the bodies' names do not count.
        least: How many characters there must be to compare.
    """
    if context.alike is None or len(context.submitted) < 2:  # noqa: PLR2004  two reports are compared
        return
    found = context.alike(section, percent=percent, least=least)
    if found is None:
        reason = Text(
            zh="没有安装 rensa，没有比较各单位的文字；请安装 disclosure-rules[batch]",
            en="rensa is not installed, so texts were not compared; install disclosure-rules[batch]",
        )
        yield CollectionOpen(reason=reason)
        return
    for one in found:
        values: dict[str, Number | str | None] = {
            "body": one.report.body,
            "other": one.other.body or one.other.name,
            "share": one.percent,
            "also": one.also,
            "also_zh": f"另有 {one.also} 份报告也大部分相同" if one.also else "没有更多报告与它大部分相同",
            "also_en": f"{one.also} more have most of it too" if one.also else "no more have most of it",
            "passages_zh": "；".join(map(_passage_zh, one.passages)),
            "passages_en": "; ".join(map(_passage_en, one.passages)),
        }
        yield CollectionEvidence(row=one.report.row, files=(one.report.name, one.other.name), values=values)


def _passage_zh(passage: SharedPassage) -> str:
    where = [
        f"{whose}{place.zh}" for whose, place in (("本报告", passage.here), ("对方", passage.there)) if place
    ]
    return f"「{passage.words}」" + (f"（{'，'.join(where)}）" if where else "")


def _passage_en(passage: SharedPassage) -> str:
    where = [
        f"{whose} {place.en}" for whose, place in (("here", passage.here), ("there", passage.there)) if place
    ]
    return f"“{passage.words}”" + (f" ({', '.join(where)})" if where else "")


def other_body_spoken_of(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A sentence that begins with the name of another body of the roster and goes on as only one's own report would.

    Bodies above and below are left out: a report may well tell what they do. Without a roster nothing is said.
    """
    family = _Family(context.roster)
    for one in context.submitted:
        if one.row is None:
            continue
        for name, section, paragraph, line, words in one.facts["subjects"]:
            other = family.stranger(one, name)
            if other is None:
                continue
            zh, en = (
                (f"第 {line} 行", f"line {line}")
                if line
                else (f"第 {paragraph} 段", f"paragraph {paragraph}")
            )
            values: dict[str, Number | str | None] = {
                "body": one.body,
                "other": other.name,
                "words": words,
                "section": section,
                "place_zh": zh,
                "place_en": en,
            }
            yield CollectionEvidence(row=one.row, files=(one.name,), values=values)
            break  # one sentence shows it; a report left with another's name has many


class _Family:
    """Who of a roster is above or below whom, and whose a name is."""

    def __init__(self, roster: Sequence[RosterEntry]) -> None:
        self._by_row = {entry.row: entry for entry in roster}
        self._rows: dict[str, set[int]] = defaultdict(set)
        for entry in roster:
            for name in (entry.name, *entry.other_names):
                self._rows[_plain(name)].add(entry.row)
        self._parent = {entry.name: entry.parent for entry in roster}

    def stranger(self, report: Submitted, name: str) -> RosterEntry | None:
        """The body of a name, where it is certainly neither that of the report nor above or below it."""
        rows = self._rows.get(_plain(name), set())
        own = self._by_row[report.row] if report.row is not None else None
        if len(rows) != 1 or own is None:
            return None
        other = self._by_row[next(iter(rows))]
        names = [
            _plain(one) for one in (own.name, *own.other_names, report.body or "", *report.facts["names"])
        ]
        if any(one and (one in name or _plain(name) in one) for one in names):
            return None
        if other.name in self._above(own.name) or own.name in self._above(other.name):
            return None
        if other.name in own.aggregates or own.name in other.aggregates:
            return None
        return other

    def _above(self, name: str) -> set[str]:
        found: set[str] = set()
        parent = self._parent.get(name)
        while parent is not None and parent not in found:
            found.add(parent)
            parent = self._parent.get(parent)
        return found


def _plain(name: str) -> str:
    for ending in _GOVERNMENT:
        name = name.removesuffix(ending) or name
    return name


def file_of_two_bodies(context: CollectionContext) -> Iterator[CollectionEvidence | CollectionOpen]:
    """The same file, byte for byte, handed in for two bodies."""
    if not context.roster:
        return
    same: dict[str, list[Submitted]] = defaultdict(list)
    for one in context.submitted:
        same[one.facts["sha256"]].append(one)
    for files in same.values():
        rows = {row for one in files for row in one.rows}
        if len(files) > 1 and len(rows) > 1:
            for row in sorted(rows):
                values: dict[str, Number | str | None] = {"count": len(files)}
                yield CollectionEvidence(row=row, files=tuple(one.name for one in files), values=values)


def figure_far_from_peers(
    context: CollectionContext, *, cells: Sequence[str], peers: int, deviations: int, least: int
) -> Iterator[CollectionEvidence | CollectionOpen]:
    """A figure of another order of size than those of the other bodies of its kind.

    Bodies that have others below them are left out: their figures grow with those.

    Args:
        context: The batch.
        cells: The cells to look at (`requests.received.total`).
        peers: How many bodies of a kind there must be.
        deviations: From how many robust standard deviations of the logarithms on.
        least: Smaller figures are left out.
    """
    superiors = {entry.parent for entry in context.roster}
    alone = [
        context.by_row[entry.row][0]
        for entry in context.roster
        if entry.row in context.by_row and entry.name not in superiors and not entry.aggregates
    ]
    for path in cells:
        by_kind: dict[str, list[tuple[Submitted, float]]] = defaultdict(list)
        for report in alone:
            value = _value(context, report, path)
            if value is not None and report.kind is not None:
                by_kind[report.kind].append((report, value))
        for found in by_kind.values():
            if len(found) >= peers:
                yield from _far(context, path, found, deviations, least)


def _far(
    context: CollectionContext, path: str, found: list[tuple[Submitted, float]], deviations: int, least: int
) -> Iterator[CollectionEvidence]:
    logs = [log(1 + value) for _, value in found]
    middle = median(logs)
    # Where most have the same figure, a step of the next order still is one.
    spread = max(median(abs(one - middle) for one in logs) * _TO_SIGMA, 0.5)
    for (report, value), one in zip(found, logs, strict=True):
        if value >= least and one - middle >= deviations * spread:
            table, row, column = path.split(".")
            spec = context.layouts[report.facts["tables"][table]["form"]].table(table)
            if spec is None:
                continue
            values: dict[str, Number | str | None] = {
                "body": report.body,
                "cell_zh": f"{spec.row(row).label.zh}「{spec.column(column).label.zh}」",
                "cell_en": f"{spec.row(row).label.en}, {spec.column(column).label.en}",
                "value": Decimal(str(value)).normalize() if value != int(value) else int(value),
                "median": round(median(other for _, other in found)),
                "peers": len(found),
            }
            yield CollectionEvidence(row=report.row, files=(report.name,), values=values)


def _value(context: CollectionContext, report: Submitted, path: str) -> float | None:
    """The number of a cell; None where there is none, or a negative one."""
    key, row, column = path.split(".")
    tables: Mapping[str, Mapping[str, Sequence[int | str | None]]] = report.facts["tables"]
    table = tables.get(key)
    layout = context.layouts.get(str(table["form"])) if table else None
    spec = layout.table(key) if layout else None
    index = spec.index.get((row, column)) if spec else None
    value = table["values"][index] if table and index is not None else None
    return float(value) if value is not None and float(value) >= 0 else None
