"""Table 3: requests received and handled, recognised by the labels of its rows and the names of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.cells import Value, build_table, unplaced_row, value_of
from disclosure_rules.ingest.tables.columns import (
    ColumnNames,
    Fit,
    Header,
    fit_row,
    read_header,
)
from disclosure_rules.ingest.tables.labels import Label, han, label, squeezed_label
from disclosure_rules.ingest.tables.printed import is_blank, is_figure, row_text
from disclosure_rules.ingest.tables.rows import RowNames, align
from disclosure_rules.model.report import Candidate, CellStatus

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.rows import Match
    from disclosure_rules.model.document import GridCell
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table

__all__ = ["Requests", "recognise_requests"]

_FEWEST_COLUMNS = 5
_MOST_ROWS = 400
_FEW_NAMES = 2


class _Line(NamedTuple):
    """A row of the table that is no header: its label, the heading over it, and its cells by column."""

    printed: PrintedRow
    text: str
    label: Label
    group: str
    fit: Fit | None

    @property
    def has_figures(self) -> bool:
        return any(is_figure(cell.text) for cell in self.printed.own)


class _Body(NamedTuple):
    lines: list[_Line]
    extra_columns: dict[str, GridCell]
    by_position: bool


class Requests:
    """What table 3 is known by, in all its forms.

    Args:
        forms: The table of each form, by the id of the form.
    """

    def __init__(self, forms: Mapping[str, TableSpec]) -> None:
        self.forms = forms
        self.columns = ColumnNames([column for spec in forms.values() for column in spec.columns])
        self.rows = {form: RowNames(spec.rows) for form, spec in forms.items()}
        self.order = tuple(column.key for column in next(iter(forms.values())).columns)

    def is_label(self, text: str) -> bool:
        """Whether a text is the label of a row or a group of rows in any form."""
        return han(text) > 1 and any(names.knows(text) for names in self.rows.values())

    def is_header(self, row: PrintedRow) -> bool:
        """Whether a row names columns."""
        if any(is_figure(cell.text) for cell in row.own):
            return False
        named = {self.columns.key(cell.text) for cell in row.own} - {None}
        parents = any(self.columns.is_parent(cell.text) for cell in row.own)
        return len(named) + parents >= _FEW_NAMES


def recognise_requests(rows: Sequence[PrintedRow], known: Requests) -> tuple[Table | None, list[Note]]:
    """Recognise table 3 in the rows of one or several grids.

    Args:
        rows: The rows that belong to it, headers repeated after page breaks included.
        known: What the table is known by.

    Returns:
        The table in the form that its rows show, and remarks on how it was read; None where no row is one of it.
    """
    if len(rows) > _MOST_ROWS:
        rows = rows[:_MOST_ROWS]
    body = _body(rows, known)
    printed = [(line.label, line.group) for line in body.lines]
    found = {form: align(printed, names) for form, names in known.rows.items()}
    form = _form(found, known)
    matches = found[form]
    if not matches:
        return None, []
    return _table(rows, body, matches, form, known)


def _form(found: Mapping[str, Sequence[Match]], known: Requests) -> str:
    """The form of which most rows are there; among equals the one that asks for fewest others, then the latest."""
    best = max(len({match.row for match in matches}) for matches in found.values())
    return max(form for form, matches in found.items() if len({match.row for match in matches}) == best)


def _body(rows: Sequence[PrintedRow], known: Requests) -> _Body:
    """The rows that are no header, each with its cells by column."""
    header: Header | None = None
    width = 0
    run: list[PrintedRow] = []
    group = ""
    lines: list[_Line] = []
    extra: dict[str, GridCell] = {}
    for row in rows:
        if known.is_header(row):
            run.append(row)
            continue
        if run:
            header = read_header(run, known.columns, _FEWEST_COLUMNS) or header
            width = len(row.slots)
            run = []
        if all(is_blank(cell.text) for cell in row.own):
            continue
        here = header
        if header and len(row.slots) != width:
            here = header._replace(placed=False)
        fit = fit_row(row, here, known.is_label) if here else None
        line = _line(row, fit, group)
        group = line.group
        lines.append(line)
    if header is None:
        return _by_position(lines, known)
    return _Body(lines, extra, by_position=False)


def _line(row: PrintedRow, fit: Fit | None, group: str) -> _Line:
    words = fit.labels if fit else tuple(cell for cell in row.slots if cell and not is_figure(cell.text))
    words = tuple(dict.fromkeys(cell for cell in words if not is_blank(cell.text)))
    own = [cell for cell in words if cell in row.own]
    text = own[-1].text if own else ""
    over = [cell.text for cell in words if not own or cell is not own[-1]]
    if over:
        group = label(over[-1]).words
    elif label(text).enumerator and label(text).enumerator[0] == "han":
        group = ""
    return _Line(row, text, label(text), group, fit)


def _by_position(lines: list[_Line], known: Requests) -> _Body:
    raise NotImplementedError


def _table(
    rows: Sequence[PrintedRow], body: _Body, matches: Sequence[Match], form: str, known: Requests
) -> tuple[Table, list[Note]]:
    spec = known.forms[form]
    values: dict[tuple[str, str], Value] = {}
    labels: dict[str, str] = {}
    count: dict[int, int] = {}
    for match in matches:
        count[match.row] = count.get(match.row, 0) + 1
    for match in matches:
        line, row = body.lines[match.printed], spec.rows[match.row]
        if squeezed_label(line.text) != squeezed_label(row.label.zh):
            labels[row.key] = line.text.strip()
        for column, value in _values(line, known.order, repeated=count[match.row] > 1):
            values[row.key, column] = value
    unplaced = list(_unplaced(body, {match.printed for match in matches}, spec, known.rows[form]))
    return build_table(spec, form, values, labels=labels, unplaced=unplaced, first=rows[0]), []


def _values(line: _Line, columns: Sequence[str], *, repeated: bool) -> Iterator[tuple[str, Value]]:
    if line.fit is None or repeated:
        for column in columns:
            yield column, Value(row_text(line.printed), CellStatus.UNREADABLE, None, line.printed.location)
        return
    for column, cell in line.fit.cells:
        if column:
            value = value_of(cell.text, cell.location)
            yield column, value if cell.row_span == 1 else value._replace(status=CellStatus.UNREADABLE)


def _unplaced(
    body: _Body, placed: set[int], spec: TableSpec, names: RowNames
) -> Iterator[Candidate]:
    for index, line in enumerate(body.lines):
        if index not in placed and (line.has_figures or not names.knows(line.text)):
            yield unplaced_row("row", row_text(line.printed), line.printed.location, spec)
