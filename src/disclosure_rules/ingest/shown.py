"""Which layout a report is in: the one that it shows, else the one of its year."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

from disclosure_rules.fold import squeeze
from disclosure_rules.ingest.per_layouts import PerLayouts
from disclosure_rules.ingest.tables.labels import without_year_said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.headings import Outline
    from disclosure_rules.model.layout import Layout

__all__ = ["Shown", "show_layout"]

# Half a heading more is enough to tell two layouts apart; less is a matter of synonyms (概述 and 总体情况).
_MARGIN = 0.5
_ENUMERATOR = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|\d{1,2}\.)")
_MIN_WORD = 5
# A table prints many labels of its form. One alone is prose: 规范性文件 stands in reports of every year.
_FEWEST_LABELS = 2


class Shown(NamedTuple):
    """The layout, what told it, and the headings by it."""

    layout: Layout | None
    source: Literal["shown", "year", "none"]
    outline: Outline | None


def show_layout(found: Sequence[Outline], text: str, year: int | None) -> Shown:
    """The layout of a report, by its headings, then by the words of its tables, then by its year.

    Args:
        found: The outline of the report in every layout, the best first.
        text: The whole text, folded.
        year: The report year, where it is known.
    """
    if not found:
        return Shown(None, "none", None)
    best = found[0]
    certain = any(heading.style != "bracket" or _only_in(best, key, found) for heading, key in best.chain)
    near = [outline for outline in found if not certain or outline.score > best.score - _MARGIN]
    if len(near) == 1:
        return Shown(best.layout, "shown", best)
    told = _by_tables(near, text)
    if told:
        return Shown(told.layout, "shown", told)
    # Between forms that came later than the report its headings tell none: it is in that of its year.
    of_year = next((outline for outline in (*near, *found) if _covers(outline.layout, year)), None)
    if of_year:
        return Shown(of_year.layout, "year", of_year)
    return Shown(None, "none", best if best.chain else None)


def _only_in(best: Outline, key: str, found: Sequence[Outline]) -> bool:
    """Whether no other form knows a section.

    （一）主动公开情况 without a heading of the first level is an aspect in one form, a section in another;
    （四）收费及减免 is a section of one form alone.
    """
    return all(outline.layout.section(key) is None for outline in found if outline is not best)


def _covers(layout: Layout, year: int | None) -> bool:
    return (
        year is not None
        and (layout.from_year is None or layout.from_year <= year)
        and (layout.to_year is None or year <= layout.to_year)
    )


def _by_tables(near: Sequence[Outline], text: str) -> Outline | None:
    """The one layout whose own column and row labels stand in the text more often than those of all others."""
    labels = _LABELS.of(sorted((outline.layout for outline in near), key=lambda layout: layout.id))
    squeezed = without_year_said(squeeze(text))
    counts = {layout: sum(word in squeezed for word in words) for layout, words in labels.items()}
    best = max(near, key=lambda outline: counts[outline.layout.id])
    others = [count for layout, count in counts.items() if layout != best.layout.id]
    most = counts[best.layout.id]
    return best if most > max(others, default=0) and most >= _FEWEST_LABELS else None


def _own_labels(layouts: Sequence[Layout]) -> dict[str, frozenset[str]]:
    """The labels of each layout that none of the others has."""
    labels = {layout.id: _labels(layout) for layout in layouts}
    own: dict[str, frozenset[str]] = {}
    for layout, words in labels.items():
        foreign = _of_others(labels, layout)
        own[layout] = frozenset(word for word in words if word not in foreign)
    return own


_LABELS = PerLayouts(_own_labels)


def _labels(layout: Layout) -> frozenset[str]:
    printed = [row.label.zh for table in layout.tables for row in table.rows]
    printed += [column.label.zh for table in layout.tables for column in table.columns]
    words = {_ENUMERATOR.sub("", label).split("（")[0] for label in printed}
    return frozenset(word for word in words if len(word) >= _MIN_WORD)


def _of_others(labels: Mapping[str, frozenset[str]], layout: str) -> str:
    """The labels of the other layouts as one text: a label that stands within one (处理决定数量) tells nothing."""
    return "\n".join(label for other, words in labels.items() if other != layout for label in words)
