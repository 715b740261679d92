"""Table 2: proactive disclosure, small tables of their own under 第二十条第（X）项, each with its own columns.

The values of a row go to the columns by the order in which both are printed: the spans of the header and of the rows
do not line up in real pages. A row with another number of cells than the header above it is not read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.ingest.tables.cells import Value, build_table, unplaced_row, unread, value_of
from disclosure_rules.ingest.tables.columns import ColumnNames
from disclosure_rules.ingest.tables.labels import Label, label, squeezed_label, without_remark
from disclosure_rules.ingest.tables.printed import is_blank, is_figure, row_text
from disclosure_rules.ingest.tables.remarks import about
from disclosure_rules.ingest.tables.rows import RowNames, align
from disclosure_rules.ingest.tables.runs import is_run, separate
from disclosure_rules.model.report import CellStatus

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from disclosure_rules.ingest.tables.printed import PrintedRow
    from disclosure_rules.ingest.tables.rows import Match
    from disclosure_rules.model.document import GridCell
    from disclosure_rules.model.layout import TableSpec
    from disclosure_rules.model.note import Note
    from disclosure_rules.model.report import Table

__all__ = ["Proactive", "recognise_proactive"]

_CLAUSE = re.compile(r"第?二十条第?\(?[一二三四五六七八九十]\)?项")
_SUBJECT = "信息内容"
_MOST_ROWS = 100


class _Line(NamedTuple):
    """A row with a label, the clause that it stands under, and the names of the columns printed above it.

    `filling` says how many blanks stood behind these names in the place of spans.
    """

    printed: PrintedRow
    text: str
    label: Label
    group: str
    header: tuple[str, ...]
    cells: tuple[GridCell, ...]
    filling: int = 0


class Proactive:
    """What table 2 is known by, in all its forms.

    Args:
        forms: The table of each form, by the id of the form.
    """

    def __init__(self, forms: Mapping[str, TableSpec]) -> None:
        self.forms = forms
        self.columns = {form: ColumnNames(spec.columns) for form, spec in forms.items()}
        self.rows = {form: RowNames(spec.rows) for form, spec in forms.items()}
        self._labels = frozenset[str]().union(*(names.known for names in self.rows.values()))

    def is_clause(self, row: PrintedRow) -> bool:
        """Whether a row is the heading of a part: 第二十条第（一）项."""
        return any(_CLAUSE.fullmatch(squeezed_label(cell.text)) for cell in row.words)

    def is_header(self, row: PrintedRow) -> bool:
        """Whether a row names the columns of a part."""
        if row.has_figures:
            return False
        if any(label(cell.text).words == _SUBJECT for cell in row.own):
            return True
        return any(self.names_column(cell.text) for cell in row.own)

    def names_column(self, text: str) -> bool:
        """Whether a text is the name of a column in any form, or like one."""
        return any(names.key(text) for names in self.columns.values())

    def plain(self, text: str) -> str:
        """A label without its remark where only that leaves the label of a row or a column."""
        bare = without_remark(text)
        if bare == text or self.is_label(text) or not (self.is_label(bare) or self._is_column(bare)):
            return text
        return bare

    def _is_column(self, text: str) -> bool:
        return any(not names.differs(text) for names in self.columns.values())

    def is_label(self, text: str) -> bool:
        """Whether a text is the label of a row in any form."""
        return label(text).words in self._labels


def recognise_proactive(rows: Sequence[PrintedRow], known: Proactive) -> tuple[Table | None, list[Note]]:
    """Recognise table 2 in the rows of one or several grids.

    Args:
        rows: The rows that belong to it.
        known: What the table is known by.

    Returns:
        The table in the form that its rows and columns show, and remarks; None where no row is one of it.
    """
    lines = _lines(rows[:_MOST_ROWS], known)
    printed = [(line.label, line.group) for line in lines]
    found = {form: align(printed, names) for form, names in known.rows.items()}
    form = max(found, key=lambda form: (_weight(lines, found[form], form, known), form))
    if not found[form]:
        return None, []
    return _table(rows, lines, found[form], form, known)


def _weight(lines: Sequence[_Line], matches: Sequence[Match], form: str, known: Proactive) -> int:
    """How many rows and printed columns are those of a form."""
    names = {name for line in lines for name in line.header}
    columns = sum(known.columns[form].key(name) is not None for name in names)
    return len({match.row for match in matches}) + columns


def _lines(rows: Sequence[PrintedRow], known: Proactive) -> list[_Line]:
    lines: list[_Line] = []
    group = ""
    header: tuple[str, ...] = ()
    filling = 0
    for row in rows:
        if not row.printed:
            continue
        if known.is_clause(row):
            group, header, filling = label(row.printed[0].text).words, (), 0
        elif known.is_header(row):
            names = [cell.text for cell in row.own]
            # Above the labels stands 信息内容, or what a page has made of it (資訊內容, 内容): never a column of its own.
            names = names if known.names_column(names[0]) else names[1:]
            every = header = tuple(map(known.plain, names))
            while header and is_blank(header[-1]):  # what a converter put in the place of a span
                header = header[:-1]
            filling = len(every) - len(header)
        elif not is_figure(row.own[0].text):
            text = known.plain(row.own[0].text)
            lines.append(_Line(row, text, label(text), group, header, row.own[1:], filling))
        else:
            lines.append(_Line(row, "", label(""), group, header, row.own, filling))
    return lines


def _table(
    rows: Sequence[PrintedRow], lines: Sequence[_Line], matches: Sequence[Match], form: str, known: Proactive
) -> tuple[Table, list[Note]]:
    spec, names = known.forms[form], known.columns[form]
    values: dict[tuple[str, str], Value] = {}
    labels: dict[str, str] = {}
    column_labels: dict[str, str] = {}
    unfit: list[_Line] = []
    repeated: list[_Line] = []
    seen: dict[int, _Line] = {}
    for match in matches:
        row, line = spec.rows[match.row], lines[match.printed]
        columns = row.columns or tuple(column.key for column in spec.columns)
        first = seen.setdefault(match.row, line)
        if first is not line and _texts(first) == _texts(line):
            continue
        read = None if first is not line else _values(line, columns, names)
        if read is None:
            (unfit if first is line else repeated).append(line)
            read = dict.fromkeys(columns, _unread(line))
        values.update({(row.key, column): value for column, value in read.items()})
        if line.label.words not in known.rows[form].words(match.row):
            labels[row.key] = line.text.strip()
        column_labels |= {
            key: name.strip() for name in line.header if (key := names.key(name)) and names.differs(name)
        }
    placed = {match.printed for match in matches}
    left = [line for index, line in enumerate(lines) if index not in placed]
    unplaced = [unplaced_row("row", row_text(line.printed), line.printed.location, spec) for line in left]
    table = build_table(
        spec,
        form,
        values,
        labels=labels,
        column_labels=column_labels,
        unplaced=unplaced,
        first=rows[0],
    )
    notes = [*_about("row-not-fitted", spec, unfit), *_about("row-repeated", spec, repeated)]
    apart = {row: value.location for (row, _), value in values.items() if value.status is CellStatus.INFERRED}
    notes += about("cells-told-apart", spec, list(apart.values()))
    notes += about("label-misprinted", spec, [table.location] * len(labels), list(labels.values()))
    notes += about(
        "row-unplaced", spec, [found.location for found in unplaced], [found.value for found in unplaced]
    )
    return table, notes


def _about(code: str, spec: TableSpec, lines: Sequence[_Line]) -> list[Note]:
    return about(code, spec, [line.printed.location for line in lines], [line.text for line in lines])


def _unread(line: _Line) -> Value:
    """A cell of a row of which none was read; the label of the row is no part of what it says."""
    labels = [cell for cell in line.printed.own if cell not in line.cells]
    return unread(row_text(line.printed, labels), line.printed.location)


def _texts(line: _Line) -> list[str]:
    return [cell.text.strip() for cell in line.cells]


def _without_filling(cells: Sequence[GridCell], count: int) -> tuple[GridCell, ...]:
    """The cells of a row that has more than its columns, without the blanks that stand in the place of spans.

    Blanks that only follow the printed cells are columns left blank, and filling behind them. More printed cells than
    columns stay: which of them is too many nobody can tell.
    """
    printed = tuple(cell for cell in cells if not is_blank(cell.text))
    only_follow = len(printed) <= count and printed == tuple(cells[: len(printed)])
    return tuple(cells[:count]) if only_follow else printed


def _unspread(
    header: tuple[str, ...], cells: tuple[GridCell, ...]
) -> tuple[tuple[str, ...], tuple[GridCell, ...]]:
    """Names and cells without those that some programs write once more for each column that a cell spans."""
    if len(header) != len(cells):
        return header, cells
    texts = [(name, cell.text) for name, cell in zip(header, cells, strict=True)]
    kept = [at for at in range(len(texts)) if at == 0 or texts[at] != texts[at - 1]]
    return tuple(header[at] for at in kept), tuple(cells[at] for at in kept)


def _apart(cell: GridCell, count: int) -> list[Value]:
    """The values of figures that one cell holds for several columns; none where they can be told apart in several ways.

    Where no blanks are between them, as many digits as columns are told apart with certainty if all but the last are 0:
    else two of them may be one number, beside a column left blank.
    """
    numbers = separate(cell.text, count)
    if numbers is not None:
        return [value_of(str(number), cell.location) for number in numbers]
    digits = "".join(cell.text.split())
    if len(digits) != count or digits[:-1].strip("0"):
        return []
    return [Value(digit, CellStatus.INFERRED, None, cell.location) for digit in digits]


def _values(line: _Line, columns: Sequence[str], names: ColumnNames) -> dict[str, Value] | None:
    """The values of a row by column; None where its cells are not as many as the columns named above it."""
    header, cells = _unspread(line.header, line.cells)
    keys = names.completed(header, columns)
    if len(cells) == len(keys) + line.filling and all(is_blank(cell.text) for cell in cells[len(keys) :]):
        cells = cells[: len(keys)]
    if len(cells) > len(keys) and line.filling:
        cells = _without_filling(cells, len(keys))
    if len(cells) == 1 and len(keys) > 1 and is_run(cells[0].text):
        read = _apart(cells[0], len(keys))
    elif len(cells) == len(keys):
        read = [value_of(cell.text, cell.location) for cell in cells]
    else:
        return None
    if len(read) != len(keys) or len(set(keys)) != len(keys) or set(columns) - set(keys):
        return None
    return {key: value for key, value in zip(keys, read, strict=True) if key is not None and key in columns}
