"""A structured report written as a file of some format, or as the several files in which offices hand it in."""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from xlsxwriter import Workbook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "ingest"))

from made_pages import docx_of, page_of, text_of  # noqa: E402  beside the tests of the readers
from made_reports import Choices, tables_of  # noqa: E402

from disclosure_rules.packs.load import load_layouts  # noqa: E402
from disclosure_rules.resources import rules_folder  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Sequence

    from made_reports import Part, Printed
    from xlsxwriter.worksheet import Worksheet

__all__ = ["LAYOUT", "as_json", "as_yaml", "printed", "tables_xlsx", "text_docx"]

LAYOUT = load_layouts(rules_folder() / "cn")["2021"]
_OF_TABLES = frozenset(spec.section for spec in LAYOUT.tables)


class _Plain(Choices):
    """The usual way of writing everything."""

    def of(self, what: str, *options: str) -> str:
        """The first of the options."""
        self.made.append(f"{what}={options[0]}")
        return options[0]


def as_json(report: dict[str, Any]) -> bytes:
    """The report as JSON."""
    return json.dumps(report, ensure_ascii=False).encode()


def as_yaml(report: dict[str, Any]) -> bytes:
    """The report as YAML in blocks: JSON in a file named .yaml would be no test of it."""
    return yaml.dump(report, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False).encode()


def printed(report: dict[str, Any], kind: str) -> bytes:
    """The report as a page, a Word document, a text or a workbook."""
    if kind == "xlsx":
        return _whole_xlsx(report)
    write: Any = {"html": page_of, "docx": docx_of, "txt": text_of}[kind]
    data: bytes = write(_Plain(0), report["title"], report["body"]["name"], report["year"], _parts(report))
    return data


def text_docx(report: dict[str, Any], *, without: Sequence[str] = tuple(_OF_TABLES)) -> bytes:
    """The text of a report as a Word document; some of its tables are said to be in an annex."""
    parts = [
        (key, heading, (*texts, "详见附件。") if key in without else texts, () if key in without else tables)
        for key, heading, texts, tables in _parts(report)
    ]
    data: bytes = docx_of(_Plain(0), report["title"], report["body"]["name"], report["year"], parts)
    return data


def tables_xlsx(report: dict[str, Any], keys: Sequence[str] = tuple(sorted(_OF_TABLES))) -> bytes:
    """Only tables, a sheet each with its heading above: what offices hand in beside the text."""
    stream = BytesIO()
    with Workbook(stream) as book:
        for key, heading, _, tables in _parts(report):
            if key in keys:
                sheet = book.add_worksheet(key)
                sheet.write_string(0, 0, heading)
                row = 1
                for one in tables:
                    row = _draw(sheet, row, one)
    return stream.getvalue()


def _whole_xlsx(report: dict[str, Any]) -> bytes:
    """A whole report on one sheet: a row a paragraph, the tables between them."""
    stream = BytesIO()
    with Workbook(stream) as book:
        sheet = book.add_worksheet("年度报告")
        sheet.write_string(0, 0, report["title"])
        row = 1
        for _, heading, paragraphs, tables in _parts(report):
            for text in (heading, *paragraphs):
                sheet.write_string(row, 0, text)
                row += 1
            for table in tables:
                row = _draw(sheet, row, table) + 1
    return stream.getvalue()


def _parts(report: dict[str, Any]) -> list[Part]:
    numbers = {
        (key, row, column): number
        for key, rows in report["tables"].items()
        for row, cells in rows.items()
        for column, number in cells.items()
    }
    drawn = tables_of(_Plain(0), LAYOUT, numbers)
    return [
        (
            one["key"],
            f"{one['number']}、{one['heading']}",
            tuple(one["paragraphs"]),
            drawn.get(one["key"], []),
        )
        for one in report["sections"]
    ]


def _draw(sheet: Worksheet, start: int, table: Printed) -> int:
    """Draw a table from a row on, its spans as merged cells; the row below it."""
    taken: set[tuple[int, int]] = set()
    for at, cells in enumerate(table):
        column = 0
        for rows, columns, text in cells:
            while (at, column) in taken:
                column += 1
            taken |= {(at + down, column + right) for down in range(rows) for right in range(columns)}
            top, value = start + at, int(text) if text.isascii() and text.isdigit() else text
            if rows > 1 or columns > 1:
                sheet.merge_range(top, column, top + rows - 1, column + columns - 1, value)
            else:
                sheet.write(top, column, value)
            column += columns
    return start + len(table)
