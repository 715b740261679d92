"""Pieces of text between tags to one printed paragraph, with the lines of the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from typing import TYPE_CHECKING

from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.model.location import at_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

__all__ = ["Lines", "paragraph"]

_BLANKS = re.compile(r"[ \t\f]+")
_LINE_END = re.compile("\n")
_SOURCE_BLANKS = " \t\f\n"
_HAN = "\u2e80"  # from here on characters are wide: Han, kana, full-width signs


class Lines:
    """The lines of a source whose line ends are all LF, to be asked for the line of an offset."""

    def __init__(self, source: str) -> None:
        self._ends = [found.end() for found in _LINE_END.finditer(source)]

    def at(self, offset: int) -> int:
        """The line, from 1, that holds the character at `offset`."""
        return bisect_right(self._ends, offset) + 1


def paragraph(
    pieces: list[tuple[str, int]], lines: Lines, kind: Literal["heading", "paragraph"] = "paragraph"
) -> PlainBlock | None:
    """Join what stands between two block tags, as a browser prints it; None where that is nothing.

    Runs of blanks become one. A line end of the source between wide characters is none of the text: so CSS Text 3
    (section 4.1.3) has it, and Word breaks the lines of the pages it saves anywhere. Beside a tag it is a blank: there
    pages set two things apart (来源：… 时间：…).

    Args:
        pieces: The texts with their offsets in the source; blank ones at the end are taken off.
        lines: The lines of the source.
        kind: What the text is.
    """
    while len(pieces) > 1 and pieces[-1][0].isspace():
        pieces.pop()
    if len(pieces) == 1 and "\n" not in pieces[0][0].strip(_SOURCE_BLANKS):
        return _one_line(*pieces[0], lines, kind)
    return _several(pieces, lines, kind)


def _several(
    pieces: Sequence[tuple[str, int]], lines: Lines, kind: Literal["heading", "paragraph"]
) -> PlainBlock | None:
    """Pieces beside tags and over several lines of the source."""
    printed: list[str] = []
    marks: list[tuple[int, int]] = []
    length = 0
    last = " "
    broken = False  # whether a line of the source has ended since `last`
    for piece, start in pieces:
        at = start
        parts = piece.split("\n")
        within = False  # whether text of this piece is before the line end
        for number, part in enumerate(parts):
            broken = broken or number > 0
            text = _BLANKS.sub(" ", unescape(part) if "&" in part else part)
            if number < len(parts) - 1:
                text = text.rstrip(" ")
            if broken or last == " ":
                text = text.lstrip(" ")
            if text:
                line = lines.at(at + len(part) - len(part.lstrip(" \t\f")))
                if not marks or marks[-1][1] != line:
                    marks.append((length, line))
                if broken and last != " " and not (within and last >= _HAN and text[0] >= _HAN):
                    text = f" {text}"
                printed.append(text)
                length += len(text)
                last = text[-1]
                broken = False
                within = True
            at += len(part) + 1
    whole = "".join(printed)
    text = whole.strip()
    if not text:
        return None
    return _block(kind, text, marks, len(whole) - len(whole.lstrip()))


def _one_line(
    piece: str, start: int, lines: Lines, kind: Literal["heading", "paragraph"]
) -> PlainBlock | None:
    """One piece without a line end but around it, as most cells of a table are."""
    inside = piece.lstrip(_SOURCE_BLANKS)
    text = _BLANKS.sub(" ", unescape(inside) if "&" in inside else inside).strip()
    if not text:
        return None
    return PlainBlock(kind, text, at_line(lines.at(start + len(piece) - len(inside))))


def _block(
    kind: Literal["heading", "paragraph"], text: str, marks: Sequence[tuple[int, int]], cut: int
) -> PlainBlock:
    """The block, its marks moved by the blanks cut off in front."""
    before = [line for offset, line in marks if offset <= cut]
    after = [(offset - cut, line) for offset, line in marks if cut < offset < cut + len(text)]
    first = before[-1]
    lines = ((0, first), *after) if after else ()
    return PlainBlock(kind, text, at_line(first), lines)
