"""Printed cells to the block of a grid, for every reader of pages; and whether a table holds data at all."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from disclosure_rules.errors import ReadError
from disclosure_rules.ingest.plain_block import PlainBlock
from disclosure_rules.model.document import Grid
from disclosure_rules.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "MOST_CELLS",
    "MOST_COLUMNS",
    "MOST_SLOTS",
    "PlacedCell",
    "PrintedCell",
    "grid_block",
    "grid_from",
    "is_layout",
    "table_too_large",
]

MOST_CELLS = 50_000
MOST_SLOTS = 200_000
MOST_COLUMNS = 1_000
# A cell of a statistical table holds a label or a number; the longest label of the national form has 55 characters.
# Beyond this a "cell" is a page, and the table only places things on it.
_PROSE = 600
_FEW_CELLS = 24
_SMALL_TABLE = 4
_FEWEST_FIGURES = 5


class PrintedCell(NamedTuple):
    """A cell as the document has it: spans as written, content as blocks, and where it begins."""

    row_span: int
    column_span: int
    blocks: Sequence[PlainBlock]
    location: Location

    def text(self) -> str:
        """The printed text, one line a paragraph: two numbers in one cell never become one."""
        if len(self.blocks) == 1:
            return self.blocks[0].text
        return "\n".join(block.text for block in self.blocks)


def is_layout(rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Whether a table only arranges a page: one column or one row, other tables inside, or pages of prose."""
    cells = [cell for row in rows for cell in row]
    figures = (True for cell in cells if cell.text().strip().isdigit())
    if any(islice(figures, _FEWEST_FIGURES - 1, None)):
        return False  # even one row: the last of a table that a page break has cut
    if not any(len(row) > 1 for row in rows) or sum(bool(row) for row in rows) < 2:  # noqa: PLR2004  one row is no table
        return True
    inner = (block.grid for cell in cells for block in cell.blocks if block.grid)
    if any(len(grid.cells) > _SMALL_TABLE for grid in inner):
        return True
    longest = max(sum(len(block.text) for block in cell.blocks) for cell in cells)
    return longest > _PROSE and len(cells) < _FEW_CELLS


class PlacedCell(TypedDict):
    """The parts of a `GridCell`."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    location: Location


def grid_from(cells: Sequence[PlacedCell]) -> Grid:
    """The grid of these cells. One call for all: pydantic makes them faster than Python can call for each."""
    return Grid.model_validate({"cells": tuple(cells)})


def grid_block(cells: Sequence[PlacedCell]) -> PlainBlock:
    """The block of a table; its text has a line a row and a tab between cells."""
    rows: dict[int, list[str]] = {}
    for cell in cells:
        rows.setdefault(cell["row"], []).append(cell["text"].replace("\n", ""))
    text = "\n".join(["\t".join(row) for row in rows.values()])
    place = cells[0]["location"] if cells else Location()
    return PlainBlock("grid", text, place, grid=grid_from(cells))


def table_too_large(place: str) -> ReadError:
    """The error for a table whose cells or spans are more than any report has."""
    return ReadError(
        f"表格超过 {MOST_CELLS} 个单元格，或展开后超过 {MOST_SLOTS} 格，不像是年度报告的表格，"
        "请检查合并单元格的跨行、跨列数",
        f"a table has more than {MOST_CELLS} cells or covers more than {MOST_SLOTS} places, which no report's "
        "table does; check the spans of its merged cells",
        place=place,
        code="table-too-large",
    )
