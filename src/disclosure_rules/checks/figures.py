"""Cells by their dotted names, in this year's report or in last year's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from disclosure_rules.model.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from disclosure_rules.model.layout import Layout, TableSpec
    from disclosure_rules.model.report import Number, Report, Table

__all__ = ["cell_numbers", "cell_words"]


def _table(layouts: Mapping[str, Layout], report: Report, key: str) -> tuple[Table, TableSpec] | None:
    table = report.tables.get(key)
    layout = layouts.get(table.form) if table else None
    spec = layout.table(key) if layout else None
    return (table, spec) if table is not None and spec is not None else None


def cell_numbers(
    layouts: Mapping[str, Layout], report: Report, paths: Iterable[str]
) -> dict[str, Number | None]:
    """The numbers of some cells `table.row.column` of a report, None where a cell has none.

    A cell that the report or the form of its table has not is left out.
    """
    tables: dict[str, tuple[Table, TableSpec] | None] = {}
    found: dict[str, Number | None] = {}
    for path in paths:
        key, row, column = path.split(".")
        if key not in tables:
            tables[key] = _table(layouts, report, key)
        table = tables[key]
        index = table[1].index.get((row, column)) if table is not None else None
        if table is not None and index is not None:
            found[path] = table[0].values[index]
    return found


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
