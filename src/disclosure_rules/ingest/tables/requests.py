"""Table 3: requests received and handled, recognised by the labels of its rows and the names of its columns."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

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
from disclosure_rules.ingest.tables.labels import label
from disclosure_rules.ingest.tables.printed import row_text
from disclosure_rules.ingest.tables.remarks import about
from disclosure_rules.ingest.tables.request_body import read_body
from disclosure_rules.ingest.tables.rows import align
from disclosure_rules.ingest.tables.runs import separate
from disclosure_rules.model.report import CellStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.request_body import Body
    from disclosure_rules.ingest.tables.request_lines import Line
    from disclosure_rules.ingest.tables.request_names import Requests
    from disclosure_rules.ingest.tables.rows import Match, RowNames
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Candidate, Table

__all__ = ["recognise_requests"]

_MOST_ROWS = 400
_SHORTEST_PIECE = 3
_MOVED = "columns-out-of-order"
_FEWEST_STACKED = 2  # cells of a row with two numbers, one above the other: then it is two rows
_LOST = "\ufffd"  # what stands for a letter of a damaged font


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
    body = read_body(rows, known)
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


def _table(
    rows: Sequence[PrintedRow], body: Body, matches: Sequence[Match], form: str, known: Requests
) -> tuple[Table, list[Note]]:
    spec = known.forms[form]
    times = Counter(match.row for match in matches)
    torn = _torn(body.lines, known.rows[form])
    bare = _bare(body.lines, matches, known.rows[form])
    values: dict[tuple[str, str], Value] = {}
    beside: set[int] = set()  # figures that are told at the missing rows beside which they stand
    for between, missing in _beside_unlabelled(body.lines, bare, matches, spec):
        beside |= between
        values |= missing
    for match in matches:
        row, line = spec.rows[match.row].key, body.lines[match.printed]
        cells = _unread(line, spec) if times[match.row] > 1 or match.printed in torn else _values(line, spec)
        values.update({(row, column): value for column, value in cells if column})
    placed = {match.printed for match in matches} | beside
    unplaced = list(_unplaced(body, placed, spec, known.rows[form]))
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
    notes = _notes(body, matches, bare, spec, table)
    return as_inferred(table) if body.remark == "columns-nought" else table, notes


def _torn(lines: Sequence[Line], names: RowNames) -> set[int]:
    """The rows whose label or figures are not one whole row's: letters lost, half of it behind a page break, or two rows.

    A letter lost beside a whole label takes nothing from it.

    Beside a break the blanks of a row without its whole label, and the figures above loose ones, say nothing.
    """
    torn = {
        at
        for at, line in enumerate(lines)
        if (_LOST in line.text and names.exact(label(line.text.replace(_LOST, ""))) is None)
        or names.hold_two(line.label)
        or sum(_LOST in cell.text.strip(_LOST) for cell in line.printed.printed) >= _FEWEST_STACKED
    }
    for at, (upper, lower) in enumerate(pairwise(lines)):
        if upper.printed.location.page == lower.printed.location.page:
            continue
        halves = (line for line in ((at, upper), (at + 1, lower)) if names.exact(line[1].label) is None)
        torn |= {index for index, line in halves if not line.has_figures}
        if lower.has_figures and not lower.label.words:
            torn.add(at)
    return torn


def _values(line: Line, spec: TableSpec) -> Iterator[tuple[str | None, Value]]:
    if line.run:
        groups = (len(line.columns),)
        if line.columns[-1] != "total" or len(set(line.columns)) != len(line.columns):
            return
        yield from zip(line.columns, run_values(line.run.text, line.run.location, groups), strict=True)
    elif line.fit is None:
        yield from _unread(line, spec)
    else:
        for column, cell in line.fit.cells:
            value = value_of(cell.text, cell.location)
            yield column, value if cell.row_span == 1 else unread(cell.text, cell.location)


def _unread(line: Line, spec: TableSpec) -> Iterator[tuple[str | None, Value]]:
    """No column of it is known, and so none is known to be missing; of a row without figures the label says nothing."""
    labels = () if line.has_figures else [cell for cell in line.printed.words if label(cell.text).words]
    text = row_text(line.printed, labels)
    for column in spec.columns:
        yield column.key, unread(text, line.printed.location)


def _bare(lines: Sequence[Line], matches: Sequence[Match], names: RowNames) -> set[int]:
    """The rows of figures without a label, or beside a piece of one (行政机关不再处理其政府信息公)."""
    placed = {match.printed for match in matches}
    words = [name for row in range(len(names.rows)) for name in names.words(row)]
    return {
        at
        for at, line in enumerate(lines)
        if at not in placed and line.has_figures and _is_piece(line.label.words, words)
    }


def _is_piece(text: str, words: Sequence[str]) -> bool:
    return not text or (len(text) >= _SHORTEST_PIECE and any(text in name for name in words))


def _beside_unlabelled(
    lines: Sequence[Line], without_label: set[int], matches: Sequence[Match], spec: TableSpec
) -> Iterator[tuple[set[int], dict[tuple[str, str], Value]]]:
    """The missing rows between whose neighbours figures without a label stand: something is printed for them.

    Each time the rows of figures, and what is told of the missing rows.
    """
    found = sorted({match.printed: match.row for match in matches}.items())
    borders = [(-1, -1), *found, (len(lines), len(spec.rows))]
    for (start, above), (end, below) in pairwise(borders):
        bare = [at for at in range(start + 1, end) if at in without_label]
        missing = spec.rows[above + 1 : below]
        if not bare or not missing:
            continue
        values: dict[tuple[str, str], Value] = {}
        for offset, row in enumerate(missing):
            line = lines[bare[min(offset, len(bare) - 1)]]
            # As many as are missing: then each has its row's figures beside it; else only the place is told.
            text = row_text(line.printed) if len(bare) == len(missing) else ""
            for column in spec.columns:
                values[row.key, column.key] = unread(text, line.printed.location)
        yield set(bare), values


def _unplaced(body: Body, placed: set[int], spec: TableSpec, names: RowNames) -> Iterator[Candidate]:
    for index, line in enumerate(body.lines):
        if index not in placed and (line.has_figures or not names.knows(line.text)):
            yield unplaced_row("row", row_text(line.printed), line.printed.location, spec)
    for leaf in body.extra_columns:
        yield unplaced_row("column", leaf.text, body.lines[0].printed.location, spec)


def _notes(body: Body, matches: Sequence[Match], bare: set[int], spec: TableSpec, table: Table) -> list[Note]:
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
            line for line, _ in lines if line.fit is None and not line.run and body.remark in (None, _MOVED)
        ],
        "row-without-label": [body.lines[at] for at in sorted(bare)],
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
