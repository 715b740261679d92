"""Tables of a .docx while they are read: cells come with merges said in three ways, and leave as a grid."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from disclosure_rules.ingest.docx_numbering import value
from disclosure_rules.ingest.docx_styles import child
from disclosure_rules.ingest.grids import (
    MOST_COLUMNS,
    MOST_SLOTS,
    PrintedCell,
    grid_block,
    is_layout,
    table_too_large,
)
from disclosure_rules.ingest.ooxml import WORD
from disclosure_rules.ingest.unseen import UNSEEN
from disclosure_rules.model.location import Location, at_paragraph

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

    from disclosure_rules.ingest.grids import PlacedCell
    from disclosure_rules.ingest.plain_block import PlainBlock

__all__ = ["OpenTable"]

_SPAN, _BELOW, _BESIDE = f"{WORD}gridSpan", f"{WORD}vMerge", f"{WORD}hMerge"


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    column_span: int
    place: Location
    row_span: int = 1
    merge: str = ""  # `vMerge` of a cell that is still open
    blocks: list[PlainBlock] = field(default_factory=list)


class OpenTable:
    """A table of which the end has not come.

    Args:
        name: The file's name, for messages.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._cells: list[_Cell] = []
        self._above: dict[
            int, _Cell
        ] = {}  # the cell that reaches down to the row before, by its first column
        self._row = -1
        self._column = 0
        self._slots = 0
        self._row_from = 0
        self.cell: _Cell | None = None

    def open_row(self, properties: Element | None) -> None:
        """Begin a row; `properties` is its `trPr`."""
        self._row += 1
        self._row_from = len(self._cells)
        self._column = min(_whole(value(child(properties, "gridBefore"))), MOST_COLUMNS)

    def open_cell(self, said: Mapping[str, Element], paragraph: int) -> list[PlainBlock]:
        """Begin a cell; `said` are its properties by their names, `paragraph` is the number of its first paragraph.

        Returns:
            The list for the cell's blocks.

        Raises:
            ReadError: `table-too-large`.
        """
        wide, merge = 1, ""
        if said:
            wide = max(1, _whole(value(said.get(_SPAN), "1")))
            vertical = said.get(_BELOW)
            merge = value(vertical, "continue") if vertical is not None else ""
            if value(said.get(_BESIDE)) == "continue":
                merge = "left"
        self._slots += wide
        if wide > MOST_COLUMNS or self._slots > MOST_SLOTS:
            raise table_too_large(self._name)
        self.cell = _Cell(max(self._row, 0), self._column, wide, at_paragraph(paragraph), merge=merge)
        self._column += wide
        return self.cell.blocks

    def close_cell(self) -> bool:
        """End the cell. Returns whether it held text that Word does not show, being merged into another cell."""
        cell, self.cell = self.cell, None
        if cell is None:
            return False
        if cell.merge == "left" and len(self._cells) > self._row_from:
            self._cells[-1].column_span += cell.column_span
            return bool(cell.blocks)
        above = self._above.get(cell.column)
        if cell.merge == "continue" and above is not None and above.row + above.row_span == cell.row:
            above.row_span += 1
            self._slots += above.column_span
            return bool(cell.blocks)
        self._cells.append(cell)
        if cell.merge in ("restart", "continue"):
            self._above[cell.column] = cell
        return False

    def content(self) -> list[PlainBlock]:
        """The grid, or what stands in a table that only arranges the page."""
        if not any(cell.blocks for cell in self._cells):
            return []
        rows: dict[int, list[PrintedCell]] = {}
        for cell in self._cells:
            printed = PrintedCell(cell.row_span, cell.column_span, cell.blocks, cell.place)
            rows.setdefault(cell.row, []).append(printed)
        if is_layout(list(rows.values())):
            return [
                block._replace(text=text)
                for row in rows.values()
                for cell in row
                for block in cell.blocks
                if (text := block.text.replace(UNSEEN, "").strip())
            ]
        return [grid_block([_placed(cell) for cell in self._cells])]


def _placed(cell: _Cell) -> PlacedCell:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": "\n".join([block.text for block in cell.blocks]),
        "location": cell.place,
    }


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else 0  # noqa: PLR2004  longer is no count
