"""Grids as printed: rows with the cells that cover each of their columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.labels import han
from disclosure_rules.model.report import CellStatus
from disclosure_rules.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.model.document import Block, Grid, GridCell
    from disclosure_rules.model.location import Location

__all__ = ["PrintedRow", "is_blank", "is_figure", "printed_rows", "row_text"]

_MOST_COLUMNS = 1_000
_MOST_SLOTS = 200_000
_LONGEST = 48
_FEW_HAN = 3


@dataclass(slots=True, eq=False)
class PrintedRow:
    """A row of a grid: the cell over each column, and the cells that begin in this row, left to right.

    `part` numbers the grid in the document; rows of one grid have the same. `printed` are the own cells in which
    something is printed, `words` those of them that hold no figure; `inferred` is that of the grid.
    """

    part: int
    slots: tuple[GridCell | None, ...]
    own: tuple[GridCell, ...]
    location: Location
    inferred: bool = False
    printed: tuple[GridCell, ...] = field(init=False)
    words: tuple[GridCell, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Every step of recognition asks for these."""
        self.printed = tuple([cell for cell in self.own if not is_blank(cell.text)])
        self.words = tuple([cell for cell in self.printed if not is_figure(cell.text)])

    @property
    def has_figures(self) -> bool:
        """Whether any own cell holds a figure; one that does is not blank."""
        return len(self.words) < len(self.printed)


def printed_rows(blocks: Sequence[Block]) -> tuple[list[PrintedRow], list[int]]:
    """All rows of all grids, in reading order.

    Args:
        blocks: The blocks of a document; those that are no grids are passed over.

    Returns:
        The rows, and the numbers of the blocks whose grid is too large to be a table of a report.
    """
    rows: list[PrintedRow] = []
    refused: list[int] = []
    for part, block in enumerate(blocks):
        if block.grid is None or not block.grid.cells:
            continue
        height, width = _size(block.grid)
        if height * width > _MOST_SLOTS:
            refused.append(part)
        else:
            rows += _rows(block, block.grid, part, height, width)
    return rows, refused


def _size(grid: Grid) -> tuple[int, int]:
    height = max([cell.row for cell in grid.cells]) + 1
    width = max([cell.column + min(cell.column_span, _MOST_COLUMNS) for cell in grid.cells])
    return height, width


def _rows(block: Block, grid: Grid, part: int, height: int, width: int) -> Iterator[PrintedRow]:
    slots: list[list[GridCell | None]] = [[None] * width for _ in range(height)]
    own: list[list[GridCell]] = [[] for _ in range(height)]
    for cell in _without_slivers(sorted(grid.cells, key=attrgetter("row", "column"))):
        own[cell.row].append(cell)
        columns = range(cell.column, min(width, cell.column + cell.column_span))
        for row in slots[cell.row : cell.row + cell.row_span]:
            for column in columns:
                row[column] = row[column] or cell
    for cells, begun in zip(slots, own, strict=True):
        place = begun[0].location if begun else block.location
        if place.page is None and place.line is None and place.paragraph is None:
            place = block.location
        yield PrintedRow(part, tuple(cells), tuple(begun), place, grid.inferred)


def _without_slivers(cells: Sequence[GridCell]) -> Iterator[GridCell]:
    """The cells, cut off above rows in which nothing is printed: page breaks leave such slivers below a row."""
    printed = {cell.row for cell in cells if cell.text.strip()}
    for cell in cells:
        if cell.row_span == 1:
            yield cell
            continue
        last = cell.row + cell.row_span - 1
        while last > cell.row and last not in printed:
            last -= 1
        span = last - cell.row + 1
        yield cell if span == cell.row_span else cell.model_copy(update={"row_span": span})


def is_blank(text: str) -> bool:
    """Whether a cell has nothing printed in it."""
    return _is_short_blank(text) if len(text) <= _LONGEST else not text.strip()


@lru_cache(maxsize=2048)
def _is_short_blank(text: str) -> bool:
    return not text.strip() or read_number(text).status is CellStatus.BLANK


def is_figure(text: str) -> bool:
    """Whether a cell holds a number, or a mark in its place, rather than words."""
    return len(text) <= _LONGEST and _is_short_figure(text)


@lru_cache(maxsize=2048)
def _is_short_figure(text: str) -> bool:
    status = read_number(text).status
    if status is CellStatus.UNREADABLE:
        digits = sum(letter.isdigit() for letter in text)
        return han(text) < _FEW_HAN and digits > 0 and digits >= han(text)
    return status is not CellStatus.BLANK


def row_text(row: PrintedRow, without: Sequence[GridCell] = ()) -> str:
    """What a row has printed in it, cell by cell; without its labels, where they are given."""
    cells = [cell for cell in row.own if cell.text.strip() and not any(cell is other for other in without)]
    return " | ".join(" ".join(cell.text.split()) for cell in cells)[:400]
