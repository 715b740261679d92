"""Made reports as workbooks (one sheet, .xlsx or .ods) and as Word documents whose numbers Word counts itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape
from zipfile import ZIP_STORED

from docx_made import archive, docx, p

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from made_reports import Choices, Part

__all__ = ["numbered_docx_of", "ods_of", "xlsx_of"]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_LONGEST_NUMBER = 12
_WIDE = 15  # the columns of the widest table
_NUMBER = re.compile(r"(第?)([一二三四五六七八九十]+|\d+)(部分 |、　|[、.．，])?")
Row = list[tuple[int, int, int, str]]  # of each cell: column, rows and columns that it spans, text


def _rows(title: str, parts: Sequence[Part]) -> Iterator[Row]:
    """The rows of the sheet: lines of text in a merged cell over its width, tables as they are."""
    yield [(0, 1, _WIDE, title)]
    for _, heading, paragraphs, tables in parts:
        yield from ([(0, 1, _WIDE, text)] for text in (heading, *paragraphs) if text)
        for table in tables:
            hanging: dict[int, int] = {}  # column: rows still covered from above
            for row in table:
                placed: Row = []
                column = 0
                for down, right, text in row:
                    while hanging.get(column, 0):
                        column += 1
                    placed.append((column, down, right, text))
                    column += right
                covered = {at: left - 1 for at, left in hanging.items() if left > 1}
                below = {
                    at: down - 1
                    for start, down, right, _ in placed
                    if down > 1
                    for at in range(start, start + right)
                }
                hanging = covered | below
                yield placed
            yield []


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER and str(int(text)) == text


def _place(row: int, column: int) -> str:
    return f"{chr(65 + column)}{row}"


def xlsx_of(_: Choices, title: str, __: str, ___: int, parts: Sequence[Part]) -> bytes:
    """A workbook; numbers that are plain are stored as numbers."""
    rows, merged = [], []
    for at, row in enumerate(_rows(title, parts), start=1):
        cells = []
        for column, down, right, text in row:
            place = _place(at, column)
            inline = f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
            cells.append(f'<c r="{place}"><v>{text}</v></c>' if _is_number(text) else inline)
            if down > 1 or right > 1:
                merged.append(f'<mergeCell ref="{place}:{_place(at + down - 1, column + right - 1)}"/>')
        rows.append(f'<row r="{at}">{"".join(cells)}</row>')
    book = f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets><sheet name="年报" sheetId="1" r:id="b"/></sheets></workbook>'
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": _related("a", "officeDocument", "xl/workbook.xml"),
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": _related("b", "worksheet", "worksheets/sheet1.xml"),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(rows)}</sheetData>'
            f"<mergeCells>{''.join(merged)}</mergeCells></worksheet>",
        }
    )


def _related(name: str, kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="{name}" Type="{_RELATIONS}/{kind}" Target="{target}"/>'
        "</Relationships>"
    )


def ods_of(_: Choices, title: str, __: str, ___: int, parts: Sequence[Part]) -> bytes:
    """The same workbook in the format of LibreOffice."""
    rows = []
    for row in _rows(title, parts):
        cells, column = [], 0
        for start, down, right, text in row:
            cells += ["<table:covered-table-cell/>"] * (start - column)
            kind = (
                f'office:value-type="float" office:value="{text}"'
                if _is_number(text)
                else 'office:value-type="string"'
            )
            spans = f'table:number-rows-spanned="{down}" table:number-columns-spanned="{right}"'
            cells.append(
                f"<table:table-cell {kind} {spans}><text:p>{escape(text)}</text:p></table:table-cell>"
            )
            cells += ["<table:covered-table-cell/>"] * (right - 1)
            column = start + right
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    content = (
        f'<office:document-content xmlns:office="{_OASIS}:office:1.0" xmlns:table="{_OASIS}:table:1.0" '
        f'xmlns:text="{_OASIS}:text:1.0"><office:body><office:spreadsheet><table:table table:name="年报">'
        f"{''.join(rows)}</table:table></office:spreadsheet></office:body></office:document-content>"
    )
    return archive({"mimetype": _ODS, "content.xml": content}, ZIP_STORED)


def numbered_docx_of(_: Choices, title: str, __: str, ___: int, parts: Sequence[Part]) -> bytes:
    """A Word document in which no heading has its number typed: the list of the document counts them."""
    from made_pages import word_table  # noqa: PLC0415 -- the two need each other

    blocks, level = [p(escape(title))], ""
    for _key, heading, paragraphs, tables in parts:
        typed = _NUMBER.match(heading)
        if typed:
            style = "decimal" if typed[2].isdigit() else "chineseCounting"
            level = f'<w:numFmt w:val="{style}"/><w:suff w:val="nothing"/><w:lvlText w:val="{typed[1]}%1{typed[3] or ""}"/>'
        properties = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if typed else ""
        bare = heading[typed.end() :] if typed else heading
        blocks += [p(escape(bare), properties)] if heading else []
        blocks += [p(escape(text)) for text in paragraphs]
        blocks += [word_table(table, "plain") for table in tables]
    numbering = (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/>{level}</w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    return docx("".join(blocks), numbering=numbering)
