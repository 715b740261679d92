"""What a reader returns: blocks of text and grids with their places, and no meaning yet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from disclosure_rules.model.location import Location
from disclosure_rules.model.note import Note
from disclosure_rules.model.text import Frozen

__all__ = ["Block", "Document", "Grid", "GridCell", "StructuredInput"]


class GridCell(Frozen):
    """One cell of a grid as printed; `row` and `column` count from 0, spans are at least 1."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    text: str
    location: Location = Location()


class Grid(Frozen):
    """A table as printed: its cells in reading order.

    `inferred` says that nothing in the file sets its cells apart, and no figure of it is evidence.
    """

    cells: tuple[GridCell, ...]
    inferred: bool = False


class Block(Frozen):
    """A piece of a document in reading order.

    `lines` maps offsets in `text` to lines of the file: pairs of (offset, line), ascending, the first at
    offset 0. A reader without lines leaves it empty and gives `location` only. `name` is the key of a
    `keyvalue` block (`发布时间`), whose `text` is the value. `link` is set where all of the text leads elsewhere.
    """

    kind: Literal["heading", "paragraph", "grid", "keyvalue"]
    text: str
    location: Location = Location()
    lines: tuple[tuple[int, int], ...] = ()
    name: str | None = None
    grid: Grid | None = None
    link: bool = False

    def line_at(self, offset: int) -> int | None:
        """The line of the file that holds the character at `offset` of `text`; None where unknown."""
        line = self.location.line
        for start, number in self.lines:
            if start > offset:
                break
            line = number
        return line


class Document(Frozen):
    """A file as a reader saw it.

    `certain` is false where characters were recognised in a picture: no figure of such a document is evidence.
    """

    format: str
    blocks: tuple[Block, ...]
    sha256: str
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
    certain: bool = True


class StructuredInput(Frozen):
    """A structured report as handed in: plain values, and where each stood.

    Numbers are int or Decimal, never float. `marks` maps a JSON pointer to (line, column), both from 1, and is
    empty where the reader does not keep places.
    """

    format: str
    data: Mapping[str, Any]
    sha256: str
    marks: Mapping[str, tuple[int, int]] = {}
    encoding: str | None = None
    notes: tuple[Note, ...] = ()
