"""A sheet to paragraphs and grids: several tables may stand in one sheet, with titles above and remarks below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.grids import PlacedCell, grid_from
from disclosure_rules.model.document import Block
from disclosure_rules.model.location import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from disclosure_rules.ingest.sheets_cells import Sheet

__all__ = ["blocks_of"]


class _Cell(NamedTuple):
    row: int
    column: int
    row_span: int
    column_span: int
    text: str


def blocks_of(sheet: Sheet, number: int) -> Iterator[Block]:
    """The blocks of a sheet, the `number`th of its workbook, in reading order.

    A row with one filled cell above a table is a paragraph, unless such rows with the same extent come again
    inside (groups of rows under a heading); below a table it is one where its cell is as wide as the table.
    """
    rows = _rows(sheet)
    for part in _parts(rows):
        filled = [[cell for cell in row if cell.text] for row in part]
        several = [index for index, row in enumerate(filled) if len(row) > 1]
        if not several:
            first, last = len(part), len(part)
        else:
            groups = {_extent(row) for row in filled[several[0] :] if len(row) == 1}
            first = next(
                (
                    index
                    for index in range(several[0])
                    if len(filled[index]) == 1 and _extent(filled[index]) in groups
                ),
                several[0],
            )
            last = len(part)
            width = _width(part[first:])
            while (
                last - 1 > several[-1] and len(filled[last - 1]) == 1 and _extent(filled[last - 1]) == width
            ):
                last -= 1
        yield from _paragraphs(filled[:first], number)
        if first < last:
            yield _grid(_trimmed(part[first:last]), number)
        yield from _paragraphs(filled[last:], number)


def _rows(sheet: Sheet) -> list[list[_Cell]]:
    """The rows that show, with their cells, blank ones too; a merged range is one cell."""
    places = [
        place
        for place in sheet.texts
        if place[0] not in sheet.hidden_rows and place[1] not in sheet.hidden_columns
    ]
    if not places:
        return []
    bottom, right = max(row for row, _ in places), max(column for _, column in places)
    top, left = min(row for row, _ in places), min(column for _, column in places)
    columns = [column for column in range(left, right + 1) if column not in sheet.hidden_columns]
    shown = [row for row in range(top, bottom + 1) if row not in sheet.hidden_rows]
    spans: dict[tuple[int, int], tuple[int, int]] = {}
    covered: set[tuple[int, int]] = set()
    for first, start, last, end in sheet.merged:
        inside = [
            (row, column)
            for row in range(max(first, top), min(last, bottom) + 1)
            if row not in sheet.hidden_rows
            for column in range(max(start, left), min(end, right) + 1)
            if column not in sheet.hidden_columns
        ]
        if len(inside) > 1 and not covered.intersection(inside):
            high, wide = len({row for row, _ in inside}), len({column for _, column in inside})
            spans[inside[0]] = (high, wide)
            covered.update(inside)
    return [
        [
            _Cell(row, column, *spans.get((row, column), (1, 1)), sheet.texts.get((row, column), "").strip())
            for column in columns
            if (row, column) in spans or (row, column) not in covered
        ]
        for row in shown
    ]


def _parts(rows: Sequence[list[_Cell]]) -> Iterator[list[list[_Cell]]]:
    """Runs of rows, cut at a blank row where a title follows; a blank row inside a table does not cut it."""
    part: list[list[_Cell]] = []
    blank = False
    reaches = -1
    for row in rows:
        filled = sum(bool(cell.text) for cell in row)
        inside = bool(row) and row[0].row <= reaches
        if filled == 0 and not inside:
            blank = True
            continue
        if blank and filled == 1 and part:
            yield part
            part = []
        blank = False
        part.append(row)
        reaches = max([reaches, *(cell.row + cell.row_span - 1 for cell in row if cell.text)])
    if part:
        yield part


def _extent(row: Sequence[_Cell]) -> tuple[int, int]:
    return row[0].column, row[0].column + row[0].column_span


def _width(rows: Sequence[Sequence[_Cell]]) -> tuple[int, int]:
    cells = [cell for row in rows for cell in row if cell.text]
    return min(cell.column for cell in cells), max(cell.column + cell.column_span for cell in cells)


def _trimmed(rows: Sequence[Sequence[_Cell]]) -> list[list[_Cell]]:
    """The rows without the blank cells beside the table, which are there because another table is wider."""
    start, end = _width(rows)
    return [[cell for cell in row if start <= cell.column < end] for row in rows]


def _paragraphs(rows: Sequence[Sequence[_Cell]], number: int) -> Iterator[Block]:
    for row in rows:
        for cell in row:
            place = Location(page=number, line=cell.row + 1)
            for text in filter(None, map(str.strip, cell.text.splitlines())):
                yield Block(kind="paragraph", text=text, location=place)


def _grid(rows: Sequence[Sequence[_Cell]], number: int) -> Block:
    """A grid whose rows and columns count anew from 0."""
    order = {row: index for index, row in enumerate(sorted({cell.row for cells in rows for cell in cells}))}
    columns = {
        column: index
        for index, column in enumerate(sorted({cell.column for cells in rows for cell in cells}))
    }
    cells = [
        PlacedCell(
            row=order[cell.row],
            column=columns[cell.column],
            row_span=cell.row_span,
            column_span=cell.column_span,
            text=cell.text,
            location=Location(page=number, line=cell.row + 1),
        )
        for row in rows
        for cell in row
    ]
    first = rows[0][0].row if rows[0] else 0
    return Block(kind="grid", text="", location=Location(page=number, line=first + 1), grid=grid_from(cells))
