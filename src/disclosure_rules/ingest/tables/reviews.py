"""Table 4: reviews and litigation, one row of figures under three runs of the same five outcomes.

The headings above the runs (行政复议, 未经复议直接起诉, 复议后起诉) often stand over the wrong columns. The runs are
told apart by the outcomes, which begin anew in each; the headings decide only where all three are printed in order.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.cells import Value, build_table, run_values, unread, value_of
from disclosure_rules.ingest.tables.columns import ColumnNames, distinct
from disclosure_rules.ingest.tables.labels import MOST_LOOKED_UP, han, label, likeness
from disclosure_rules.ingest.tables.printed import is_blank, is_figure, row_text
from disclosure_rules.ingest.tables.remarks import about
from disclosure_rules.ingest.tables.runs import is_run, separate
from disclosure_rules.numbers import read_number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.model.document import GridCell
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table

__all__ = ["Reviews", "recognise_reviews"]

_LIKE = 0.75
_FEW_NAMES = 3


class Reviews:
    """What table 4 is known by.

    Args:
        forms: The table of each form, by the id of the form; its rows and columns are the same in all.
    """

    def __init__(self, forms: Mapping[str, TableSpec]) -> None:
        self.forms = forms
        self.form, self.spec = list(forms.items())[-1]
        self.columns = ColumnNames(self.spec.columns)
        self.order = tuple(column.key for column in self.spec.columns)
        self.heads = tuple(label(row.label.zh).words for row in self.spec.rows)
        self.parents = tuple({label(row.parent).words for row in self.spec.rows if row.parent})
        self._is_head = lru_cache(maxsize=MOST_LOOKED_UP)(self._likely_head)

    @property
    def count(self) -> int:
        """How many columns the table has as printed."""
        return len(self.heads) * len(self.order)

    def is_head(self, text: str) -> bool:
        """Whether a text is a heading over a run of outcomes, or over two of them."""
        return self._is_head(label(text).words)

    def _likely_head(self, words: str) -> bool:
        return any(likeness(words, head) >= _LIKE for head in (*self.heads, *self.parents))

    def is_header(self, row: PrintedRow) -> bool:
        """Whether a row names outcomes."""
        if row.has_figures or len(row.own) < _FEW_NAMES:
            return False
        return sum(self.columns.key(cell.text) is not None for cell in row.own) >= _FEW_NAMES

    def is_row(self, row: PrintedRow) -> bool:
        """Whether a row can only be one of this table: its headings, its outcomes, or as many figures as it has."""
        if self.is_header(row) or (row.printed and all(self.is_head(cell.text) for cell in row.printed)):
            return True
        return len(row.printed) == self.count and len(row.words) <= _FEW_NAMES


class _Header(NamedTuple):
    """The outcomes as printed, left to right: heading, outcome, and first grid column of each."""

    keys: tuple[tuple[str, str], ...]
    places: tuple[int, ...]


def recognise_reviews(
    rows: Sequence[PrintedRow], known: Reviews, form: str
) -> tuple[Table | None, list[Note]]:
    """Recognise table 4.

    Args:
        rows: The rows that belong to it.
        known: What the table is known by.
        form: The id of the form to give it: the forms do not differ in this table.

    Returns:
        The table and remarks on how it was read; None where there are neither outcomes nor figures.
    """
    spec = known.forms.get(form, known.spec)
    heads = [row for row in rows if known.is_header(row)]
    values_rows = [row for row in rows if _is_value_row(row, known)]
    header = _header(rows[: rows.index(heads[-1]) + 1], known) if heads else None
    if not values_rows or (header is None and not heads and len(values_rows[0].own) < known.count):
        return None, []
    row = next((row for row in values_rows if row.has_figures), values_rows[0])
    row = _without_filling(row, known.count)
    values, code = _values(row, header, known)
    if any(other.location.page != row.location.page and _is_rest(other) for other in rows):
        # What stands behind a page break may be the last digits of the figures before it.
        values, code = _unread(values, row), "row-not-fitted"
    others = [
        other.location for other in values_rows if not _is_empty(other) and _differ(other, row, known.count)
    ]
    if others:
        values = _unread(values, row)
    table = build_table(spec, form, values, labels={}, column_labels={}, unplaced=(), first=rows[0])
    notes = about(code, spec, [row.location]) if code else []
    notes += about("row-repeated", spec, [row.location, *others] if others else [])
    return table, notes


def _without_filling(row: PrintedRow, count: int) -> PrintedRow:
    """The row without the blank cells that a converter put behind its last figure."""
    printed, behind = row.own[:count], row.own[count:]
    filled = all(is_figure(cell.text) for cell in printed) and all(is_blank(cell.text) for cell in behind)
    return replace(row, own=printed) if filled else row


def _unread(values: Mapping[tuple[str, str], Value], row: PrintedRow) -> dict[tuple[str, str], Value]:
    return dict.fromkeys(values, unread(row_text(row), row.location))


def _differ(other: PrintedRow, row: PrintedRow, count: int) -> bool:
    """Whether another row prints other figures: then which of them counts is not known."""
    texts = [cell.text.strip() for cell in _without_filling(other, count).own]
    return texts != [cell.text.strip() for cell in row.own]


def _is_empty(row: PrintedRow) -> bool:
    return not row.printed


def _is_rest(row: PrintedRow) -> bool:
    """Whether a row holds nothing but figures and their units (0件, 件), as the lower half of a torn one does."""
    return bool(row.printed) and all(read_number(f"1{cell.text.strip()[-1:]}").unit for cell in row.words)


def _is_value_row(row: PrintedRow, known: Reviews) -> bool:
    if len(row.own) == 1 and is_run(row.own[0].text):
        return True
    words = sum(han(cell.text) > 1 for cell in row.words)
    figures = len(row.printed) - len(row.words)
    # Words in a few cells among figures (详见附件) are what was filled in; a row of names has no figures.
    return len(row.own) > len(known.order) and (words == 0 or words < figures)


def _header(rows: Sequence[PrintedRow], known: Reviews) -> _Header | None:
    """The outcomes of the lowest names of each grid column; None unless they are the runs of the form in order."""
    width = max(len(row.slots) for row in rows)
    cells = distinct(_lowest_name(rows, column, known) for column in range(width))
    runs = tuple((row.key, column) for row in known.spec.rows for column in known.order)
    if _are_all(cells, known):
        return _Header(runs, tuple(cell.column for cell in cells))
    # Text has lost the spans: the outcomes of the first run, which reach down, stand in a row above the others.
    in_order = [cell for row in rows for cell in row.own if known.columns.key(cell.text)]
    return _Header(runs, ()) if _are_all(in_order, known) else None


def _are_all(cells: Sequence[GridCell], known: Reviews) -> bool:
    return [known.columns.key(cell.text) for cell in cells] == list(known.order) * len(known.heads)


def _lowest_name(rows: Sequence[PrintedRow], column: int, known: Reviews) -> GridCell | None:
    for row in reversed(rows):
        cell = row.slots[column] if column < len(row.slots) else None
        if cell is not None and known.columns.key(cell.text) is not None:
            return cell
    return None


def _values(
    row: PrintedRow, header: _Header | None, known: Reviews
) -> tuple[dict[tuple[str, str], Value], str | None]:
    """The values of the row of figures, and what is to be said of how they were read."""
    keys = tuple((line.key, column) for line in known.spec.rows for column in known.order)
    groups = [len(known.order)] * len(known.heads)
    if len(row.own) == 1:
        cell = row.own[0]
        found = run_values(cell.text, cell.location, groups)
        code = None if separate(cell.text, len(keys)) else "cells-inferred"
        if found[0].status == "unreadable":
            code = "cells-run-together"
        return dict(zip(keys, found, strict=True)), code
    cells = [value_of(cell.text, cell.location) for cell in row.own]
    if len(cells) == len(keys) and header and _fits(row, header):
        return dict(zip(keys, cells, strict=True)), None
    if len(cells) == len(keys) and _sums_hold(cells, groups[0]):
        return dict(zip(keys, cells, strict=True)), "columns-by-position"
    text = row_text(row)
    return dict.fromkeys(
        keys, unread(text, row.location)
    ), "columns-unknown" if not header else "row-not-fitted"


def _fits(row: PrintedRow, header: _Header) -> bool:
    """Whether every cell stands under its outcome or, where spans have moved the row, none can be a label."""
    in_place = tuple(cell.column for cell in row.own) == header.places
    if row.words:
        return in_place
    return in_place or not is_blank(row.own[0].text) or _is_empty(row)


def _sums_hold(cells: Sequence[Value], size: int) -> bool:
    """Whether every run ends in its sum, and one of them says something."""
    numbers = [cell.number for cell in cells]
    if None in numbers or not any(numbers):
        return False
    known = [number or 0 for number in numbers]
    return all(sum(known[at : at + size - 1]) == known[at + size - 1] for at in range(0, len(known), size))
