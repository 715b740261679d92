"""Characters to lines of text: by their height on the page, with spaces only where a space was meant."""

from __future__ import annotations

from operator import attrgetter
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.pdf_page import DAMAGED, Char

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Line", "join", "lines_of"]

# A raised figure still stands on its line, and lines are a whole height apart.
_SAME_LINE = 0.4
# Latin words and numbers stand apart by a quarter of their height; Han characters are only justified apart.
_WORD_GAP = 0.2
_FIELD_GAP = 1.5
_OVERLAP = 0.5
_PRINTED_TWICE = 0.2


class Line(NamedTuple):
    """A line of text in its box.

    `em` is the width of a Han character in it, where there is one (`sized`); `overlaps` counts overprinted places.
    """

    x0: float
    y0: float
    x1: float
    y1: float
    text: str
    em: float
    sized: bool
    overlaps: int = 0


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """The lines, from top to bottom, each read from left to right."""
    rows: list[list[Char]] = []
    base = size = 0.0
    for char in sorted(chars, key=attrgetter("base")):
        if rows and char.base - base <= _SAME_LINE * size:
            rows[-1].append(char)
        else:
            rows.append([char])
            base, size = char.base, 0.0
        size = max(size, char.x1 - char.x0, char.y1 - char.y0)
    return [_line(row) for row in rows]


def join(before: str, after: str) -> str:
    """Two lines of one paragraph or cell: with a space between Latin words only."""
    latin = before[-1:].isascii() and before[-1:].isalpha() and after[:1].isascii() and after[:1].isalpha()
    return f"{before} {after}" if latin else before + after


def _line(row: Sequence[Char]) -> Line:
    if len(row) == 1:  # as of most cells
        (char,) = row
        is_han = "\u3400" <= char.text <= "\u9fff"
        em = char.x1 - char.x0 if is_han else char.y1 - char.y0
        return Line(char.x0, char.y0, char.x1, char.y1, char.text, em, is_han)
    row = sorted(row, key=attrgetter("x0"))
    kept: list[Char] = []
    spaces: list[str] = []
    overlaps = 0
    for char in row:
        if not kept:
            kept, spaces = [char], [""]
            continue
        before = kept[-1]
        height = max(char.y1 - char.y0, before.y1 - before.y0)  # that of 一 may be next to nothing
        gap = char.x0 - before.x1
        if gap < 0 and _overlap(before, char):
            if before.text == char.text and char.x0 - before.x0 < _PRINTED_TWICE * height:
                continue  # bold made by printing twice
            overlaps += 1
            kept[-1] = before._replace(text=DAMAGED, x1=max(before.x1, char.x1))
            continue
        apart = gap > _WORD_GAP * height and (
            gap > _FIELD_GAP * height or (_is_latin(before) and _is_latin(char))
        )
        kept.append(char)
        spaces.append(" " if apart else "")
    han = [char.x1 - char.x0 for char in kept if "\u3400" <= char.text <= "\u9fff"]
    return Line(
        x0=kept[0].x0,
        y0=min([char.y0 for char in kept]),
        x1=max([char.x1 for char in kept]),
        y1=max([char.y1 for char in kept]),
        text="".join([space + char.text for space, char in zip(spaces, kept, strict=True)]),
        em=median(han) if han else median(char.y1 - char.y0 for char in kept),
        sized=bool(han),
        overlaps=overlaps,
    )


def _overlap(before: Char, char: Char) -> bool:
    """Whether two characters stand in one place. Punctuation may: it is squeezed into its neighbour's box."""
    width = min(char.x1 - char.x0, before.x1 - before.x0)
    return before.x1 - char.x0 > _OVERLAP * width and (
        before.text == char.text or (_is_word(before) and _is_word(char))
    )


def _is_word(char: Char) -> bool:
    return char.text.isalnum() or char.text == DAMAGED


def _is_latin(char: Char) -> bool:
    return char.text.isascii()
