"""Rows and spans of an HTML table to a grid, by the WHATWG rules for forming a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.ingest.grids import MOST_COLUMNS, MOST_SLOTS, grid_block, table_too_large

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.grids import PlacedCell, PrintedCell
    from disclosure_rules.ingest.plain_block import PlainBlock

__all__ = ["grid_of"]


def grid_of(rows: Sequence[Sequence[PrintedCell]], ends: Sequence[int], name: str) -> PlainBlock:
    """The block of a table, cells placed as a browser places them.

    Args:
        rows: The cells of each row, in the order of the page; a row span of 0 reaches to the end of the group.
        ends: For each row the index after the last row of its group, beyond which no span reaches.
        name: The file's name, for messages.

    Raises:
        ReadError: `table-too-large` where the spans claim more places than any report has.
    """
    placed: list[PlacedCell] = []
    taken: list[int] = []  # for each column the row from which on it is free
    slots = 0
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while column < len(taken) and taken[column] > row:
                column += 1
            wide = min(max(cell.column_span, 1), MOST_COLUMNS)
            last = ends[row] if cell.row_span == 0 else min(row + cell.row_span, ends[row])
            slots += wide * (last - row)
            if slots > MOST_SLOTS:
                raise table_too_large(f"{name}:{cell.location.line}")
            taken.extend([0] * (column + wide - len(taken)))
            for at in range(column, column + wide):
                taken[at] = max(taken[at], last)
            placed.append(
                {
                    "row": row,
                    "column": column,
                    "row_span": last - row,
                    "column_span": wide,
                    "text": cell.text(),
                    "location": cell.location,
                }
            )
            column += wide
    return grid_block(placed)
