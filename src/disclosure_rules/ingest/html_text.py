"""Pieces of text between tags to one printed paragraph, with the lines of the source."""

from __future__ import annotations

import re
from bisect import bisect_right
from html import unescape
from itertools import accumulate
from typing import TYPE_CHECKING

from disclosure_rules.model.document import Block
from disclosure_rules.model.location import at_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Literal

__all__ = ["Lines", "paragraph"]

_BLANKS = re.compile(r"[ \t\f]+")
_HAN = "\u2e80"  # from here on characters are wide: Han, kana, full-width signs


class Lines:
    """The lines of a source whose line ends are all LF, to be asked for the line of an offset."""

    def __init__(self, source: str) -> None:
        self._starts = list(accumulate(len(line) + 1 for line in source.split("\n")))

    def at(self, offset: int) -> int:
        """The line, from 1, that holds the character at `offset`."""
        return bisect_right(self._starts, offset) + 1


def paragraph(
    pieces: Sequence[tuple[str, int]], lines: Lines, kind: Literal["heading", "paragraph"] = "paragraph"
) -> Block | None:
    """Join what stands between two block tags, as a browser prints it; None where that is nothing.

    Runs of blanks become one. A line end of the source between wide characters is none of the text: so CSS Text 3
    (section 4.1.3) has it, and Word breaks the lines of the pages it saves anywhere. Beside a tag it is a blank: there
    pages set two things apart (来源：… 时间：…).

    Args:
        pieces: The texts with their offsets in the source.
        lines: The lines of the source.
        kind: What the text is.
    """
    if len(pieces) == 1 and "\n" not in pieces[0][0]:
        return _one_line(*pieces[0], lines, kind)
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


def _one_line(piece: str, start: int, lines: Lines, kind: Literal["heading", "paragraph"]) -> Block | None:
    """One piece without a line end, as most cells of a table are."""
    text = _BLANKS.sub(" ", unescape(piece) if "&" in piece else piece).strip()
    if not text:
        return None
    line = lines.at(start + len(piece) - len(piece.lstrip(" \t\f")))
    return Block(kind=kind, text=text, location=at_line(line))


def _block(
    kind: Literal["heading", "paragraph"], text: str, marks: Sequence[tuple[int, int]], cut: int
) -> Block:
    """The block, its marks moved by the blanks cut off in front."""
    before = [line for offset, line in marks if offset <= cut]
    after = [(offset - cut, line) for offset, line in marks if cut < offset < cut + len(text)]
    first = before[-1]
    lines = ((0, first), *after) if after else ()
    return Block(kind=kind, text=text, location=at_line(first), lines=lines)
