"""What numbers on a page mean: where text runs, how a page is turned upright, which outlines are lines of a table."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from disclosure_rules.ingest.pdf_page import Rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    # Left, bottom, right, top.
    Box = tuple[float, float, float, float]
    Turn = Callable[[float, float, float, float], Box]

__all__ = ["direction_of", "lines_in", "rules_in", "turned_upright"]

_THIN = 3.0
_LEVEL = 1.0
_SLANT = 5


def turned_upright(bounds: Box, direction: int) -> tuple[Turn, float, float]:
    """How to turn a box of the page so that text runs to the right and y grows downwards; width and height then."""
    left, bottom, right, top = bounds
    turns: dict[int, Turn] = {
        0: lambda x0, y0, x1, y1: (x0 - left, top - y1, x1 - left, top - y0),
        90: lambda x0, y0, x1, y1: (y0 - bottom, x0 - left, y1 - bottom, x1 - left),
        180: lambda x0, y0, x1, y1: (right - x1, y0 - bottom, right - x0, y1 - bottom),
        270: lambda x0, y0, x1, y1: (top - y1, right - x1, top - y0, right - x0),
    }
    size = (right - left, top - bottom)
    width, height = size if direction in (0, 180) else size[::-1]
    return turns[direction], width, height


@lru_cache(maxsize=64)  # nearly all text of a page has the same
def direction_of(a: float, b: float) -> int | None:
    """Where text whose matrix begins so runs, in degrees; None where it is slanted across the page."""
    angle = math.degrees(math.atan2(b, a))
    quarter = round(angle / 90)
    return quarter % 4 * 90 if abs(angle - quarter * 90) < _SLANT else None


def lines_in(points: Sequence[tuple[float, float]], *, filled: bool, stroked: bool) -> Iterator[Box]:
    """The lines that an outline shows, as flat boxes.

    Args:
        points: Its corners in points of the page; it is straight throughout.
        filled: Whether it is painted: then a thin one is a line.
        stroked: Whether its edges are drawn: those that are level or upright are lines.
    """
    xs, ys = [x for x, _ in points], [y for _, y in points]
    box = (min(xs), min(ys), max(xs), max(ys))
    if filled and min(box[2] - box[0], box[3] - box[1]) <= _THIN:
        yield from _flat(box)
    if stroked:
        for (x0, y0), (x1, y1) in pairwise(points):
            if abs(x1 - x0) <= _LEVEL or abs(y1 - y0) <= _LEVEL:
                yield from _flat((min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))


def _flat(box: Box) -> Iterator[Box]:
    """The middle line of a thin box, unless it is but a dot."""
    left, bottom, right, top = box
    if right - left >= top - bottom:
        middle = (bottom + top) / 2
        box = (left, middle, right, middle)
    else:
        middle = (left + right) / 2
        box = (middle, bottom, middle, top)
    if max(box[2] - box[0], box[3] - box[1]) > _LEVEL:
        yield box


def rules_in(segments: Iterable[Box], turn: Turn) -> tuple[list[Rule], list[Rule]]:
    """The horizontal and the vertical lines of the upright page, of flat boxes before it is turned."""
    across: list[Rule] = []
    down: list[Rule] = []
    for segment in segments:
        x0, y0, x1, y1 = turn(*segment)
        if x1 - x0 >= y1 - y0:
            across.append(Rule((y0 + y1) / 2, x0, x1))
        else:
            down.append(Rule((x0 + x1) / 2, y0, y1))
    return across, down
