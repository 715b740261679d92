"""The rows of table 3 below its header, each with its cells by column."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.columns import Fit, Header, Leaf, distinct, fit_row, fit_tail, read_header
from disclosure_rules.ingest.tables.labels import label, squeezed_label
from disclosure_rules.ingest.tables.printed import is_blank, is_figure
from disclosure_rules.ingest.tables.request_lines import Line, is_nought, totals_bear_out, without_pushed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.request_names import Requests

__all__ = ["Body", "read_body"]

_FEWEST_COLUMNS = 5
_CAPTIONS = ("勾稽", "申请人情况")


class Body(NamedTuple):
    """The rows that are no header, the columns that no form has, and how the columns were found.

    `column_labels` are the printed names of columns that are not the form's, by key.
    """

    lines: list[Line]
    extra_columns: tuple[Leaf, ...] = ()
    column_labels: Mapping[str, str] = {}
    remark: str | None = None


def read_body(rows: Sequence[PrintedRow], known: Requests) -> Body:
    """The rows that are no header, each with its cells by column."""
    header: Header | None = None
    width = 0
    run: list[PrintedRow] = []
    group = ""
    lines: list[Line] = []
    extra: tuple[Leaf, ...] = ()
    for row in rows:
        if known.is_header(row):
            run.append(row)
            continue
        if run:
            header, run = read_header(run, known.columns, _FEWEST_COLUMNS) or header, []
            width = len(row.slots)
            extra = extra or tuple(leaf for leaf in header.leaves if leaf.key is None) if header else ()
        if not row.printed or _is_caption(row) or known.is_foreign_header(row):
            continue
        here = header._replace(placed=False) if header and len(row.slots) != width else header
        if here and not here.placed:
            row = _trimmed(row, len(here.leaves))  # noqa: PLW2901 -- the same row, as it was before it was padded
        fit = fit_row(row, here, known.is_label) if here else None
        lines.append(_line(row, fit, group, here.keys if here else (), known))
        group = lines[-1].group
    if any(line.has_figures for line in lines) and (header is None or _is_of_none(header, lines, known)):
        return _by_position(lines, known)
    if header and not header.whole and (_has_moved(header, known) or not _is_borne_out(header, lines)):
        # The header lacks a column, and the rows may have lost another: they lie under it all the same.
        lines = [line._replace(fit=None) for line in lines]
    lines = without_pushed(lines, placed=header is not None and header.placed)
    moved = header is not None and not _is_in_order(header, known)
    return Body(
        lines, extra, _misprinted(header, known) if header else {}, "columns-out-of-order" if moved else None
    )


def _is_in_order(header: Header, known: Requests) -> bool:
    named = [known.order.index(key) for key in header.keys if key in known.order]
    return named == sorted(named)


def _is_borne_out(header: Header, lines: Sequence[Line]) -> bool:
    return header.keys[-1] == "total" and totals_bear_out(lines)


def _has_moved(header: Header, known: Requests) -> bool:
    """Whether a header has as many columns as the form, and the one without a name is not the one that is missing.

    Then a name was lost and those behind it stand one column too far left.
    """
    missing = [key for key in known.order if key not in header.keys]
    if len(header.keys) != len(known.order) or header.keys.count(None) != len(missing):
        return False
    left = iter(missing)
    named = [known.order.index(key or next(left)) for key in header.keys if key is None or key in known.order]
    return named != sorted(named)


def _misprinted(header: Header, known: Requests) -> dict[str, str]:
    """The names of columns that are not the form's; a piece of a name is one that was cut into two rows."""
    labels = {column.key: column.label.zh for column in next(iter(known.forms.values())).columns}
    return {
        leaf.key: leaf.text.strip()
        for leaf in header.leaves
        if leaf.key and leaf.text != leaf.key and known.columns.differs(leaf.text)
        if squeezed_label(leaf.text) not in labels[leaf.key]
    }


def _is_caption(row: PrintedRow) -> bool:
    """Whether a row is the note on the sums and the heading over all columns, which stand above the columns."""
    texts = (squeezed_label(cell.text) for cell in row.printed)
    return any(word in text for text in texts for word in _CAPTIONS)


def _is_of_none(header: Header, lines: Sequence[Line], known: Requests) -> bool:
    """Whether no row lies under a header whose columns stand in the order of the form, as where each row has its own."""
    return _is_in_order(header, known) and not any(line.fit or line.run for line in lines)


def _by_position(lines: Sequence[Line], known: Requests) -> Body:
    """The rows of a table without a header: by the order of the form, where the totals bear it out."""
    header = Header(tuple(Leaf(key, key, 0, 0) for key in known.order), placed=False)
    fitted = []
    for line in lines:
        row = _trimmed(line.printed, len(known.order))
        fitted.append(_line(row, fit_tail(row, header, known.is_label), line.group, known.order, known))
    widest: dict[int, int] = {}
    for line in fitted:
        widest[line.printed.part] = max(widest.get(line.printed.part, 0), len(line.printed.own))
    fitted = [line._replace(fit=None) if _may_have_moved(line, widest) else line for line in fitted]
    if totals_bear_out(fitted):
        return Body(fitted, remark="columns-by-position")
    left = [line if is_nought(line.fit) else line._replace(fit=None) for line in fitted]
    return Body(left, remark="columns-nought" if any(line.fit for line in left) else "columns-unknown")


def _may_have_moved(line: Line, widest: Mapping[int, int]) -> bool:
    """Whether a row ends in a blank in the place of its total, and that may be the filling behind its last cell.

    So it is where the row has fewer cells than others of its grid, or more than its columns: it may have lost a figure.
    """
    if line.fit is None or not line.has_figures or not is_blank(line.fit.cells[-1][1].text):
        return False
    own, labels = line.printed.own, [cell for cell in line.fit.labels if not is_blank(cell.text)]
    return len(own) < widest[line.printed.part] or len(own) > len(line.fit.cells) + len(labels)


def _trimmed(row: PrintedRow, count: int) -> PrintedRow:
    """The row without the blank cells that a converter put after its last column.

    Where a blank stands among the figures as well, it may have pushed the others on, and all are kept; but not
    where none is printed but the last.
    """
    own = row.own
    words = [index for index, cell in enumerate(own) if not is_figure(cell.text) and not is_blank(cell.text)]
    end = words[-1] + 1 + count if words else len(own)
    if end < len(own) and [index for index, cell in enumerate(own) if is_figure(cell.text)] == [end - 1]:
        return replace(row, own=own[:end])
    lead = next((index for index, cell in enumerate(own) if is_figure(cell.text)), len(own))
    while len(own) - lead > count and is_blank(own[-1].text):
        own = own[:-1]
    return row if any(is_blank(cell.text) for cell in own[lead:]) else replace(row, own=own)


def _line(
    row: PrintedRow, fit: Fit | None, group: str, columns: tuple[str | None, ...], known: Requests
) -> Line:
    words = fit.labels if fit else tuple(cell for cell in row.slots if cell and not is_figure(cell.text))
    words = distinct(cell for cell in words if not is_blank(cell.text))
    own = [cell for cell in words if cell.row == row.own[0].row]
    if own and own[-1].row_span > 1 and not any(cell.row_span > 1 for cell in row.own if cell not in words):
        own = []  # the heading over a group, beside a label that was lost or left out
    text = own[-1].text if own else ""
    over = [cell.text for cell in words if not own or cell is not own[-1]]
    taken = label(known.without_groups(text))
    if over:
        group = label(over[-1]).words
    elif taken.enumerator and taken.enumerator[0] == "han":
        group = ""
    return Line(row, text, taken, group, fit, columns)
