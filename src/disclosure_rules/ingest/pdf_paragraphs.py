"""Lines to paragraphs: over line ends and page breaks, without page numbers and running heads."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from disclosure_rules.ingest.pdf_grid import Table
from disclosure_rules.ingest.pdf_lines import Line, join

__all__ = ["Flow", "Passage", "flow", "furniture"]

_INDENT = 1.2
_SHORT = 2.0
_OTHER_SIZE = 1.15
_SAME_PLACE = 0.3
_WIDE_GAP = 1.6
_LINE_SHARE = 0.7
_OUTER = 0.1
_SENTENCE_END = frozenset("。！？；：.!?;:")
_PAGE_NUMBER = re.compile(
    r"[-—–－_·•\s]{0,6}(?:第\s?)?(?P<number>\d{1,3})(?:\s?页)?(?:\s?[/／,，共]{1,2}\s?\d{1,3}\s?页?)?[-—–－_·•\s]{0,6}"
)


class Flow(NamedTuple):
    """A page as a reader's eye goes over it: lines and tables from top to bottom."""

    number: int
    width: float
    height: float
    items: list[Line | Table]


class Passage(NamedTuple):
    """A paragraph: where it begins (`paragraph` counts on its page, from 1) and its text."""

    page: int
    paragraph: int
    text: str


class _Margins(NamedTuple):
    left: float
    right: float
    pitch: float


def furniture(pages: list[Flow]) -> list[tuple[int, str]]:
    """Take page numbers and running heads out of `pages`; returns what was taken, with its page.

    A page number is a line in the outer tenth of the page that looks like one and counts with the pages; a running
    head stands there on half of at least three pages with the same words but for its digits.
    """
    outer: list[tuple[Flow, Line, str]] = []
    for page in pages:
        edge = _OUTER * page.height
        for item in page.items:
            if isinstance(item, Line) and (item.y1 < edge or item.y0 > page.height - edge):
                outer.append((page, item, re.sub(r"\d{1,9}", "#", item.text)))
    offsets = Counter(
        int(number["number"]) - page.number
        for page, line, _ in outer
        if (number := _PAGE_NUMBER.fullmatch(line.text))
    )
    often = Counter((words, round(line.y0 / 4)) for _, line, words in outer)
    removed = []
    for page, line, words in outer:
        number = _PAGE_NUMBER.fullmatch(line.text)
        plain = line.text.isdigit()
        counts = number is not None and offsets[int(number["number"]) - page.number] * 2 > len(pages)
        decorated = number is not None and not plain
        repeated = any(often[words, round(line.y0 / 4) + shift] * 2 >= len(pages) > 2 for shift in (-1, 0, 1))  # noqa: PLR2004  as the docstring says
        if counts or decorated or repeated:
            page.items.remove(line)
            removed.append((page.number, line.text))
    return removed


def flow(pages: list[Flow]) -> list[Passage | Table]:
    """The paragraphs and tables of a document in reading order, lines and paragraphs joined where they go on."""
    margins = {width: _margins(pages, width) for width in {round(page.width) for page in pages}}
    found: list[Passage | Table] = []
    before: Line | None = None
    for page in pages:
        margin = margins[round(page.width)]
        count = 0
        turned = True
        for item in page.items:
            if isinstance(item, Table):
                found.append(item)
                before = None
                turned = False
                continue
            last = found[-1] if found else None
            gap = None if turned or before is None else item.y0 - before.y0
            if before is not None and isinstance(last, Passage) and _goes_on(before, item, margin, gap):
                found[-1] = last._replace(text=join(last.text, item.text))
            else:
                count += 1
                found.append(Passage(page.number, count, item.text))
            before = item
            turned = False
    return found


def _margins(pages: list[Flow], width: int) -> _Margins:
    """Where full lines of pages of this width begin and end, and how far lines are apart."""
    lines = [
        item for page in pages if round(page.width) == width for item in page.items if isinstance(item, Line)
    ]
    pitches = [
        after.y0 - before.y0
        for page in pages
        for before, after in pairwise(page.items)
        if isinstance(before, Line) and isinstance(after, Line)
    ]
    if not lines:
        return _Margins(0, width, 0)
    # One line alone may stick out: a margin is where two lines agree.
    near = lines[0].em * _SAME_PLACE
    left, right = sorted(line.x0 for line in lines), sorted((line.x1 for line in lines), reverse=True)
    begin = next((x for x, other in pairwise(left) if other - x <= near), left[0])
    end = next((x for x, other in pairwise(right) if x - other <= near), right[0])
    # Where no line is full, as in an empty form, the margins are taken for equal.
    return _Margins(
        begin, end if end > _LINE_SHARE * width else width - begin, median(pitches) if pitches else 0
    )


def _goes_on(before: Line, line: Line, margin: _Margins, gap: float | None) -> bool:
    """Whether `line` is of the same paragraph as the line before it; `gap` is None over a page break."""
    em = before.em
    if before.x1 < margin.right - _SHORT * em:
        return False
    if before.sized and line.sized and max(before.em, line.em) > _OTHER_SIZE * min(before.em, line.em):
        return False
    if gap is not None and margin.pitch and gap > _WIDE_GAP * margin.pitch:
        return False
    if line.x0 <= margin.left + _INDENT * em:
        return True
    # A text that is indented as a whole: its lines begin where the line before did, in the middle of a sentence.
    return abs(line.x0 - before.x0) <= _SAME_PLACE * em and before.text[-1] not in _SENTENCE_END
