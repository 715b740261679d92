"""Grids for the tests of table recognition: from saved pages, and from the labels and numbers of a truth file."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from disclosure_rules.model.document import Block, Grid, GridCell
from disclosure_rules.model.location import Location
from disclosure_rules.packs.load import load_layouts
from disclosure_rules.resources import rules_folder

REPORTS = Path(__file__).parents[1] / "data" / "reports"
LAYOUTS = load_layouts(rules_folder() / "cn")

Printed = list[list[tuple[int, int, str]]]  # rows of (rowspan, colspan, text)


def grid_block(rows: Printed, line: int = 1) -> Block:
    """A block with the grid that a browser makes of these rows: spans push later cells to the right."""
    cells: list[GridCell] = []
    taken: set[tuple[int, int]] = set()
    for number, row in enumerate(rows):
        column = 0
        for row_span, column_span, text in row:
            while (number, column) in taken:
                column += 1
            taken |= {
                (number + down, column + right) for down in range(row_span) for right in range(column_span)
            }
            place = Location(line=line + number)
            cells.append(
                GridCell(
                    row=number,
                    column=column,
                    row_span=row_span,
                    column_span=column_span,
                    text=text,
                    location=place,
                )
            )
            column += column_span
    return Block(kind="grid", text="", location=Location(line=line), grid=Grid(cells=tuple(cells)))


class _Walker(HTMLParser):
    """Rows of the tables of a page, in order; enough for pages whose tables do not lie in each other."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[Printed] = []
        self._cell: list[Any] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        spans = {name: int(value) for name, value in attrs if name in ("rowspan", "colspan") and value}
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag in ("td", "th"):
            self._cell = [spans.get("rowspan", 1), spans.get("colspan", 1), ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self.tables[-1][-1].append((self._cell[0], self._cell[1], self._cell[2].strip()))
            self._cell = None

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell[2] += data


def tables_of_page(name: str) -> list[Printed]:
    """The tables of a saved page."""
    walker = _Walker()
    walker.feed((REPORTS / name).read_text(encoding="utf-8"))
    return walker.tables


def truth(name: str) -> dict[str, Any]:
    """What a careful reader transcribed from a report."""
    data: dict[str, Any] = json.loads((REPORTS / f"{name}.truth.json").read_text(encoding="utf-8"))
    return data
