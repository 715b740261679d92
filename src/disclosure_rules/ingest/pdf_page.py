"""What a page of a PDF shows: characters and ruling lines in points, from the upper left corner, text upright."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["DAMAGED", "Char", "Page", "PageFlaw", "Rule", "TooLarge"]

# What stands for a character that cannot be told: the number reader takes no number that holds it.
DAMAGED = "\ufffd"


class Char(NamedTuple):
    """A printed character in its box, standing on `base`. `turned` is set for vertical and turned writing."""

    x0: float
    y0: float
    x1: float
    y1: float
    base: float
    text: str
    turned: bool = False


class Rule(NamedTuple):
    """A straight line: at `at`, from `start` to `end` on the other axis."""

    at: float
    start: float
    end: float


class PageFlaw(NamedTuple):
    """Something a page holds that was not read: a stable word and how often."""

    code: str
    times: int


class Page(NamedTuple):
    """A page as printed; `across` and `down` are the horizontal and the vertical lines."""

    number: int
    width: float
    height: float
    chars: list[Char]
    across: list[Rule]
    down: list[Rule]
    flaws: list[PageFlaw]


class TooLarge(Exception):  # noqa: N818  it is a refusal, and named for what it finds
    """A document beyond a limit: what there is too much of, on which page (0: the whole document)."""

    def __init__(self, what: str, limit: int, page: int = 0) -> None:
        super().__init__(what, limit, page)
        self.what = what
        self.limit = limit
        self.page = page
