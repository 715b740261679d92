"""The shorthand for outlines in OFD (GB/T 33190, 9.1): operators with their points, as the corners of straight parts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["outlines"]

Point = tuple[float, float]

# Numbers behind each operator: begin, move, line, curve with one and two controls, arc, close.
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
_BEGINS, _CURVED = "SM", "QBA"


def outlines(shorthand: str) -> Iterator[list[Point]]:
    """The parts of a path that are straight throughout.

    Args:
        shorthand: `M 0 0 L 10 0 L 10 5 C`.

    Returns:
        The corners of each part; a closed one ends where it begins.

    Raises:
        ValueError: It is no such shorthand.
    """
    points: list[Point] = []
    curved = False
    words = iter(shorthand.split())
    for operator in words:
        numbers = [_number(next(words, "")) for _ in range(_count(operator))]
        if operator in _BEGINS:
            if len(points) > 1 and not curved:
                yield points
            points, curved = [(numbers[0], numbers[1])], False
        elif not points:
            raise ValueError(operator)
        elif operator == "C":
            points.append(points[0])
        else:
            points.append((numbers[-2], numbers[-1]))
            curved = curved or operator in _CURVED
    if len(points) > 1 and not curved:
        yield points


def _count(operator: str) -> int:
    if operator not in _NUMBERS:
        raise ValueError(operator)
    return _NUMBERS[operator]


def _number(word: str) -> float:
    number = float(word)
    if not math.isfinite(number):
        raise ValueError(word)
    return number
