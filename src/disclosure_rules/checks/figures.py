"""Cells by their dotted names, in this year's report or in last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.report import Number, Report, Table

__all__ = ["cell_number", "cell_words", "has_cell"]


def _table(layouts: Mapping[str, Layout], report: Report, key: str) -> tuple[Table, TableSpec] | None:
    table = report.tables.get(key)
    layout = layouts.get(table.form) if table else None
    spec = layout.table(key) if layout else None
    return (table, spec) if table is not None and spec is not None else None


def has_cell(layouts: Mapping[str, Layout], report: Report, path: str) -> bool:
    """Whether the report has the table, and the table's form the cell `table.row.column`."""
    key, row, column = path.split(".")
    found = _table(layouts, report, key)
    return found is not None and (row, column) in found[1].index


def cell_number(layouts: Mapping[str, Layout], report: Report, path: str) -> Number | None:
    """The number of the cell `table.row.column`; None where it has none, or the report or the form has no such cell."""
    key, row, column = path.split(".")
    found = _table(layouts, report, key)
    index = found[1].index.get((row, column)) if found else None
    return found[0].values[index] if found and index is not None else None


def cell_words(layouts: Mapping[str, Layout], report: Report, path: str) -> Text:
    """The cell `table.row.column` by the printed labels of its form."""
    key, row, column = path.split(".")
    found = _table(layouts, report, key)
    if found is None:
        return Text(zh=path, en=path)
    spec = found[1]
    zh = f"{spec.title.zh.split('（')[0]}「{spec.row(row).label.zh}」行「{spec.column(column).label.zh}」列"
    en = f"{spec.title.en.split(' (')[0]}, row “{spec.row(row).label.en}”, column “{spec.column(column).label.en}”"
    return Text(zh=zh, en=en)
