"""Text of a page that is struck out: a line through its characters, from where they begin to where they end."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from typing import TYPE_CHECKING

from disclosure_rules.ingest.pdf_page import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.pdf_page import Char, Rule

__all__ = ["without_struck"]

# Of the height of a character, how far above its baseline the line runs: an underline lies below it, and a border of a
# table that cuts into text goes on beyond it.
_LOWEST, _HIGHEST = 0.12, 0.55
# Of the height, how far the ends of the line may be from those of the text.
_NEAR = 0.2


def without_struck(chars: Sequence[Char], across: Sequence[Rule]) -> tuple[list[Char], int]:
    """The characters without those struck out, and how many of them were.

    A digit stays as one that cannot be read: the changes of a draft are printed so, and which number holds in the end is
    for nobody to guess.

    Args:
        chars: The characters of a page.
        across: Its horizontal lines.
    """
    struck = set(_struck(chars, sorted(across)))
    left = [
        char._replace(text=DAMAGED) if index in struck else char
        for index, char in enumerate(chars)
        if index not in struck or char.text.isdigit()
    ]
    return left, len(struck)


def _struck(chars: Sequence[Char], lines: Sequence[Rule]) -> Iterator[int]:
    heights = [line.at for line in lines]
    rows: dict[tuple[float, float], list[int]] = defaultdict(list)
    for index, char in enumerate(chars):
        if not char.turned:
            rows[char.base, char.y1 - char.y0].append(index)
    for (base, height), row in rows.items():
        first = bisect_left(heights, base - _HIGHEST * height)
        last = bisect_left(heights, base - _LOWEST * height, first)
        for line in lines[first:last]:
            within = [i for i in row if line.start < (chars[i].x0 + chars[i].x1) / 2 < line.end]
            if within and _ends_with(line, [chars[i] for i in within], _NEAR * height):
                yield from within


def _ends_with(line: Rule, text: Sequence[Char], near: float) -> bool:
    start, end = min(char.x0 for char in text), max(char.x1 for char in text)
    return abs(line.start - start) < near and abs(line.end - end) < near
