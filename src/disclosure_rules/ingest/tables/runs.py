"""Figures that run together: splitting `15130000154` where only one way adds up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ["is_run", "separate", "split_run"]

_RUN = re.compile(r"[\d\s]+")
_PLAIN = re.compile(r"0|[1-9]\d{0,14}")
_MOST_DIGITS = 60
_MOST_STEPS = 40_000


def is_run(text: str) -> bool:
    """Whether a text is nothing but digits and blanks."""
    return bool(text.strip()) and len(text) <= 4 * _MOST_DIGITS and bool(_RUN.fullmatch(text))


def separate(text: str, count: int) -> tuple[int, ...] | None:
    """The numbers of a text in which blanks set all `count` of them apart; None where they do not."""
    words = text.split()
    if len(words) != count or not all(_PLAIN.fullmatch(word) for word in words):
        return None
    return tuple(map(int, words))


def split_run(text: str, groups: Sequence[int]) -> tuple[int, ...] | None:
    """Split figures that run together into groups whose last number is the sum of the others.

    Args:
        text: Digits; blanks among them are certain borders.
        groups: How many numbers each group has, its sum included.

    Returns:
        The numbers, where exactly one way without leading zeros adds up; None otherwise.
    """
    words = text.split()
    digits = "".join(words)
    if not digits.isascii() or len(digits) > _MOST_DIGITS:
        return None
    borders: set[int] = set()
    for word in words:
        borders.add(len(word) + max(borders, default=0))
    search = _Search(digits, frozenset(borders))
    try:
        found = search.ways(0, tuple(groups))
    except _TooManyStepsError:
        return None
    return found[0] if len(found) == 1 else None


class _TooManyStepsError(Exception):
    """The search was given up."""


class _Search:
    """All ways to split one run; it stops at two, since then none is certain."""

    def __init__(self, digits: str, borders: frozenset[int]) -> None:
        self._digits = digits
        self._borders = borders
        self._known: dict[tuple[int, int], list[tuple[int, ...]]] = {}
        self._steps = 0

    def ways(self, start: int, groups: tuple[int, ...]) -> list[tuple[int, ...]]:
        """At most two ways to split the digits from `start` on into these groups."""
        if not groups:
            return [()] if start == len(self._digits) else []
        key = (start, len(groups))
        if key not in self._known:
            found: list[tuple[int, ...]] = []
            for numbers, end in self._group(start, groups[0] - 1, 0):
                found += [(*numbers, *rest) for rest in self.ways(end, groups[1:])]
                if len(found) > 1:
                    break
            self._known[key] = found[:2]
        return self._known[key]

    def _group(self, start: int, count: int, total: int) -> Iterator[tuple[tuple[int, ...], int]]:
        """The ways to read `count` more numbers and then the sum of all, with the offset after it."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise _TooManyStepsError
        if count == 0:
            written = str(total)
            end = start + len(written)
            if self._digits.startswith(written, start) and self._whole(start, end):
                yield (total,), end
            return
        longest = 1 if self._digits[start : start + 1] == "0" else (len(self._digits) - start) // 2
        for end in range(start + 1, start + longest + 1):
            if not self._whole(start, end):
                break
            number = int(self._digits[start:end])
            for numbers, after in self._group(end, count - 1, total + number):
                yield (number, *numbers), after

    def _whole(self, start: int, end: int) -> bool:
        """Whether no certain border cuts the number from `start` to `end`, and it has a digit."""
        return start < end <= len(self._digits) and not any(start < at < end for at in self._borders)
