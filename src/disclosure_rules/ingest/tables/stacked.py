"""Rows that a page has put into one: the labels of several in one cell, line by line, and their figures beside them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from disclosure_rules.ingest.tables.printed import is_figure

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.model.document import GridCell

__all__ = ["with_rows_apart"]

_UNREADABLE = "\ufffd"  # no number has it


def with_rows_apart(rows: Sequence[PrintedRow], is_row_label: Callable[[str], bool]) -> list[PrintedRow]:
    """Take such rows apart.

    Args:
        rows: The rows of all grids.
        is_row_label: Whether a text is the very label of a row in any form.

    Returns:
        The rows, several inferred ones in the place of each whose label cell holds the labels of several. Their figures
        are used only where each cell behind the labels has one on every line; else none of the cells is readable, for
        a blank leaves no line, and which row a figure belongs to cannot be told.
    """
    found: list[PrintedRow] = []
    for row in rows:
        at = next((at for at, cell in enumerate(row.own) if _holds_labels(cell, is_row_label)), None)
        if at is None:
            found.append(row)
        else:
            found += _apart(row, at)
    return found


def _holds_labels(cell: GridCell, is_row_label: Callable[[str], bool]) -> bool:
    return "\n" in cell.text and all(map(is_row_label, cell.text.split("\n")))


def _apart(row: PrintedRow, at: int) -> Iterator[PrintedRow]:
    labels = row.own[at].text.split("\n")
    lines = [cell.text.split("\n") for cell in row.own[at + 1 :]]
    told = all(len(each) == len(labels) and all(map(is_figure, each)) for each in lines)
    # All figures of the row in each cell: which of them is its own is not known.
    printed = " ".join(" ".join(each) for each in lines if any(each))
    unread = f"{printed}{_UNREADABLE}" if printed else ""
    for index, name in enumerate(labels):
        texts = [each[index] if told else unread for each in lines]
        new = {
            id(cell): cell.model_copy(update={"text": text, "row_span": 1})
            for cell, text in zip(row.own[at:], [name, *texts], strict=True)
        }
        yield replace(
            row,
            slots=tuple(new.get(id(cell), cell) for cell in row.slots),
            own=tuple(new.get(id(cell), cell) for cell in row.own),
            inferred=True,
        )
