"""Verbs about the cells of the statistical tables."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from disclosure_rules.checks.passages import either
from disclosure_rules.model.location import Location
from disclosure_rules.model.report import CellStatus
from disclosure_rules.model.result import SATISFIED, Evidence, Satisfied, Undecided
from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from disclosure_rules.checks.context import CheckContext
    from disclosure_rules.model.layout import ColumnSpec, RowSpec, TableSpec
    from disclosure_rules.model.report import Cell, Table

__all__ = [
    "absent_rows",
    "blank_cells",
    "digits_apart",
    "fractional_cells",
    "known_parts_exceed_total",
    "marked_cells",
    "negative_cells",
    "worded_cells",
]

_DIGIT = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万]")
# What readers print where something is no text, or no letter that can be told.
_OBJECT = re.compile("[\ufffc\ue000-\uf8ff]")
_UNTOLD = re.compile("[\ufffc\ufffd]")
_NUMBER = r"[0-9０-９][0-9０-９,.]{0,11}"
_APART = re.compile(r"[0-9０-９]\s+[0-9０-９]")
# With faults in more rows than this a table gets one finding, not one a row.
_MOST_ROWS = 3


class _Placed(NamedTuple):
    row: RowSpec
    column: ColumnSpec
    cell: Cell


def _tables(context: CheckContext) -> Iterator[tuple[Table, TableSpec]]:
    for key, table in context.report.tables.items():
        layout = context.layouts.get(table.form)
        spec = layout.table(key) if layout else None
        if spec is not None:
            yield table, spec


def _placed(table: Table, spec: TableSpec, indices: Iterable[int]) -> Iterator[_Placed]:
    for index in indices:
        row, column = spec.cells[index]
        yield _Placed(spec.row(row), spec.column(column), table.cell(index))


def _of_status(table: Table, status: CellStatus) -> list[int]:
    """Which cells have no number and this status."""
    # Hundreds of cells may have no number; one with nothing but its number is not even a cell yet.
    values, details = table.values, table.details
    if status is CellStatus.BLANK:
        found = [i for i, number in enumerate(values) if number is None and _is_blank(details.get(i))]
    else:
        found = sorted(i for i, cell in details.items() if cell.status is status and values[i] is None)
    return found


def _is_blank(detail: Cell | None) -> bool:
    return detail is None or detail.status is CellStatus.BLANK


def _evidence(spec: TableSpec, cells: list[_Placed]) -> Evidence:
    """One fault for the cells of one row; the column is named where there is only one."""
    first = cells[0]
    location = first.cell.location.model_copy(
        update={
            "table": spec.key,
            "row": first.row.key,
            "column": first.column.key if len(cells) == 1 else None,
        }
    )
    return Evidence(
        location=location,
        values={
            "count": len(cells),
            "text": "、".join(dict.fromkeys(cell.cell.text for cell in cells)),
            "row_zh": first.row.label.zh,
            "row_en": first.row.label.en,
            "columns_zh": "、".join(cell.column.label.zh for cell in cells),
            "columns_en": ", ".join(cell.column.label.en for cell in cells),
        },
    )


def _by_row(table: Table, spec: TableSpec, cells: Iterable[int]) -> Iterator[Evidence]:
    for group in _rows(spec, cells).values():
        yield _evidence(spec, list(_placed(table, spec, group)))


def _faults(context: CheckContext, status: CellStatus) -> Iterator[Evidence | Satisfied]:
    for table, spec in _tables(context):
        cells = _of_status(table, status)
        for fault in _grouped(table, spec, cells):
            yield _counted(fault)
        if not cells:
            yield SATISFIED


def _counted(fault: Evidence) -> Evidence:
    """The fault with `cells_zh`: where they are, and how many where it is not one."""
    count, where, where_en = (fault.values[key] for key in ("count", "where_zh", "where_en"))
    several = count != 1
    words = {
        "cells_zh": f"{where}，共 {count} 个单元格" if several else where,
        "cells_en": f"{where_en} ({count} cells)" if several else where_en,
    }
    return Evidence(location=fault.location, values={**fault.values, **words})


def _grouped(table: Table, spec: TableSpec, cells: Iterable[int]) -> Iterator[Evidence]:
    """One fault a row, or one for a table in which many rows have it."""
    rows = _rows(spec, cells)
    if len(rows) > _MOST_ROWS:
        yield _many(table, spec, rows)
    else:
        yield from (_in_row(spec, list(_placed(table, spec, group))) for group in rows.values())


def _rows(spec: TableSpec, cells: Iterable[int]) -> dict[str, list[int]]:
    """The cells by the key of their row."""
    rows: dict[str, list[int]] = {}
    for index in cells:
        rows.setdefault(spec.cells[index][0], []).append(index)
    return rows


def _in_row(spec: TableSpec, cells: list[_Placed]) -> Evidence:
    evidence = _evidence(spec, cells)
    values = evidence.values
    where = {
        "where_zh": f"「{values['row_zh']}」行的{values['columns_zh']}",
        "where_en": f"row “{values['row_en']}”, {values['columns_en']}",
    }
    return Evidence(location=evidence.location, values={**values, **where})


def _many(table: Table, spec: TableSpec, rows: dict[str, list[int]]) -> Evidence:
    """One fault for a table of which many rows have it: a list of every row would hide everything else."""
    named = [spec.row(key).label for key in islice(rows, _MOST_ROWS)]
    cells = [table.cell(index) for group in rows.values() for index in group]
    return Evidence(
        location=table.location.model_copy(update={"table": spec.key}),
        values={
            "count": len(cells),
            "text": "、".join(dict.fromkeys(cell.text for cell in cells)),
            "where_zh": f"{spec.title.zh.split('（')[0]}的"
            + "".join(f"「{label.zh}」" for label in named)
            + f"等 {len(rows)} 行",
            "where_en": f"{spec.title.en.split(' (')[0]}: {len(rows)} rows, among them "
            + ", ".join(f"“{label.en}”" for label in named),
        },
    )


def blank_cells(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Cells with nothing in them: `cells_zh`, `cells_en`, `count`; one fault a row, or one for a table with many."""
    yield from _faults(context, CellStatus.BLANK)


def marked_cells(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Cells that hold a mark (`/`, `—`, 无) instead of a number, as for blank cells; `text` is the mark."""
    yield from _faults(context, CellStatus.MARK)


def worded_cells(
    context: CheckContext, *, before: Sequence[str], after: Sequence[str]
) -> Iterator[Evidence | Satisfied | Undecided]:
    """Cells that hold words where a number is due; one with digits that could not be read is undecided.

    A number with a word of estimate (约26, 26余) is no number either: it was written so, not misread. Values as of
    blank cells: a letter O in every cell of a table is one fault.

    Args:
        context: The report.
        before: Words of estimate that stand before a number.
        after: Words of estimate that stand behind it.
    """
    vague = re.compile(
        rf"\s*(?:(?:{either(before)})\s?{_NUMBER}\D{{0,2}}|{_NUMBER}\s?(?:{either(after)})\D{{0,2}})\s*"
    )
    for table, spec in _tables(context):
        unreadable = _of_status(table, CellStatus.UNREADABLE)
        texts = {index: table.cell(index).text for index in unreadable}
        # A cell of which not even the print is known, as of a row that lost its label, holds no words; nor a picture.
        words = [
            index
            for index, text in texts.items()
            if text and not _UNTOLD.search(text) and (not _DIGIT.search(text) or vague.fullmatch(text))
        ]
        yield from _grouped(table, spec, words)
        unread = [index for index in unreadable if index not in words]
        yield from (_unread(spec, placed) for placed in _placed(table, spec, unread))
        if not unreadable:
            yield SATISFIED


def _unread(spec: TableSpec, placed: _Placed) -> Undecided:
    text = placed.cell.text
    zh = f"印作「{text}」，不能确定是哪个数" if text else "无法读取"
    en = f" reads “{text}”: which number is meant cannot be told" if text else " could not be read"
    if _OBJECT.search(text):
        seen = _OBJECT.sub("□", text)
        zh = f"印作「{seen}」，□ 处不是文字（图片、公式、域、符号等），无法读取"
        en = f" reads “{seen}”: □ is no text (a picture, a formula, a field, a symbol) and could not be read"
    return Undecided(
        reason=Text(
            zh=f"{spec.title.zh}「{placed.row.label.zh}」行「{placed.column.label.zh}」列{zh}",
            en=f"{spec.title.en}, row “{placed.row.label.en}”, column “{placed.column.label.en}”{en}",
        ),
        location=Location(table=spec.key, row=placed.row.key, column=placed.column.key),
    )


def negative_cells(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Numbers below 0 in columns that are not changes (`signed` in the form)."""
    for table, spec in _tables(context):
        suspects = [index for index, number in enumerate(table.values) if number is not None and number < 0]
        cells = [index for index in suspects if not spec.column(spec.cells[index][1]).signed]
        yield from _by_row(table, spec, cells)
        if not cells and any(number is not None for number in table.values):
            yield SATISFIED


def digits_apart(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Numbers printed with a blank among their digits (1 2): one number, or two that ran into one cell."""
    for table, spec in _tables(context):
        suspects = [
            index
            for index, cell in table.details.items()
            if cell.number is not None and _APART.search(cell.text) and "," not in cell.text
        ]
        yield from _by_row(table, spec, suspects)
        if not suspects and any(number is not None for number in table.values):
            yield SATISFIED


def fractional_cells(context: CheckContext) -> Iterator[Evidence | Satisfied]:
    """Numbers with a fraction in columns of counts; amounts of money (`decimal` in the form) are left out."""
    for table, spec in _tables(context):
        suspects = [
            index
            for index, number in enumerate(table.values)
            if isinstance(number, Decimal) and number != number.to_integral_value()
        ]
        cells = [index for index in suspects if not spec.column(spec.cells[index][1]).decimal]
        yield from _by_row(table, spec, cells)
        if not cells and any(number is not None for number in table.values):
            yield SATISFIED


def absent_rows(context: CheckContext) -> Iterator[Evidence | Satisfied | Undecided]:
    """Rows of the form, or single cells of a row, that the printed table does not have.

    Undecided where rows or columns were printed that fit none of the form: they may be the ones that are missing. What
    a row of another name is, another verb tells.
    """
    unplaced = {key: table for key, table in context.report.tables.items() if _may_hold_more(table)}
    for one in _faults(context, CellStatus.ABSENT):
        if isinstance(one, Evidence) and one.location.table in unplaced:
            count = len(unplaced[one.location.table].unplaced)
            yield Undecided(reason=_not_fitted(count), location=one.location)
        else:
            yield one


def _may_hold_more(table: Table) -> bool:
    """Whether figures were printed beside words that fit no row, or in a column that fits none."""
    return any(row.source == "column" or _DIGIT.search(row.text) for row in table.unplaced)


def _not_fitted(count: int) -> Text:
    return Text(
        zh=f"表中有 {count} 行（列）没有对应上格式的行，可能就是缺少的这些，不能断定缺行",
        en=f"{count} rows or columns of the table fit none of the form and may be the missing ones",
    )


def known_parts_exceed_total(  # noqa: PLR0913  the two directions of a table have two names each
    context: CheckContext, *, table: str, rows: str, row_total: str, columns: str, column_total: str
) -> Iterator[Evidence | Satisfied]:
    """Totals that are too small whatever the blank parts hold, since no count is below 0.

    Where every part is known the sum itself is judged by other rules, so such rows and columns are left out here.

    Args:
        context: The report.
        table: Key of the table.
        rows: Group of the rows that make up `row_total`, column by column.
        row_total: Key of the row that holds their sum.
        columns: Group of the columns that make up `column_total`, row by row.
        column_total: Key of the column that holds their sum.
    """
    for found, spec in _tables(context):
        if spec.key != table or None not in found.values:
            continue
        parts = [row.key for row in spec.rows if rows in row.groups]
        across = [column.key for column in spec.columns if columns in column.groups]
        for column in spec.columns:
            cells = [(row, column.key) for row in parts]
            yield from _bound(found, spec, cells, (row_total, column.key))
        for row in spec.rows:
            yield from _bound(found, spec, [(row.key, key) for key in across], (row.key, column_total))


def _bound(
    table: Table, spec: TableSpec, parts: list[tuple[str, str]], whole: tuple[str, str]
) -> Iterator[Evidence | Satisfied]:
    numbers = [table.values[spec.index[part]] for part in parts]
    total = table.values[spec.index[whole]]
    known = [number for number in numbers if number is not None]
    if total is None or not known or len(known) == len(numbers):
        return
    row, column = spec.row(whole[0]), spec.column(whole[1])
    if sum(known) <= total:
        yield SATISFIED
        return
    yield Evidence(
        location=Location(table=spec.key, row=row.key, column=column.key),
        values={
            "known": sum(known),
            "total": total,
            "row_zh": row.label.zh,
            "row_en": row.label.en,
            "column_zh": column.label.zh,
            "column_en": column.label.en,
        },
    )
