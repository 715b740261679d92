"""Figures in running text: how many of what, and the lists that break them down."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.fold import Squeezed, squeezed
from disclosure_rules.model.report import Fact
from disclosure_rules.numbers import chinese_number, read_number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from disclosure_rules.model.report import Number, Paragraph

__all__ = ["FIGURE", "Clause", "bracketed", "figure_of", "itemised", "read_clauses"]

_UNITS = "条|件|份|宗|人次|人|次|起|个|项|篇|期|封|例"
# Written in Chinese, a figure is one only before these words: 一起, 一个 and 一次 are no counts.
_SURE_UNITS = "条|件|份|宗|人次"
# A figure with its measure word, in squeezed text. 余 and 多 make it approximate: then it is no number to reckon with.
FIGURE = (
    r"(?P<about>约|近|逾|超过?)?(?P<number>(?<![\d.])\d{1,3}(?:,\d{3}){1,3}(?![\d.])|(?<![\d.])\d{1,12}(?:\.\d{1,4})?(?![\d.])"
    rf"|[〇一二两三四五六七八九十百千万]{{1,9}}(?=余?(?:{_SURE_UNITS})))"
    rf"(?P<scale>[万亿])?(?P<more>余|多)?(?P<unit>{_UNITS}|%)"
)
_COUNT = re.compile(rf"[\d〇一二两三四五六七八九十百千万亿](?:{_UNITS})")
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_ITEM = re.compile(rf"(?:其中|包括|分别[是为])?:?(?P<label>(?!约?占)[^\d:。]{{1,40}}?){FIGURE}\)?")
_SHARE = re.compile(r"(?:约?占|比例)[^,;。]{0,20}%.{0,2}")
_MAX_ITEMS = 60
_MAX_CLAUSES = 5_000


class Clause(NamedTuple):
    """The squeezed text of a paragraph, for patterns, with the way back to its places."""

    text: str
    squeezed: Squeezed
    paragraph: Paragraph

    def fact(self, key: str, number: Number | None, unit: str | None, span: tuple[int, int]) -> Fact:
        """A figure whose words stand at `span` of the squeezed text."""
        place = self.squeezed.printed(*span)
        return Fact(
            key=key,
            text=self.paragraph.text[place],
            number=number,
            unit=unit,
            location=self.paragraph.location_at(place.start),
        )


def read_clauses(paragraphs: tuple[Paragraph, ...]) -> Iterator[Clause]:
    """The paragraphs of a section, squeezed for patterns."""
    for paragraph in paragraphs[:_MAX_CLAUSES]:
        text = squeezed(paragraph.text)
        yield Clause(text.text, text, paragraph)


def figure_of(match: re.Match[str]) -> tuple[Number | None, str]:
    """The number and the measure word of a match of `FIGURE`; None for an approximate number."""
    printed, scale = match["number"], match["scale"] or ""
    unit = match["unit"]
    if match["about"] or match["more"]:
        return None, unit
    if printed[0].isdigit():
        return read_number(printed + scale).number, unit
    return chinese_number(printed + scale), unit


def itemised(clause: Clause, start: int, separators: str = ",") -> list[Fact]:
    """The list of figures from `start` to the end of the sentence: 其中当面申请数18条，电子邮件申请数3条.

    Args:
        clause: The text.
        start: Where the list begins.
        separators: The marks between its items: `,` alone, or `,;`.

    Returns:
        The items with their printed labels as keys; shares of them (占34.8%) are left out. The list ends with the
        first stretch without a figure. Empty where fewer than two were found, for one figure lists nothing, and
        where an item could not be read.
    """
    ends = "。" if ";" in separators else "。;"
    end = next((at for at in range(start, len(clause.text)) if clause.text[at] in ends), len(clause.text))
    return _items(clause, start, end, separators)


def bracketed(clause: Clause, start: int) -> list[Fact]:
    """The list in brackets right behind a figure: 3607件（市政府349件、沭阳县477件）."""
    if clause.text[start : start + 1] != "(":
        return []
    end = clause.text.find(")", start)
    return _items(clause, start + 1, end, ",;、") if end > start else []


def _items(clause: Clause, start: int, end: int, separators: str) -> list[Fact]:
    found: list[Fact] = []
    position = start
    while position < end and len(found) < _MAX_ITEMS:
        stop = next((at for at in range(position, end) if _separates(clause.text, at, separators)), end)
        item = _ITEM.fullmatch(clause.text, position, stop)
        if item:
            found.append(_labelled(clause, item))
        elif stop > position and not _SHARE.fullmatch(clause.text, position, stop):
            if _COUNT.search(clause.text, position, stop):
                return []  # an item that cannot be read: half a list would seem not to add up
            break
        position = stop + 1
    return found if len(found) > 1 else []


def _separates(text: str, at: int, separators: str) -> bool:
    """Whether the mark at a place separates items and not the thousands of a figure."""
    return text[at] in separators and not (text[at] == "," and _THOUSANDS.match(text, max(0, at - 1)))


def _labelled(clause: Clause, item: re.Match[str]) -> Fact:
    number, unit = figure_of(item)
    label = clause.paragraph.text[clause.squeezed.printed(*item.span("label"))]
    return clause.fact(label.strip("（(、，"), number, unit, (item.start("label"), item.end("unit")))


def percentage(text: str) -> Number:
    """A percentage as printed, exact."""
    return int(text) if text.isdigit() else Decimal(text)
