"""The rows of table 3 before they are rows of a form: what each holds, and which of them can be trusted."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.cells import value_of
from disclosure_rules.ingest.tables.printed import is_blank
from disclosure_rules.ingest.tables.runs import is_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from disclosure_rules.ingest.tables.columns import Fit
    from disclosure_rules.ingest.tables.labels import Label
    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.model.document import GridCell

__all__ = ["Line", "adds_up", "is_nought", "totals_bear_out", "without_pushed"]

# Without a header, one row in so many may have a wrong total and the last column still be taken for it.
_MOST_WRONG_SUMS = 5


class Line(NamedTuple):
    """A row of the table that is no header: its label, the heading over it, its cells and the columns of its header."""

    printed: PrintedRow
    text: str
    label: Label
    group: str
    fit: Fit | None
    columns: tuple[str | None, ...] = ()

    @property
    def has_figures(self) -> bool:
        """Whether any of its cells holds a number."""
        return self.printed.has_figures

    @property
    def run(self) -> GridCell | None:
        """The one cell that holds the figures of all columns, run together."""
        last = self.printed.own[-1] if self.printed.own else None
        return (
            last
            if last and self.columns and last.column_span == len(self.columns) and is_run(last.text)
            else None
        )


def without_pushed(lines: list[Line], *, placed: bool) -> list[Line]:
    """The lines; one read by order with more blank cells before its figures than others have is used for nothing.

    They may be labels left blank, or the first figures of a row into which a cell too many has come. Where most rows
    do not stand below the names of their columns, the place of a row that does is no evidence either. Where more rows
    do not lie under the columns at all than seem to without being sure, these do not either.
    """
    misfits = sum(line.fit is None and line.has_figures and line.run is None for line in lines)
    if misfits > sum(line.fit.unsure for line in lines if line.fit):
        lines = [line._replace(fit=None) if line.fit and line.fit.unsure else line for line in lines]
    shifted = [line.fit.shifted for line in lines if line.fit]
    placed = placed and 2 * sum(shifted) <= len(shifted)
    blanks = [_blanks_before_figures(line.fit) for line in lines if line.fit]
    usual = Counter(blanks).most_common(1)[0][0] if blanks else 0
    return [
        line._replace(fit=None)
        if line.fit and (line.fit.shifted or not placed) and _blanks_before_figures(line.fit) > usual
        else line
        for line in lines
    ]


def _blanks_before_figures(fit: Fit) -> int:
    labels = [is_blank(cell.text) for cell in fit.labels]
    return next((at for at, blank in enumerate(reversed(labels)) if not blank), len(labels))


def totals_bear_out(lines: Sequence[Line]) -> bool:
    """Whether the last column is the sum of the others wherever the rows say anything, but for few wrong totals."""
    sums = [adds_up(line.fit) for line in lines if line.fit]
    return sums.count(True) > 0 and sums.count(False) * _MOST_WRONG_SUMS <= sums.count(True)


def is_nought(fit: Fit | None) -> bool:
    """Whether every cell of a row is 0: then it says the same in whatever order its columns stand."""
    return fit is not None and all(value_of(cell.text, cell.location).number == 0 for _, cell in fit.cells)


def adds_up(fit: Fit) -> bool | None:
    """Whether the last cell is the sum of the others; None where that says nothing, all being nought or unread."""
    numbers = [value_of(cell.text, cell.location).number for _, cell in fit.cells]
    if None in numbers or not any(numbers):
        return None
    *parts, total = (number or 0 for number in numbers)
    return sum(parts) == total
