"""Labels that a page break or a lost line left as several rows: the figures stand beside the first piece only."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.labels import label
from disclosure_rules.ingest.tables.printed import is_blank, is_figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.rows import RowNames
    from disclosure_rules.model.document import GridCell
    from disclosure_rules.model.location import Location

__all__ = ["with_whole_labels"]

_MOST_PIECES = 12


def with_whole_labels(
    rows: Sequence[PrintedRow], forms: Iterable[RowNames]
) -> tuple[list[PrintedRow], list[Location]]:
    """Join the pieces of a label, where together they are the very label of a row of a form.

    Args:
        rows: The rows of a table as printed.
        forms: The names of the rows in each form.

    Returns:
        The rows, a row of pieces taken into the one with the figures, and the places of the rows whose label was joined.
    """
    names = tuple(forms)
    found: list[PrintedRow] = []
    places: list[Location] = []
    at = 0
    while at < len(rows):
        row, taken = rows[at], 1
        first = _label_of(row)
        if first is not None and not _is_exact(first.text, names):
            pieces = _pieces(rows[at + 1 : at + 1 + _MOST_PIECES], first)
            for count in range(len(pieces), 0, -1):
                whole = first.text + "".join(pieces[:count])
                if _is_exact(whole, names):
                    row, taken = _joined(row, first, whole, count), 1 + count
                    places.append(row.location)
                    break
        found.append(row)
        at += taken
    return found, places


def _is_exact(text: str, names: Iterable[RowNames]) -> bool:
    printed = label(text)
    return any(one.exact(printed) is not None for one in names)


def _label_of(row: PrintedRow) -> GridCell | None:
    """The cell with the label of a row that has figures: the last words before the first of them."""
    before: GridCell | None = None
    for cell in row.own:
        if is_figure(cell.text):
            return before
        if not is_blank(cell.text):
            before = cell
    return None


def _pieces(rows: Sequence[PrintedRow], first: GridCell) -> list[str]:
    """The words in the column of a label in the rows below, up to the first row that holds anything else."""
    pieces: list[str] = []
    for row in rows:
        if len(row.printed) != 1 or row.has_figures or row.printed[0].column != first.column:
            break
        pieces.append(row.printed[0].text.strip())
    return pieces


def _joined(row: PrintedRow, first: GridCell, text: str, count: int) -> PrintedRow:
    """The row with its whole label; cells that reach over the rows of the pieces now reach over so many fewer."""
    new = {id(cell): _shorter(cell, text if cell is first else cell.text, count) for cell in row.own}
    return replace(
        row,
        slots=tuple(new.get(id(cell), cell) for cell in row.slots),
        own=tuple(new[id(cell)] for cell in row.own),
    )


def _shorter(cell: GridCell, text: str, count: int) -> GridCell:
    return cell.model_copy(update={"text": text, "row_span": max(1, cell.row_span - count)})
