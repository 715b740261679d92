"""Charts as SVG that a printer and a screen reader can do with: bars are drawn, numbers and words stand beside them.

A bar stretches with its column, so words are never in it; colours come from the style sheet by class.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.formatters.html_words import pick
from disclosure_rules.formatters.markup import tag

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.formatters.markup import Markup
    from disclosure_rules.model.text import Lang

__all__ = ["Part", "bar", "legend", "share", "timeline"]

_LEAST = 3.0  # per cent of the height that a few reports are drawn with: fewer would not be seen
_THIN = 1.0  # the same of the width of a bar
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun")  # of the timeline: reports are due by the end of March


class Part(NamedTuple):
    """A part of a whole: how many, its class in the style sheet, and its words."""

    number: int
    look: str
    words: str


def bar(parts: Sequence[Part], whole: int) -> Markup:
    """Parts one after the other, as long as their share of `whole`. What it shows stands in words elsewhere."""
    at = 0.0
    drawn = []
    for part in parts:
        wide = max(100 * part.number / whole, _THIN) if part.number else 0.0
        drawn.append(tag("rect", x=f"{at:.2f}", y=0, width=f"{wide:.2f}", height=10, class_=part.look))
        at += wide
    return tag(
        "svg", drawn, viewBox="0 0 100 10", preserveAspectRatio="none", class_="bar", aria_hidden="true"
    )


def legend(parts: Sequence[Part], whole: int) -> Markup:
    """The words of a bar's parts, each with its number and its share."""
    entries = (
        tag(
            "li",
            tag("span", class_=f"key {part.look}"),
            f" {part.words} ",
            tag("b", str(part.number)),
            f" · {share(part.number, whole)}" if whole else None,
        )
        for part in parts
        if part.number
    )
    return tag("ul", entries, class_="parts")


def share(count: int, whole: int) -> str:
    """A share as a person reads it: what is there is never 0 %."""
    told = f"{count / whole:.0%}"
    return "<1%" if count and told == "0%" else told


def timeline(days: Mapping[tuple[str, bool], int], year: int, lang: Lang) -> Markup:
    """When reports were published: thirds of the months from January after the report year, and what is outside.

    Args:
        days: How many reports there are of each day, ISO, by whether they came late.
        year: The report year.
        lang: The language.
    """
    counted: Counter[tuple[int, bool]] = Counter()
    for (day, late), number in days.items():
        counted[_third(date.fromisoformat(day), year + 1), late] += number
    most = max((counted[place, True] + counted[place, False] for place, _ in counted), default=0)
    columns = (
        _column(words, (counted[place, False], counted[place, True]), most, lang)
        for place, words in enumerate(_thirds(lang), -1)
    )
    return tag("ol", columns, class_="timeline")


def _third(day: date, year: int) -> int:
    """The number of a third of a month from January of `year`; -1 before, and after the last month what follows it."""
    if day.year < year:
        return -1
    if day.year > year or day.month > len(_MONTHS):
        return len(_MONTHS) * 3
    return (day.month - 1) * 3 + min((day.day - 1) // 10, 2)


def _thirds(lang: Lang) -> Iterator[tuple[str, str, str]]:
    """Month, third and full words of each column."""
    yield pick(lang, "前", "before"), "", pick(lang, "更早", "before")
    for month, name in enumerate(_MONTHS, 1):
        for zh, en in (("上", "1–10"), ("中", "11–20"), ("下", "21–")):
            head = pick(lang, f"{month}月", name) if zh == "上" else ""
            yield head, pick(lang, zh, en), pick(lang, f"{month}月{zh}旬", f"{name} {en}")
    yield pick(lang, "后", "after"), "", pick(lang, "更晚", "after")


def _column(words: tuple[str, str, str], counts: tuple[int, int], most: int, lang: Lang) -> Markup:
    in_time, late = (max(100 * count / most, _LEAST) if count else 0.0 for count in counts)
    total = sum(counts)
    drawn = (
        tag("rect", x=0, y=f"{106 - in_time:.2f}", width=10, height=f"{in_time:.2f}", class_="in-time"),
        tag("rect", x=0, y=f"{106 - in_time - late:.2f}", width=10, height=f"{late:.2f}", class_="late"),
    )
    told = pick(
        lang,
        f"{words[2]}：{total} 份，其中逾期 {counts[1]} 份",
        f"{words[2]}: {total}, of which {counts[1]} late",
    )
    return tag(
        "li",
        tag("span", told, class_="spoken"),
        tag("b", str(total) if total else "", aria_hidden="true"),
        tag("svg", drawn, viewBox="0 0 10 106", preserveAspectRatio="none", aria_hidden="true"),
        tag("span", words[1], class_="third", aria_hidden="true"),
        tag("span", words[0], class_="month", aria_hidden="true"),
    )
