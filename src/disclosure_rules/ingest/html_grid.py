"""Rows and spans of an HTML table to a grid, and the question whether a table holds data at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.errors import ReadError
from disclosure_rules.model.document import Block, Grid, GridCell
from disclosure_rules.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["MOST_CELLS", "MOST_SLOTS", "PrintedCell", "grid_of", "is_layout"]

MOST_CELLS = 50_000
MOST_SLOTS = 200_000
_MOST_COLUMNS = 1_000
# A cell of a statistical table holds a label or a number; the longest label of the national form has 55 characters.
# Beyond this a "cell" is a page, and the table only places things on it.
_PROSE = 600
_FEW_CELLS = 24
_SMALL_TABLE = 4


class PrintedCell(NamedTuple):
    """A cell as the page has it: spans as written, content as blocks, and the line where it begins."""

    row_span: int
    column_span: int
    blocks: Sequence[Block]
    line: int


def is_layout(rows: Sequence[Sequence[PrintedCell]]) -> bool:
    """Whether a table only arranges a page: one column or one row, other tables inside, or pages of prose."""
    cells = [cell for row in rows for cell in row]
    if not any(len(row) > 1 for row in rows) or sum(bool(row) for row in rows) < 2:  # noqa: PLR2004  one row is no table
        return True
    inner = (block.grid for cell in cells for block in cell.blocks if block.grid)
    if any(len(grid.cells) > _SMALL_TABLE for grid in inner):
        return True
    longest = max(sum(len(block.text) for block in cell.blocks) for cell in cells)
    return longest > _PROSE and len(cells) < _FEW_CELLS


def grid_of(rows: Sequence[Sequence[PrintedCell]], ends: Sequence[int], name: str) -> Block:
    """The block of a table, cells placed as a browser places them.

    Args:
        rows: The cells of each row, in the order of the page.
        ends: For each row the index after the last row of its group, beyond which no span reaches.
        name: The file's name, for messages.

    Raises:
        ReadError: `table-too-large` where the spans claim more places than any report has.
    """
    placed: list[GridCell] = []
    taken: list[int] = []  # for each column the row from which on it is free
    slots = 0
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while column < len(taken) and taken[column] > row:
                column += 1
            wide = min(max(cell.column_span, 1), _MOST_COLUMNS)
            last = ends[row] if cell.row_span == 0 else min(row + cell.row_span, ends[row])
            slots += wide * (last - row)
            if slots > MOST_SLOTS:
                raise _too_large(name, cell.line)
            taken.extend([0] * (column + wide - len(taken)))
            taken[column : column + wide] = [max(old, last) for old in taken[column : column + wide]]
            text = "\n".join(block.text for block in cell.blocks)
            place = Location(line=cell.line)
            placed.append(
                GridCell(
                    row=row, column=column, row_span=last - row, column_span=wide, text=text, location=place
                )
            )
            column += wide
    text = "\n".join("\t".join(_one_line(cell) for cell in row) for row in rows)
    line = next((cell.line for row in rows for cell in row), None)
    return Block(kind="grid", text=text, location=Location(line=line), grid=Grid(cells=tuple(placed)))


def _one_line(cell: PrintedCell) -> str:
    return "".join(block.text.replace("\n", "") for block in cell.blocks)


def _too_large(name: str, line: int) -> ReadError:
    return ReadError(
        f"第 {line} 行处的表格展开后超过 {MOST_SLOTS} 格，不像是年度报告的表格，请检查跨行、跨列的数值",
        f"the table at line {line} covers more than {MOST_SLOTS} cells, which no report's table does; "
        "check its row and column spans",
        place=f"{name}:{line}",
        code="table-too-large",
    )
