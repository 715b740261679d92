"""Physical lines to paragraphs: undoing the hard line ends of PDF extractions, keeping every line number."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple
from unicodedata import east_asian_width

__all__ = ["Line", "Passage", "is_hard_wrapped", "join", "looks_like_table"]

# Design figures, measured on hard-wrapped reports: two fifths of the text stand in lines of the full width; a full
# line may lack up to three characters, because a closing mark or a bracket must not be torn from its word.
_FULL_SHARE = 0.4
_SLACK = 6
_MIN_LINES = 5
_MIN_WIDTH = 24
_MAX_WIDTH = 200

_ENUMERATOR = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}[部章]分?|[一二三四五六七八九十]{1,3}\s?[、.．]|[一二三四五六七八九十]{1,2}是|"
    r"[（(]\s?(?:[一二三四五六七八九十]{1,3}|\d{1,2})\s?[）)]|[㈠-㈩①-⑳]|\d{1,2}(?:、|[.．](?!\d))|附\s?件|附\s?表)"
)
_GAP = re.compile(r"[ \u3000]*\t\s*|[ \u3000]{2,}")
_MIN_COLUMNS = 3
_ENDS = "。！？：；!?:;"
_SENTENCE = re.compile(r"[。！？；，]")
_MAX_HEADING = 60
_MAX_HEADING_LINES = 3
_TITLE_SHARE = 0.8
_MAX_ROW = 600

# 首页 > 政府信息公开 > 年报: the way to a page.
_TRAIL = re.compile(r">[^>]{1,30}>")


class Line(NamedTuple):
    """One line of the file: its number from 1 and its text without the line end."""

    number: int
    text: str


class Passage(NamedTuple):
    """A paragraph made of lines: its text, and pairs of (offset, line number) as in `Block.lines`."""

    text: str
    lines: tuple[tuple[int, int], ...]


def looks_like_table(text: str) -> bool:
    """Whether a line looks like a row of a table: Markdown bars, tabs, or columns set apart by spaces."""
    stripped = text.strip()
    if stripped.startswith("|") and stripped.count("|") > 1:
        return bool(stripped.strip("| "))
    if len(stripped) > _MAX_ROW or _TRAIL.search(stripped):
        return False
    # Most lines have none of what a gap is made of, which costs less to see than to split.
    may_have_gaps = "  " in stripped or "\t" in stripped or "\u3000" in stripped
    return may_have_gaps and len(_GAP.split(stripped)) >= _MIN_COLUMNS


def _is_row(text: str) -> bool:
    """Whether a line is a row of a table, or a cell of one, whose bars may stand behind the cells alone."""
    return looks_like_table(text) or text.rstrip().endswith("|") or " | " in text


def is_hard_wrapped(lines: list[Line]) -> bool:
    """Whether a text was broken at a fixed width.

    So it is where two fifths of the text stand in lines of about the width that nine lines in ten do not exceed.
    The share is one of the text and not of the lines, since torn tables leave many short ones.
    """
    widths = sorted(_width(line.text) for line in lines if line.text.strip() and not _is_row(line.text))
    if len(widths) < _MIN_LINES:
        return False
    full = widths[len(widths) * 9 // 10]
    if not _MIN_WIDTH <= full <= _MAX_WIDTH:
        return False
    at_full_width = sum(width for width in widths if abs(width - full) <= _SLACK)
    return at_full_width >= sum(widths) * _FULL_SHARE


def join(lines: list[Line], *, wrapped: bool) -> list[Passage]:
    """Join the lines of a text to paragraphs.

    Args:
        lines: The lines in order, blank ones included.
        wrapped: Whether the text is hard-wrapped; otherwise each line that is not blank is a paragraph.

    Returns:
        The paragraphs in order. In a wrapped text blank lines mean nothing (page breaks stand in the middle of
        sentences): a paragraph starts at an enumerator, an indent, or after a short line that ends a sentence or
        that is itself a heading. Rows of tables stay alone.
    """
    printed = [line for line in lines if line.text.strip()]
    if not wrapped:
        return [_passage([line]) for line in printed]
    widths = sorted(_width(line.text) for line in printed if not _is_row(line.text))
    full = widths[len(widths) * 9 // 10] - _SLACK
    margin = _margin(printed, full)
    groups: list[list[Line]] = []
    for line in printed:
        if groups and not _starts(line, groups[-1], full, margin):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_passage(group) for group in groups]


def _starts(line: Line, before: list[Line], full: int, margin: int) -> bool:
    """Whether `line` starts a paragraph after the lines `before`."""
    last = before[-1]
    if _stands_alone(line.text) or _stands_alone(last.text):
        return True
    if _ENUMERATOR.match(line.text.strip()) or _indent(line.text) >= margin + 2:
        return True
    if _width(last.text) >= full:
        return False
    return last.text.rstrip()[-1] in _ENDS or _is_title_or_heading(before, full)


def _stands_alone(text: str) -> bool:
    return text.lstrip().startswith(("#", "**")) or _is_row(text)


def _is_title_or_heading(lines: list[Line], full: int) -> bool:
    """Whether lines of which the last is short and has no end mark are a title or a heading.

    In running text such a line was only torn before a long word, an address for example.
    """
    if len(lines) > _MAX_HEADING_LINES:
        return False
    text = "".join(line.text for line in lines).strip()
    if _ENUMERATOR.match(text):
        return len(text) <= _MAX_HEADING and not _SENTENCE.search(text)
    return all(_width(line.text) < full * _TITLE_SHARE for line in lines)


def _margin(lines: list[Line], full: int) -> int:
    """The indent of lines that continue a paragraph: the usual indent of full lines."""
    indents = sorted(_indent(line.text) for line in lines if _width(line.text) >= full)
    return indents[len(indents) // 2] if indents else 0


def _passage(lines: list[Line]) -> Passage:
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = 0
    for line in lines:
        text = line.text.strip()
        if pieces and _needs_space(pieces[-1][-1], text[0]):
            text = f" {text}"
        offsets.append((length, line.number))
        pieces.append(text)
        length += len(text)
    return Passage("".join(pieces), tuple(offsets))


def _needs_space(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _indent(text: str) -> int:
    return _width(text[: len(text) - len(text.lstrip())], keep=True)


@lru_cache(maxsize=1024)  # each line is asked for several times, near together
def _width(text: str, *, keep: bool = False) -> int:
    """Columns that a text takes in a fixed-width font, without the blanks at its end unless `keep`."""
    shown = text if keep else text.rstrip()
    if len(shown) > _MAX_WIDTH:  # beyond every line width: exactness is not needed, bounded time is
        return len(shown)
    return sum(map(_COLUMNS.__getitem__, shown))


class _Columns(dict[str, int]):
    """Columns that a letter takes, looked up once each: a text of 10 MB has few letters, and many of each."""

    def __missing__(self, letter: str) -> int:
        self[letter] = columns = 2 if east_asian_width(letter) in "WFA" else 1
        return columns


_COLUMNS = _Columns()
