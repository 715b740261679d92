"""The picture of a page to characters and ruling lines, as if a PDF had them. Runs in the worker process only."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import cache
from statistics import median
from typing import Any, NamedTuple

import cv2
import numpy as np
from rapidocr import RapidOCR

from disclosure_rules.ingest.pdf_page import DAMAGED, Char, Page, Rule

__all__ = ["see"]

_SHORT_SIDE = 595.0  # points: A4, whatever the picture's dots are
_LONG_SIDE = 842.0
# The models tell width badly: among Han characters these are full, whatever was seen.
_FULL = str.maketrans("(),:;?!", "（），：；？！")
_HAN = re.compile("[\u4e00-\u9fff]")
_SURE = 0.8
_HALF = 0.55
_WIDE = 8  # times as wide as high: a line whose slope can be told
_LARGEST_SLOPE = 5.0
_SMALLEST_SLOPE = 0.05
# In points: shorter strokes than these may be those of characters.
_SHORTEST_ACROSS = 24.0
_SHORTEST_DOWN = 15.0
_THICKEST = 4.0
_MEETS = 4.0


class _Words(NamedTuple):
    """A line of words where it was seen, in dots."""

    corners: Any
    text: str
    sure: bool


def see(picture: Any, number: int) -> tuple[Page, list[str]]:  # noqa: ANN401  an array
    """What a page shows.

    Args:
        picture: The page in colour, upright or nearly.
        number: Its number.

    Returns:
        The page in points, made straight; and the words that were seen without certainty, for which one damaged
        character stands.
    """
    words = _recognised(picture)
    height, width = picture.shape[:2]
    straight = cv2.getRotationMatrix2D((width / 2, height / 2), _slope(words), 1.0)
    scale = (_SHORT_SIDE if width <= height else _LONG_SIDE) / width
    chars: list[Char] = []
    for line in words:
        chars += _chars(line, straight, scale)
    across, down = _rules(
        cv2.warpAffine(picture, straight, (width, height), borderValue=(255, 255, 255)), scale
    )
    page = Page(number, width * scale, height * scale, chars, across, down, [])
    return page, [line.text for line in words if not line.sure]


@cache
def _engine() -> Any:  # noqa: ANN401  the library's own class
    # Nothing is dropped for being unsure: it is shown as damaged instead.
    return RapidOCR(params={"Global.text_score": 0.0, "Global.log_level": "critical"})


def _recognised(picture: Any) -> list[_Words]:  # noqa: ANN401  an array
    seen = _engine()(picture)
    if seen.boxes is None or seen.txts is None or seen.scores is None:
        return []
    return [
        _Words(corners, _printed(text.strip()), float(score) >= _SURE)
        for corners, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True)
        if text.strip()
    ]


def _printed(text: str) -> str:
    return text.translate(_FULL) if _HAN.search(text) else text


def _slope(words: list[_Words]) -> float:
    """The slope of the lines in degrees, 0 where it does not matter or cannot be told."""
    slopes = [
        math.degrees(math.atan2(float(b[1] - a[1]), float(b[0] - a[0])))
        for a, b, c, _ in (line.corners for line in words)
        if abs(float(b[0] - a[0])) > _WIDE * abs(float(c[1] - b[1]))
    ]
    slope = median(slopes) if slopes else 0.0
    return slope if _SMALLEST_SLOPE < abs(slope) < _LARGEST_SLOPE else 0.0


def _chars(line: _Words, straight: Any, scale: float) -> list[Char]:  # noqa: ANN401  an array
    """The characters of a line, each in its share of the line's width."""
    corners = np.hstack([np.asarray(line.corners, float), np.ones((4, 1))]) @ straight.T * scale
    left, right = (float(corners[pair, 0].mean()) for pair in ([0, 3], [1, 2]))
    top, bottom = (float(corners[pair, 1].mean()) for pair in ([0, 1], [2, 3]))
    text = line.text if line.sure else DAMAGED
    weights = [1.0 if unicodedata.east_asian_width(character) in "WFA" else _HALF for character in text]
    step = (right - left) / sum(weights)
    chars: list[Char] = []
    x = left
    for character, weight in zip(text, weights, strict=True):
        if not character.isspace():
            chars.append(Char(x, top, x + weight * step, bottom, bottom, character))
        x += weight * step
    return chars


def _rules(picture: Any, scale: float) -> tuple[list[Rule], list[Rule]]:  # noqa: ANN401  an array
    """The ruling lines across and down, in points. A line down counts where lines across meet both of its ends."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    ink = cv2.adaptiveThreshold(grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 10)
    across = [
        Rule((y + h / 2) * scale, x * scale, (x + w) * scale)
        for x, y, w, h in _strokes(ink, (round(_SHORTEST_ACROSS / scale), 1), scale)
    ]
    down = [
        Rule((x + w / 2) * scale, y * scale, (y + h) * scale)
        for x, y, w, h in _strokes(ink, (1, round(_SHORTEST_DOWN / scale)), scale)
    ]
    return across, [
        line for line in down if _meets(line.start, line, across) and _meets(line.end, line, across)
    ]


def _strokes(ink: Any, kernel: tuple[int, int], scale: float) -> list[tuple[int, int, int, int]]:  # noqa: ANN401
    """Boxes (x, y, width, height) of long thin strokes along the kernel."""
    shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    # A gap of a dot or two in a printed line does not end it.
    closed = cv2.morphologyEx(
        ink,
        cv2.MORPH_CLOSE,
        cv2.getStructuringElement(cv2.MORPH_RECT, (min(kernel[0], 5), min(kernel[1], 5))),
    )
    found = cv2.morphologyEx(closed, cv2.MORPH_OPEN, shape)
    count, _, boxes, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    thick = _THICKEST / scale
    return [(int(x), int(y), int(w), int(h)) for x, y, w, h, _ in boxes[1:count] if min(w, h) <= thick]


def _meets(end: float, line: Rule, across: list[Rule]) -> bool:
    return any(
        abs(other.at - end) <= _MEETS and other.start - _MEETS <= line.at <= other.end + _MEETS
        for other in across
    )
