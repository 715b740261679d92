"""Physical lines to paragraphs: undoing the hard line ends of PDF extractions, keeping every line number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Line", "Passage", "Passages", "join", "looks_like_table"]

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
# A paragraph of Markdown that breaks off has a line's length of text; what is shorter is a title or a signature.
_MIN_TORN = 30
_HAN = re.compile("[一-鿿]")

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


class Passages(NamedTuple):
    """The paragraphs of a text; `wrapped` says that its lines were broken at a fixed width and had to be joined."""

    found: list[Passage]
    wrapped: bool


class _Shape(NamedTuple):
    """A printed line and what tells where a paragraph begins, each looked at once.

    `text` is without the blanks around it; `width` counts the columns up to its last letter, `indent` those before the
    first. A line stands `alone` that is a row of a table or carries the mark of a heading.
    """

    line: Line
    text: str
    width: int
    indent: int
    is_row: bool
    alone: bool


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
    return looks_like_table(text) or ("|" in text and (text.rstrip().endswith("|") or " | " in text))


def _shape(line: Line) -> _Shape:
    shown = line.text.rstrip()
    text = shown.lstrip()
    is_row = _is_row(line.text)
    indent = 0 if text == shown else _width(shown[: len(shown) - len(text)])
    return _Shape(line, text, _width(shown), indent, is_row, is_row or text.startswith(("#", "**")))


def _is_hard_wrapped(widths: Sequence[int]) -> bool:
    """Whether a text was broken at a fixed width.

    So it is where two fifths of the text stand in lines of about the width that nine lines in ten do not exceed.
    The share is one of the text and not of the lines, since torn tables leave many short ones.

    Args:
        widths: The widths of its lines, ascending.
    """
    if len(widths) < _MIN_LINES:
        return False
    full = _full(widths)
    if not _MIN_WIDTH <= full <= _MAX_WIDTH:
        return False
    at_full_width = sum(width for width in widths if abs(width - full) <= _SLACK)
    return at_full_width >= sum(widths) * _FULL_SHARE


def _full(widths: Sequence[int]) -> int:
    return widths[len(widths) * 9 // 10]


def join(lines: Iterable[Line]) -> Passages:
    """Join the lines of a text to paragraphs.

    Args:
        lines: The lines in order, blank ones included.

    Returns:
        The paragraphs in order. Where the text is not hard-wrapped each line that is not blank is one; in Markdown two of
        which the first breaks off in the middle of a sentence are one, torn by the end of a page. In a wrapped text
        blank lines mean nothing (page breaks stand in the middle of sentences): a paragraph starts at an enumerator, an
        indent, or after a short line that ends a sentence or that is itself a heading. Rows of tables stay alone.
    """
    shapes = [_shape(line) for line in lines if line.text.strip()]
    widths = sorted([shape.width for shape in shapes if not shape.is_row])
    if not _is_hard_wrapped(widths):
        return _unwrapped(shapes)
    full = _full(widths) - _SLACK
    margin = _margin(shapes, full)
    groups: list[list[_Shape]] = []
    for shape in shapes:
        if groups and not _starts(shape, groups[-1], full, margin):
            groups[-1].append(shape)
        else:
            groups.append([shape])
    return Passages([_passage(group) for group in groups], wrapped=True)


def _unwrapped(shapes: Sequence[_Shape]) -> Passages:
    is_markdown = any(shape.text.startswith("#") for shape in shapes)
    groups: list[list[_Shape]] = []
    for shape in shapes:
        if is_markdown and groups and _goes_on(groups[-1][-1], shape):
            groups[-1].append(shape)
        else:
            groups.append([shape])
    return Passages([_passage(group) for group in groups], wrapped=False)


def _goes_on(last: _Shape, shape: _Shape) -> bool:
    """Whether a paragraph of Markdown is the rest of the one before it: blank lines stand between, no sentence ends."""
    if shape.line.number - last.line.number < 2 or last.alone or shape.alone:  # noqa: PLR2004  a blank line
        return False
    words = _HAN.match(last.text[-1]) and _HAN.match(shape.text[0])
    return bool(words and len(last.text) >= _MIN_TORN and not _ENUMERATOR.match(shape.text))


def _starts(shape: _Shape, before: Sequence[_Shape], full: int, margin: int) -> bool:
    """Whether a line starts a paragraph after the lines `before`."""
    last = before[-1]
    if shape.alone or last.alone or shape.indent >= margin + 2 or _ENUMERATOR.match(shape.text):
        return True
    if last.width >= full:
        return False
    return last.text[-1] in _ENDS or _is_title_or_heading(before, full)


def _is_title_or_heading(shapes: Sequence[_Shape], full: int) -> bool:
    """Whether lines of which the last is short and has no end mark are a title or a heading.

    In running text such a line was only torn before a long word, an address for example.
    """
    if len(shapes) > _MAX_HEADING_LINES:
        return False
    text = "".join(shape.line.text for shape in shapes).strip()
    if _ENUMERATOR.match(text):
        return len(text) <= _MAX_HEADING and not _SENTENCE.search(text)
    return all(shape.width < full * _TITLE_SHARE for shape in shapes)


def _margin(shapes: Sequence[_Shape], full: int) -> int:
    """The indent of lines that continue a paragraph: the usual indent of full lines."""
    indents = sorted([shape.indent for shape in shapes if shape.width >= full])
    return indents[len(indents) // 2] if indents else 0


def _passage(shapes: Sequence[_Shape]) -> Passage:
    pieces: list[str] = []
    offsets: list[tuple[int, int]] = []
    length = 0
    for shape in shapes:
        text = shape.text
        if pieces and _needs_space(pieces[-1][-1], text[0]):
            text = f" {text}"
        offsets.append((length, shape.line.number))
        pieces.append(text)
        length += len(text)
    return Passage("".join(pieces), tuple(offsets))


def _needs_space(left: str, right: str) -> bool:
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _width(text: str) -> int:
    """Columns that a text takes in a fixed-width font."""
    if len(text) > _MAX_WIDTH:  # beyond every line width: exactness is not needed, bounded time is
        return len(text)
    return sum(map(_COLUMNS.__getitem__, text))


class _Columns(dict[str, int]):
    """Columns that a letter takes, looked up once each: a text of 10 MB has few letters, and many of each."""

    def __missing__(self, letter: str) -> int:
        self[letter] = columns = 2 if east_asian_width(letter) in "WFA" else 1
        return columns


_COLUMNS = _Columns()
