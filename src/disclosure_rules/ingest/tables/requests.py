"""Table 3: requests received and handled, recognised by the labels of its rows and the names of its columns."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.broken_labels import with_whole_labels
from disclosure_rules.ingest.tables.cells import (
    Value,
    as_inferred,
    build_table,
    run_values,
    unplaced_row,
    unread,
    value_of,
)
from disclosure_rules.ingest.tables.columns import (
    ColumnNames,
    Fit,
    Header,
    Leaf,
    distinct,
    fit_row,
    fit_tail,
    read_header,
)
from disclosure_rules.ingest.tables.labels import MOST_LOOKED_UP, han, label, squeezed_label
from disclosure_rules.ingest.tables.printed import is_blank, is_figure, row_text
from disclosure_rules.ingest.tables.remarks import about
from disclosure_rules.ingest.tables.request_lines import Line, is_nought, totals_bear_out, without_pushed
from disclosure_rules.ingest.tables.rows import RowNames, align
from disclosure_rules.ingest.tables.runs import separate
from disclosure_rules.model.report import CellStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.rows import Match
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Candidate, Table

__all__ = ["Requests", "recognise_requests"]

_FEWEST_COLUMNS = 5
_MOST_ROWS = 400
_FEW_NAMES = 2
_LONG_LABEL = 5
_LOST = "\ufffd"  # what stands for a letter of a damaged font
_CAPTIONS = ("勾稽", "申请人情况")


class _Body(NamedTuple):
    """The rows that are no header, the columns that no form has, and how the columns were found.

    `column_labels` are the printed names of columns that are not the form's, by key.
    """

    lines: list[Line]
    extra_columns: tuple[Leaf, ...] = ()
    column_labels: Mapping[str, str] = {}
    remark: str | None = None


class Requests:
    """What table 3 is known by, in all its forms.

    Args:
        forms: The table of each form, by the id of the form.
    """

    def __init__(self, forms: Mapping[str, TableSpec]) -> None:
        self.forms = forms
        self.columns = ColumnNames([column for spec in forms.values() for column in spec.columns])
        self.rows = {form: RowNames(spec.rows) for form, spec in forms.items()}
        parents = {squeezed_label(row.parent) for spec in forms.values() for row in spec.rows if row.parent}
        self.groups = tuple(sorted(parents, key=len, reverse=True))
        self.order = tuple(column.key for column in next(iter(forms.values())).columns)
        self._knows = lru_cache(maxsize=MOST_LOOKED_UP)(self._likely_known)

    def is_label(self, text: str) -> bool:
        """Whether a text is the label of a row or a group of rows in any form."""
        return han(text) > 1 and self._knows(label(text).words)

    def is_row_label(self, text: str) -> bool:
        """Whether a text is the very label of a row in any form."""
        taken = label(text)
        return any(names.exact(taken) is not None for names in self.rows.values())

    def _likely_known(self, words: str) -> bool:
        return any(names.knows_words(words) for names in self.rows.values())

    def without_groups(self, text: str) -> str:
        """A label without the headings of groups that are printed before it in one cell."""
        clean = squeezed_label(text)
        for group in (*self.groups, *self.groups):
            if len(clean) > len(group):
                clean = clean.removeprefix(group)
        return clean

    def is_own_label(self, text: str) -> bool:
        """Whether a text is a label that no other table has: long enough, or with its number before it."""
        taken = label(text)
        return (han(text) >= _LONG_LABEL or taken.enumerator is not None) and self.is_label(text)

    def is_header(self, row: PrintedRow) -> bool:
        """Whether a row names columns."""
        if row.has_figures:
            return False
        named = {self.columns.key(cell.text) for cell in row.own} - {None}
        parents = any(self.columns.is_parent(cell.text) for cell in row.own)
        return len(named) + parents >= _FEW_NAMES


def recognise_requests(
    rows: Sequence[PrintedRow], known: Requests, beside: str | None = None
) -> tuple[Table | None, list[Note]]:
    """Recognise table 3 in the rows of one or several grids.

    Args:
        rows: The rows that belong to it, headers repeated after page breaks included.
        known: What the table is known by.
        beside: The form of the table before it, where there is one: it decides where the rows are those of several.

    Returns:
        The table in the form that its rows show, and remarks on how it was read; None where no row is one of it.
    """
    rows, joined = with_whole_labels(rows[:_MOST_ROWS], known.rows.values())
    body = _body(rows, known)
    printed = [(line.label, line.group) for line in body.lines]
    found = {form: align(printed, names) for form, names in known.rows.items()}
    form = _form(found, beside)
    matches = found[form]
    if not matches:
        return None, []
    table, notes = _table(rows, body, matches, form, known)
    return table, [*notes, *about("label-joined", known.forms[form], joined)]


def _form(found: Mapping[str, Sequence[Match]], beside: str | None) -> str:
    """The form of which most rows are there, and the most alike; among equals that of the table before, or the latest."""

    def weight(form: str) -> tuple[int, float, bool, str]:
        matches = found[form]
        alike = round(sum(match.score for match in matches), 6)
        return len({match.row for match in matches}), alike, form == beside, form

    return max(found, key=weight)


def _body(rows: Sequence[PrintedRow], known: Requests) -> _Body:
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
        if not row.printed or _is_caption(row):
            continue
        here = header._replace(placed=False) if header and len(row.slots) != width else header
        if here and not here.placed:
            row = _trimmed(row, len(here.leaves))  # noqa: PLW2901 -- the same row, as it was before it was padded
        fit = fit_row(row, here, known.is_label) if here else None
        lines.append(_line(row, fit, group, here.keys if here else (), known))
        group = lines[-1].group
    if header is None and any(line.has_figures for line in lines):
        return _by_position(lines, known)
    if header and not header.whole and not (header.keys[-1] == "total" and totals_bear_out(lines)):
        # The header lacks a column, and the rows may have lost another: they lie under it all the same.
        lines = [line._replace(fit=None) for line in lines]
    lines = without_pushed(lines, placed=header is not None and header.placed)
    return _Body(lines, extra, _misprinted(header, known) if header else {})


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


def _by_position(lines: Sequence[Line], known: Requests) -> _Body:
    """The rows of a table without a header: by the order of the form, where the totals bear it out."""
    header = Header(tuple(Leaf(key, key, 0, 0) for key in known.order), placed=False)
    fitted = []
    for line in lines:
        row = _trimmed(line.printed, len(known.order))
        fitted.append(_line(row, fit_tail(row, header, known.is_label), line.group, known.order, known))
    if totals_bear_out(fitted):
        return _Body(fitted, remark="columns-by-position")
    left = [line if is_nought(line.fit) else line._replace(fit=None) for line in fitted]
    return _Body(left, remark="columns-nought" if any(line.fit for line in left) else "columns-unknown")


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
    text = own[-1].text if own else ""
    over = [cell.text for cell in words if not own or cell is not own[-1]]
    taken = label(known.without_groups(text))
    if over:
        group = label(over[-1]).words
    elif taken.enumerator and taken.enumerator[0] == "han":
        group = ""
    return Line(row, text, taken, group, fit, columns)


def _table(
    rows: Sequence[PrintedRow], body: _Body, matches: Sequence[Match], form: str, known: Requests
) -> tuple[Table, list[Note]]:
    spec = known.forms[form]
    times = Counter(match.row for match in matches)
    torn = _torn(body.lines, known.rows[form])
    values: dict[tuple[str, str], Value] = dict(_beside_unlabelled(body.lines, matches, spec))
    for match in matches:
        row, line = spec.rows[match.row].key, body.lines[match.printed]
        cells = _unread(line) if times[match.row] > 1 or match.printed in torn else _values(line)
        values.update({(row, column): value for column, value in cells if column})
    unplaced = list(_unplaced(body, {match.printed for match in matches}, spec, known.rows[form]))
    labels = {
        spec.rows[match.row].key: body.lines[match.printed].text.strip()
        for match in matches
        if body.lines[match.printed].label.words not in known.rows[form].words(match.row)
    }
    table = build_table(
        spec,
        form,
        values,
        labels=labels,
        column_labels=body.column_labels,
        unplaced=unplaced,
        first=rows[0],
    )
    notes = _notes(body, matches, spec, table)
    return as_inferred(table) if body.remark == "columns-nought" else table, notes


def _torn(lines: Sequence[Line], names: RowNames) -> set[int]:
    """The rows whose label or figures are not whole: letters lost, or half of the row behind a page break.

    A letter lost beside a whole label takes nothing from it.

    Beside a break the blanks of a row without its whole label, and the figures above loose ones, say nothing.
    """
    torn = {
        at
        for at, line in enumerate(lines)
        if _LOST in line.text and names.exact(label(line.text.replace(_LOST, ""))) is None
    }
    for at, (upper, lower) in enumerate(pairwise(lines)):
        if upper.printed.location.page == lower.printed.location.page:
            continue
        halves = (line for line in ((at, upper), (at + 1, lower)) if names.exact(line[1].label) is None)
        torn |= {index for index, line in halves if not line.has_figures}
        if lower.has_figures and not lower.label.words:
            torn.add(at)
    return torn


def _values(line: Line) -> Iterator[tuple[str | None, Value]]:
    if line.run:
        groups = (len(line.columns),)
        if line.columns[-1] != "total" or len(set(line.columns)) != len(line.columns):
            return
        yield from zip(line.columns, run_values(line.run.text, line.run.location, groups), strict=True)
    elif line.fit is None:
        yield from _unread(line)
    else:
        for column, cell in line.fit.cells:
            value = value_of(cell.text, cell.location)
            yield column, value if cell.row_span == 1 else unread(cell.text, cell.location)


def _unread(line: Line) -> Iterator[tuple[str | None, Value]]:
    for column in line.columns:
        yield column, unread(row_text(line.printed), line.printed.location)


def _beside_unlabelled(
    lines: Sequence[Line], matches: Sequence[Match], spec: TableSpec
) -> Iterator[tuple[tuple[str, str], Value]]:
    """The missing rows between whose neighbours figures without a label stand: something is printed for them."""
    found = sorted({match.printed: match.row for match in matches}.items())
    borders = [(-1, -1), *found, (len(lines), len(spec.rows))]
    for (start, above), (end, below) in pairwise(borders):
        bare = [line for line in lines[start + 1 : end] if line.has_figures and not line.label.words]
        for offset, row in enumerate(spec.rows[above + 1 : below] if bare else ()):
            line = bare[min(offset, len(bare) - 1)]
            # As many as are missing: then each has its row's figures beside it; else only the place is told.
            text = row_text(line.printed) if len(bare) == below - above - 1 else ""
            for column in spec.columns:
                yield (row.key, column.key), unread(text, line.printed.location)


def _unplaced(body: _Body, placed: set[int], spec: TableSpec, names: RowNames) -> Iterator[Candidate]:
    for index, line in enumerate(body.lines):
        if index not in placed and (line.has_figures or not names.knows(line.text)):
            yield unplaced_row("row", row_text(line.printed), line.printed.location, spec)
    for leaf in body.extra_columns:
        yield unplaced_row("column", leaf.text, body.lines[0].printed.location, spec)


def _notes(body: _Body, matches: Sequence[Match], spec: TableSpec, table: Table) -> list[Note]:
    times = Counter(match.row for match in matches)
    lines = [(body.lines[match.printed], match) for match in matches]
    runs = [
        (line, match)
        for line, match in lines
        if line.run and separate(line.run.text, len(line.columns)) is None
    ]
    split = {
        row
        for (row, _), index in spec.index.items()
        if runs and table.cell(index).status is CellStatus.INFERRED
    }
    places = {
        "row-realigned": [line for line, _ in lines if line.fit and line.fit.shifted],
        "row-repeated": [line for line, match in lines if times[match.row] > 1],
        "row-not-fitted": [
            line for line, _ in lines if line.fit is None and not line.run and not body.remark
        ],
        "row-without-label": [line for line in body.lines if line.has_figures and not line.label.words],
        "label-misprinted": [line for line, match in lines if spec.rows[match.row].key in table.labels],
        "cells-inferred": [line for line, match in runs if spec.rows[match.row].key in split],
        "cells-run-together": [line for line, match in runs if spec.rows[match.row].key not in split],
    }
    notes = [
        note
        for code, of_code in places.items()
        for note in about(
            code,
            spec,
            [line.printed.location for line in of_code],
            [line.text.strip() for line in of_code if line.text],
        )
    ]
    for source in ("row", "column"):
        listed = [found for found in table.unplaced if found.source == source]
        notes += about(
            f"{source}-unplaced",
            spec,
            [found.location for found in listed],
            [found.value for found in listed],
        )
    if body.remark:
        notes += about(body.remark, spec, [table.location])
    return notes
